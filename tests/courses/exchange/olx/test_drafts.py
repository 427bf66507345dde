"""Units that exist only as drafts come along where they stand, and the report says so."""

from courses.exchange.neutral import Outcome

PARENT = "block-v1:Leaf+TEA1+run1+type@sequential+block@brewing"


def unit(name, index, parts="", parent=PARENT):
    return f"""<vertical display_name="{name}" parent_url="{parent}"
        index_in_children_list="{index}">{parts}</vertical>"""


def brewing(course):
    section = next(section for section in course.sections if section.title == "Brewing")
    return [lesson.title for lesson in section.lessons]


def test_units_of_drafts_alone_stand_in_their_places_with_their_components(read):
    course = read(
        **{
            "drafts/vertical/later.xml": unit("Later", 4),
            "drafts/vertical/first.xml": unit("First", 0, '<html url_name="steam"/>'),
            "drafts/html/steam.xml": '<html filename="steam" display_name="Steam"/>',
            "drafts/html/steam.html": "<p>Steam rises.</p>",
            "drafts/vertical/old.xml": unit("Old", 2, parent="i4x://Leaf/TEA1/sequential/brewing"),
        }
    )
    assert brewing(course) == ["First", "Water", "Old", "Nothing here", "Later", "Pouring"]
    first = next(lesson for lesson in course.lessons if lesson.title == "First")
    ((part),) = first.components
    assert (part.source_id, part.outcome) == ("steam", Outcome.IMPORTED)
    assert [piece.html for piece in part.pieces] == ["<p>Steam rises.</p>"]
    told = [note for note in course.notes if "draft" in note]
    assert told == [
        f"The lesson “{title}” was a draft that learners had not been shown."
        for title in ("First", "Old", "Later")
    ]


def test_a_newer_draft_of_a_lesson_that_was_shown_is_told_and_left(read):
    changed = unit("Water", 0, '<html url_name="water_text"><p>Twice.</p></html>')
    course = read(**{"drafts/vertical/water.xml": changed})
    assert brewing(course) == ["Water", "Nothing here", "Pouring"]
    assert "Twice" not in str(course.lessons)
    assert (
        "The lesson “Water” had changes in the original that learners had not been shown; "
        "they were left out."
    ) in course.notes


def test_a_newer_draft_of_a_component_is_told(read):
    course = read(**{"drafts/html/intro.xml": '<html filename="intro" display_name="New"/>'})
    assert (
        "“drafts/html/intro.xml” holds changes that learners had not been shown; "
        "they were left out."
    ) in course.notes


def test_a_draft_of_a_component_that_stands_nowhere_else_is_no_change(read):
    course = read(**{"drafts/html/stray.xml": '<html filename="stray" display_name="Stray"/>'})
    assert not [note for note in course.notes if "stray" in note]


def test_a_draft_of_a_component_that_came_along_with_its_unit_was_not_left_out(read):
    course = read(
        **{
            "drafts/vertical/first.xml": unit("First", 0, '<html url_name="intro"/>'),
            "drafts/html/intro.xml": '<html filename="intro" display_name="New"/>',
            "drafts/html/intro.html": "<p>Anew.</p>",
        }
    )
    assert brewing(course)[0] == "First"
    assert not [note for note in course.notes if "intro" in note]


def test_drafts_that_belong_nowhere_and_broken_ones_are_told(read):
    course = read(
        **{
            "drafts/vertical/lost.xml": unit("Lost", 0, parent="block-v1:a+b+c+type@x+block@gone"),
            "drafts/vertical/broken.xml": "<vertical>",
        }
    )
    assert "“drafts/vertical/lost.xml” belongs to no section and was left out." in course.notes
    assert "“drafts/vertical/broken.xml” cannot be read and was left out." in course.notes


def test_a_draft_that_contains_itself_ends(read):
    loop = unit("Loop", 0, '<vertical url_name="loop"/>')
    assert "Loop" in brewing(read(**{"drafts/vertical/loop.xml": loop}))
