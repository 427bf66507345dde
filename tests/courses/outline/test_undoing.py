"""Undo takes back one's own last change, and never another's."""

import pytest
from wagtail.models import Page

from courses.errors import CourseError
from courses.models import LessonPage
from courses.outline import journal, undoing
from courses.outline.errors import OutlineClash
from courses.releases import submit_course
from tests.builders import open_a_lesson
from tests.teams import add_instructor

from .drawn import Desk, called, drawn

pytestmark = pytest.mark.django_db


def changes(desk):
    """A verb each, as they are done one after the other."""
    return [
        lambda: desk.move("Needles", "Sew", "Running", into="Finishing", after="Hem"),
        lambda: desk.move("Stitches"),
        lambda: desk.rename("Hem", "A hem"),
        lambda: desk.add("Pins", into="Tools", after="Scissors"),
        lambda: desk.paste("Buttons\n  Two holes"),
        lambda: desk.duplicate("By hand", "Chalk"),
        lambda: desk.remove("Chalk", "By hand"),
        lambda: desk.restore("Chalk"),
        lambda: desk.switch("flat"),
    ]


def test_each_verb_is_taken_back_and_done_again(desk, course):
    seen = [drawn(course)]
    for change in changes(desk):
        change()
        seen.append(drawn(course))

    for before in reversed(seen[:-1]):
        desk.undo()
        assert drawn(course) == before
    for after in seen[1:]:
        desk.redo()
        assert drawn(course) == after


def test_an_open_lesson_is_closed_again(desk, course):
    desk.open("Needles")
    desk.undo()

    needles = LessonPage.objects.get(pk=called("Needles", course))
    assert not needles.get_latest_revision_as_object().is_preview


def test_there_is_nothing_to_take_back_at_first(desk, course, ada):
    assert undoing.next_undo(course.pk, ada) is None
    with pytest.raises(OutlineClash) as refused:
        desk.undo()
    assert refused.value.code == "cannot_undo"


def test_what_was_undone_stays_undone_once_something_else_is_done(desk, course, ada):
    desk.rename("Hem", "A hem")
    desk.undo()
    desk.rename("Sew", "Sew it")

    assert undoing.next_redo(course.pk, ada) is None


def test_a_change_that_is_not_the_last_is_not_taken_back(desk, course):
    first = desk.rename("Hem", "A hem")
    desk.rename("Sew", "Sew it")

    with pytest.raises(OutlineClash):
        desk.undo(first.number)

    assert "2.2.1 A hem" in drawn(course)


def test_each_takes_back_what_is_their_own(course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    hers, his = Desk(course, ada), Desk(course, bruno)
    hers.move("Needles", into="Tools", after="Chalk")
    his.rename("Sew", "Sew it")

    hers.undo()

    assert drawn(course)[1] == "1.1 Needles"
    assert "3.2 Sew it" in drawn(course)


def test_what_another_moved_since_stays(course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    hers, his = Desk(course, ada), Desk(course, bruno)
    hers.move("Needles", into="A shirt")
    his.move("Needles", into="Finishing")
    before = drawn(course)

    with pytest.raises(OutlineClash) as refused:
        hers.undo()

    assert (refused.value.code, refused.value.who) == ("cannot_undo", "Bruno Keller")
    assert drawn(course) == before


def test_what_another_renamed_since_stays(course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    Desk(course, ada).rename("Hem", "A hem")
    Desk(course, bruno).rename("A hem", "Hems")

    with pytest.raises(OutlineClash):
        Desk(course, ada).undo()

    assert "2.2.1 Hems" in drawn(course)


def test_a_place_whose_neighbour_is_gone_is_about_where_it_was(course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    Desk(course, ada).move("Chalk", into="A shirt")
    Desk(course, bruno).move("Scissors", into="Finishing")

    Desk(course, ada).undo()

    assert drawn(course)[:3] == ["1 Tools", "1.1 Needles", "1.2 Chalk"]


def test_a_chapter_that_is_gone_takes_nothing_back(course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    Desk(course, ada).move("Hem", into="Tools")
    his = Desk(course, bruno)
    his.remove("Finishing")

    with pytest.raises(OutlineClash) as refused:
        Desk(course, ada).undo()

    assert refused.value.code == "place_gone"
    assert drawn(course)[1] == "1.1 Hem"


def test_what_was_added_and_submitted_since_is_not_thrown_away(desk, course, ada):
    desk.duplicate("Needles")
    open_a_lesson(course)
    submit_course(course=course, user=ada)

    with pytest.raises(OutlineClash) as refused:
        desk.undo()

    assert refused.value.code == "cannot_undo"
    assert "1.2 Needles (copy)" in drawn(course)


def test_what_was_deleted_for_ever_does_not_come_back(desk, course):
    desk.add("Pins", into="Tools")
    desk.remove("Pins")
    desk.delete("Pins")

    with pytest.raises(OutlineClash) as refused:
        desk.undo()

    assert refused.value.code == "cannot_undo"


def test_only_the_latest_changes_are_remembered(desk, course, monkeypatch):
    monkeypatch.setattr(journal, "KEPT", 2)
    monkeypatch.setattr(journal, "FORGOTTEN_EVERY", 1)
    for title in ("Pins", "Clips", "Wax"):
        desk.add(title, into="Tools")

    assert sorted(course.outline_changes.values_list("number", flat=True)) == [2, 3]
    desk.undo()
    assert "1.1 Clips" in drawn(course)


def test_what_nobody_known_moved_is_told_too(course, ada):
    Page.objects.get(pk=called("Needles", course)).move(
        Page.objects.get(pk=called("A shirt", course)), pos="last-child"
    )

    with pytest.raises(OutlineClash) as refused:
        Desk(course, ada).move("Needles", into="Finishing", seen=0)

    assert (refused.value.code, refused.value.who) == ("moved_meanwhile", "")


def test_a_page_that_somebody_else_locked_keeps_its_title(course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    needles = Page.objects.filter(pk=called("Needles", course))
    needles.update(locked=True, locked_by=bruno)

    with pytest.raises(CourseError) as refused:
        Desk(course, ada).rename("Needles", "Pins")

    assert refused.value.code == "page_locked"
    assert "1.1 Needles" in drawn(course)
    Desk(course, bruno).rename("Needles", "Pins")
    assert "1.1 Pins" in drawn(course)
