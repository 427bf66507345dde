"""What is added, copied, renamed, opened, removed and switched."""

import pytest
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from courses.errors import CourseError
from courses.models import ChapterPage, CoursePage, LessonPage, StructureType
from courses.models.outline import OutlineChange
from courses.outline import adding, copying, removing
from courses.outline.errors import OutlineClash
from tests.builders import a_course, a_lesson, a_released_course
from tests.teams import add_instructor

from .drawn import Desk, called, drawn, tree_of

pytestmark = pytest.mark.django_db


def draft(title: str, course):
    page = Page.objects.get(pk=called(title, course)).specific
    return page.get_latest_revision_as_object()


# Added


def test_a_lesson_is_added_where_the_cursor_stands(desk, course, ada):
    desk.add("  Pins   and clips", into="Tools", after="Needles")

    assert drawn(course)[:5] == [
        "1 Tools",
        "1.1 Needles",
        "1.2 Pins and clips",
        "1.3 Scissors",
        "1.4 Chalk",
    ]
    page = LessonPage.objects.get(title="Pins and clips")
    assert (page.live, page.owner, page.latest_revision.user) == (False, ada, ada)
    assert PageLogEntry.objects.filter(page=page, action="wagtail.create", user=ada).exists()


def test_a_chapter_is_added_first(desk, course):
    desk.add("Before you begin", kind="chapter")

    assert drawn(course)[:3] == ["1 Before you begin", "2 Tools", "2.1 Needles"]
    assert ChapterPage.objects.filter(title="Before you begin").exists()


def test_an_empty_title_adds_nothing(desk, course):
    before = Page.objects.count()

    with pytest.raises(CourseError) as refused:
        desk.add("   ", into="Tools")

    assert refused.value.code == "no_title"
    assert Page.objects.count() == before
    assert not OutlineChange.objects.exists()


def test_the_same_title_may_be_given_again(desk, course):
    desk.add("Needles", into="Tools", after="Chalk")

    assert [line for line in drawn(course) if "Needles" in line] == ["1.1 Needles", "1.4 Needles"]


def test_an_outline_is_pasted_at_the_end(desk, course):
    desk.paste("Buttons\n  Two holes\n  Four holes\nZips", into="A shirt")

    assert drawn(course)[-5:] == [
        "3.2 Sew",
        "3.3 Buttons",
        "3.3.1 Two holes",
        "3.3.2 Four holes",
        "3.4 Zips",
    ]
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_outline_that_is_deeper_than_the_tree_of_pages_is_refused_whole(desk, course):
    before = Page.objects.count()

    with pytest.raises(CourseError) as refused:
        desk.paste("\n".join(" " * depth + f"Level {depth}" for depth in range(64)))

    assert refused.value.code == "too_deep"
    assert Page.objects.count() == before
    desk.paste("\n".join(" " * depth + f"Level {depth}" for depth in range(40)))
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("levels", [300, 600])
def test_an_outline_deeper_than_anybody_can_walk_is_refused_whole(desk, course, levels):
    before = Page.objects.count()

    with pytest.raises(CourseError) as refused:
        desk.paste("\n".join(" " * depth + "x" for depth in range(levels)))

    assert refused.value.code == "too_deep"
    assert Page.objects.count() == before
    assert not OutlineChange.objects.exists()


@pytest.mark.parametrize("letter", ["a", "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"])
def test_the_longest_titles_are_added_pasted_and_copied_however_often(desk, course, letter):
    title = letter * 255

    desk.add(title, into="Tools")
    desk.add(title, kind="chapter")
    desk.paste(f"{title}\n{title}\n{title}", into="Tools")

    added = [part.page() for part in tree_of(course) if part.title == title]
    assert len(added) == 5
    assert len({(page.path[: -Page.steplen], page.slug) for page in added}) == 5
    desk.duplicate("Tools")
    assert Page.find_problems() == ([], [], [], [], [])


def test_more_than_five_hundred_titles_are_refused_whole(desk, course):
    before = Page.objects.count()

    with pytest.raises(CourseError) as refused:
        desk.paste("\n".join(f"Stitch {n}" for n in range(501)))

    assert refused.value.code == "too_many_pasted"
    assert Page.objects.count() == before


def test_one_title_that_is_too_long_leaves_nothing_pasted(desk, course):
    before = Page.objects.count()

    with pytest.raises(CourseError):
        desk.paste("Needles\n" + "a" * 300)

    assert Page.objects.count() == before


def test_pasting_costs_the_same_at_any_length(desk, course, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        desk.paste("\n".join(f"Stitch {n}" for n in range(120)), into="A shirt")

    assert len(drawn(course)) == 13 + 120


# Copied


def test_a_copy_stands_behind_its_original_and_says_what_its_draft_says(desk, course):
    needles = draft("Needles", course)
    needles.body = [("rich_text", "<p>Written since.</p>")]
    needles.save_revision()

    desk.duplicate("Needles")

    assert drawn(course)[1:4] == ["1.1 Needles", "1.2 Needles (copy)", "1.3 Scissors"]
    copy = draft("Needles (copy)", course)
    assert "Written since." in str(copy.body)
    assert copy.uuid != needles.uuid
    assert not copy.live


def test_a_chapter_is_copied_with_what_stays_in_it(desk, course):
    desk.remove("Back")

    desk.duplicate("Stitches")

    at = drawn(course).index("3 Stitches (copy)")
    assert drawn(course)[at : at + 5] == [
        "3 Stitches (copy)",
        "3.1 By hand",
        "3.1.1 Running",
        "3.2 Finishing",
        "3.2.1 Hem",
    ]


def test_a_copy_of_a_long_title_fits(desk, course):
    long = "a" * 255
    desk.rename("Needles", long)

    desk.duplicate(long)

    copy = next(part.title for part in tree_of(course) if part.title.endswith("(copy)"))
    assert len(copy) <= 255


def test_more_than_a_hundred_are_not_copied_at_once(desk, course):
    desk.paste("\n".join(f"Stitch {n}" for n in range(101)), into="A shirt")
    before = Page.objects.count()

    with pytest.raises(CourseError) as refused:
        desk.duplicate(*(f"Stitch {n}" for n in range(101)))

    assert refused.value.code == "too_many_copied"
    assert Page.objects.count() == before


def test_chapters_that_hold_more_than_a_thousand_are_not_copied_at_once(desk, course, monkeypatch):
    monkeypatch.setattr(copying, "MOST_IN_THEM", 4)
    desk.duplicate("Tools")  # itself and three lessons
    before = drawn(course)

    with pytest.raises(CourseError) as refused:
        desk.duplicate("Tools", "Sew")

    assert refused.value.code == "too_many_copied"
    assert drawn(course) == before
    assert OutlineChange.objects.count() == 1


def test_pictures_of_a_copy_are_known_to_be_used(desk, course, ada):
    a_lesson(
        under=ChapterPage.objects.get(title="Tools"),
        title="Linked",
        body=[("rich_text", f'<p><a linktype="page" id="{course.pk}">here</a></p>')],
    )

    desk.duplicate("Linked")

    copy = called("Linked (copy)", course)
    assert ReferenceIndex.objects.filter(object_id=str(copy), to_object_id=str(course.pk)).exists()


# Renamed


def test_a_new_title_is_in_the_draft_alone(ada):
    course = a_released_course(by=ada, syllabus={"Tools": ["Needles"]})
    Desk(course, ada).rename("Needles", "Needles and pins")

    assert drawn(course) == ["1 Tools", "1.1 Needles and pins"]
    assert LessonPage.objects.get(pk=called("Needles and pins", course)).title == "Needles"


def test_a_title_that_another_gave_meanwhile_stays(course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    Desk(course, ada).rename("Needles", "Needles and pins")

    with pytest.raises(OutlineClash) as refused:
        Desk(course, bruno).rename("Needles and pins", "Needlework", was="Needles")

    assert (refused.value.code, refused.value.title) == ("renamed_meanwhile", "Needles and pins")
    assert drawn(course)[1] == "1.1 Needles and pins"


def test_the_same_title_writes_no_revision(desk, course):
    before = draft("Needles", course).latest_revision_id

    desk.rename("Needles", "Needles")

    assert draft("Needles", course).latest_revision_id == before


def test_a_title_that_was_written_in_the_editor_is_nobodys_in_the_journal(course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    Desk(course, ada).rename("Needles", "Needles and pins")
    edited = draft("Needles and pins", course)
    edited.title = "Needlework"
    edited.save_revision(user=bruno)

    with pytest.raises(OutlineClash) as refused:
        Desk(course, ada).rename("Needlework", "Pins", was="Needles and pins")

    assert (refused.value.who, refused.value.title) == ("", "Needlework")


# Opened


def test_lessons_are_opened_and_closed_to_everybody(desk, course):
    desk.open("Needles", "Finishing")

    opened = {title for title in ("Needles", "Hem", "Chalk") if draft(title, course).is_preview}
    assert opened == {"Needles", "Hem"}
    desk.open("Needles", on=False)
    assert not draft("Needles", course).is_preview


def test_a_chapter_without_lessons_cannot_be_opened(desk, course):
    desk.add("Empty", kind="chapter")

    with pytest.raises(CourseError) as refused:
        desk.open("Empty")

    assert refused.value.code == "no_lessons"


# Removed


def test_what_was_never_released_comes_back_out_of_the_bin_where_it_stood(desk, course):
    before = drawn(course)
    desk.remove("Scissors", "Stitches")
    assert drawn(course) == [
        "1 Tools",
        "1.1 Needles",
        "1.2 Chalk",
        "2 A shirt",
        "2.1 Measure",
        "2.2 Sew",
    ]

    desk.restore("Scissors", "Stitches")

    assert drawn(course) == before


def test_what_is_deleted_for_ever_is_gone(desk, course):
    desk.remove("Stitches")
    desk.delete("Stitches")

    assert not Page.objects.filter(title__in=["Stitches", "By hand", "Running"]).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_only_the_bin_is_emptied(desk, course):
    with pytest.raises(CourseError) as refused:
        desk.delete("Needles")

    assert refused.value.code == "not_in_the_bin"
    assert "1.1 Needles" in drawn(course)


def test_more_than_a_hundred_are_not_deleted_at_once(desk, course, monkeypatch):
    monkeypatch.setattr(removing, "MOST_DELETED", 1)
    desk.remove("Needles", "Chalk")

    with pytest.raises(CourseError) as refused:
        desk.delete("Needles", "Chalk")

    assert refused.value.code == "too_many_deleted"
    assert LessonPage.objects.filter(title__in=["Needles", "Chalk"]).count() == 2
    assert OutlineChange.objects.count() == 1
    desk.delete("Needles")
    assert not LessonPage.objects.filter(title="Needles").exists()


def test_what_a_release_holds_is_never_deleted(ada):
    course = a_released_course(by=ada, syllabus={"Tools": ["Needles", "Chalk"]})
    desk = Desk(course, ada)
    desk.remove("Needles")

    with pytest.raises(CourseError) as refused:
        desk.delete("Needles")

    assert refused.value.code == "not_in_the_bin"
    assert LessonPage.objects.get(title="Needles").retired


def test_a_lesson_in_a_chapter_that_is_gone_waits_for_its_chapter(desk, course):
    desk.remove("Hem")
    desk.remove("Finishing")

    with pytest.raises(CourseError) as refused:
        desk.restore("Hem")

    assert refused.value.code == "chapter_gone"


# Structure


def structure(course) -> str:
    return CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object().structure_type


def test_a_course_becomes_flat_in_reading_order(desk, course):
    desk.switch(StructureType.FLAT)

    assert drawn(course) == [
        "1 Needles",
        "2 Scissors",
        "3 Chalk",
        "4 Running",
        "5 Back",
        "6 Hem",
        "7 Measure",
        "8 Sew",
    ]
    assert structure(course) == "flat"


def test_and_is_as_it_was_when_that_is_undone(desk, course):
    before = drawn(course)
    desk.switch(StructureType.FLAT)

    desk.undo()

    assert (drawn(course), structure(course)) == (before, "hierarchical")
    desk.redo()
    assert (drawn(course)[0], structure(course)) == ("1 Needles", "flat")


def test_lessons_of_a_flat_course_go_into_a_first_chapter(ada):
    course = a_course(by=ada, title="Knots", syllabus=["Reef", "Bowline"])
    desk = Desk(course, ada)

    desk.switch(StructureType.HIERARCHICAL)

    assert drawn(course) == ["1 First chapter", "1.1 Reef", "1.2 Bowline"]
    desk.undo()
    assert (drawn(course), structure(course)) == (["1 Reef", "2 Bowline"], "flat")


def test_a_key_is_asked_for_once(desk, course):
    asked = desk.asked()
    sent = {"kind": "lesson", "title": "Pins", "to": desk.place("Tools", None)}

    first = adding.add(**sent, **asked)
    assert adding.add(**sent, **asked) == first

    assert sum("Pins" in line for line in drawn(course)) == 1
