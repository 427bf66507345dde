"""Two people at one outline at the same moment. Real threads on PostgreSQL."""

from uuid import uuid4

import pytest
from wagtail.models import Page

from courses.models import ChapterPage, CoursePage
from courses.models.outline import OutlineChange
from courses.outline import journal, moving, writing
from courses.outline.errors import OutlineClash
from tests.builders import a_course
from tests.courses.outline.drawn import Desk, called, drawn
from tests.people import person
from tests.races.together import Meeting, together
from tests.teams import add_instructor

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def course():
    ada, bruno = person("ada"), person("bruno")
    course = a_course(by=ada, syllabus={"Tools": ["Needles", "Chalk"], "Shirt": ["Sew"], "Hat": []})
    add_instructor(course=course, email=bruno.email, by=ada)
    return course


def both_move_needles(course):
    """Ada into “Shirt”, Bruno into “Hat”; what each saw is the outline before."""
    hers, his = Desk(course, person("ada")), Desk(course, person("bruno"))
    return together(
        lambda: hers.move("Needles", into="Shirt", seen=0),
        lambda: his.move("Needles", into="Hat", seen=0),
    )


def test_two_who_move_the_same_lesson_do_not_lose_each_others_move(course):
    outcomes = both_move_needles(course)

    (clash,) = [one for one in outcomes if isinstance(one, OutlineClash)]
    (change,) = [one for one in outcomes if isinstance(one, OutlineChange)]
    assert (clash.code, clash.who) == ("moved_meanwhile", change.by.name)
    assert OutlineChange.objects.count() == 1
    chapter = Page.objects.get(pk=called("Needles", course)).get_parent()
    assert chapter.title == ("Shirt" if change.by.name == "Ada Okafor" else "Hat")


def test_without_asking_what_was_seen_one_of_the_moves_is_lost(course, monkeypatch):
    """The control: nobody is told, and whoever came first finds the lesson elsewhere."""
    monkeypatch.setattr(moving, "require_unmoved", lambda *args, **kwargs: None)

    outcomes = both_move_needles(course)

    assert [type(one) for one in outcomes] == [OutlineChange, OutlineChange]


def moved_at_once(course):
    hers, his = Desk(course, person("ada")), Desk(course, person("bruno"))
    return together(
        lambda: hers.move("Needles", into="Shirt"),
        lambda: his.move("Chalk", into="Hat"),
    )


def test_moves_of_different_lessons_both_hold_and_the_tree_is_whole(course):
    outcomes = moved_at_once(course)

    assert [type(one) for one in outcomes] == [OutlineChange, OutlineChange]
    assert drawn(course) == ["1 Tools", "2 Shirt", "2.1 Needles", "2.2 Sew", "3 Hat", "3.1 Chalk"]
    assert Page.find_problems() == ([], [], [], [], [])
    assert sorted(OutlineChange.objects.values_list("number", flat=True)) == [1, 2]


def test_without_the_lock_two_changes_take_one_number(course, monkeypatch):
    """The control: both count the same changes before either writes its own."""
    meeting = Meeting()
    monkeypatch.setattr("courses.outline.holding.lock_course", lambda pk: Page.objects.get(pk=pk))
    monkeypatch.setattr(journal, "last_number", meeting.after(journal.last_number))
    hers, his = Desk(course, person("ada")), Desk(course, person("bruno"))

    outcomes = together(
        lambda: hers.rename("Needles", "Pins"),
        lambda: his.rename("Chalk", "White chalk"),
    )

    assert sum(isinstance(one, Exception) for one in outcomes) == 1


def test_a_request_that_is_sent_twice_at_once_is_carried_out_once(course):
    ada, key = person("ada"), uuid4()
    asked = {
        "course_id": course.pk,
        "page": called("Needles", course),
        "title": "Pins",
        "was": "Needles",
        "by": ada,
        "key": key,
    }

    outcomes = together(lambda: writing.rename(**asked), lambda: writing.rename(**asked))

    assert outcomes[0] == outcomes[1] == OutlineChange.objects.get()
    assert "1.1 Pins" in drawn(course)


def test_two_who_rename_the_same_lesson_do_not_write_over_each_other(course):
    outcomes = together(
        lambda: Desk(course, person("ada")).rename("Needles", "Pins"),
        lambda: Desk(course, person("bruno")).rename("Needles", "Needlework"),
    )

    (clash,) = [one for one in outcomes if isinstance(one, OutlineClash)]
    assert clash.code == "renamed_meanwhile"
    assert f"1.1 {clash.title}" in drawn(course)


def test_a_lesson_added_in_the_editor_waits_for_a_move(course):
    """Wagtail's own view adds below a course that somebody is moving parts of."""
    hers = Desk(course, person("ada"))

    def in_the_editor():
        return CoursePage.objects.get(pk=course.pk).add_child(instance=ChapterPage(title="Gloves"))

    outcomes = together(lambda: hers.move("Shirt", into=None, after=None), in_the_editor)

    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert Page.find_problems() == ([], [], [], [], [])
    assert "Gloves" in " ".join(drawn(course))
