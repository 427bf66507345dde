"""What a lesson is called, and which names of components learners read."""

import pytest

from courses.exchange.formats.olx.titles import name_lesson, show_title
from courses.exchange.neutral import (
    Heading,
    ImportedComponent,
    ImportedLesson,
    NeutralQuestion,
    Note,
    Outcome,
    Prose,
)


def component(title, kind="problem", *pieces):
    return ImportedComponent(kind, title, title, pieces=list(pieces) or [Prose("<p>Tea.</p>")])


@pytest.mark.parametrize(
    ("written", "titles", "name"),
    [
        ("Unit", ["On rivers"], "On rivers"),
        ("unit", ["Checkboxes"], "Checkboxes"),
        ("New Unit", ["Pouring"], "Pouring"),
        ("Unit", ["Text"], "Unit"),
        ("Unit", ["Raw HTML"], "Unit"),
        ("Unit", [""], "Unit"),
        ("Unit", ["One", "Two"], "Unit"),
        ("Unit", [], "Unit"),
        ("Unit 3", ["On rivers"], "Unit 3"),
        ("Water", ["On rivers"], "Water"),
    ],
)
def test_a_lesson_nobody_named_takes_the_name_of_its_only_component(written, titles, name):
    lesson = ImportedLesson("", "l", [component(title) for title in titles])
    assert name_lesson(lesson, written) == name


def test_lessons_of_a_course_are_named_so(read):
    one = '<vertical display_name="Unit"><html url_name="intro"/></vertical>'
    titles = [lesson.title for lesson in read(**{"vertical/six.xml": one}).lessons]
    assert titles[0] == "Six kinds of tea"


ASKED = NeutralQuestion("single", "<p>Which is <b>no</b> tea?</p>", [])


@pytest.mark.parametrize(
    ("part", "lesson", "above"),
    [
        (component("On rivers"), "Assam", [Heading("On rivers", 3)]),
        (component("On rivers", "html"), "Assam", []),
        (component("On rivers"), "On Rivers", []),
        (component("Which is no tea", "problem", ASKED), "Assam", []),
        (component("Habits", "survey", Note("<p>x</p>", "Habits")), "Assam", []),
        (component(""), "Assam", []),
    ],
)
def test_the_name_of_an_exercise_stands_above_it_unless_it_is_said(part, lesson, above):
    pieces = list(part.pieces)
    show_title(part, ImportedLesson(lesson, "l", [part]))
    assert part.pieces == [*above, *pieces]
    assert (part.outcome, part.remarks) == (Outcome.IMPORTED, [])


@pytest.mark.parametrize(
    "title",
    ["Multiple Choice", "Checkboxes with Hints and Feedback", "Blank Common Problem", "Dropdown"],
)
def test_a_name_that_only_names_the_kind_is_left_out_and_remarked(title):
    part = component(title)
    show_title(part, ImportedLesson("Assam", "l", [part]))
    assert not any(isinstance(piece, Heading) for piece in part.pieces)
    assert part.remarks == [
        f"its title “{title}” says only what kind of exercise it is and was left out"
    ]
