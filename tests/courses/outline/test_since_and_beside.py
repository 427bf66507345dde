"""What others do beside somebody, and what happened since: who is told, and what stays."""

from datetime import timedelta
from hashlib import sha1
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.log_actions import LogContext
from wagtail.models import Page

from courses.models import CourseDocument, CoursePage, LessonPage, StructureType
from courses.models.outline import OutlineChange
from courses.outline import files, presence, undoing
from courses.outline.errors import OutlineClash
from courses.outline.files import bring_file
from courses.outline.tree import OutlinePlace
from courses.teams.members import create_course
from tests.builders import a_chapter, a_course
from tests.media import MP4
from tests.teams import add_instructor

from .drawn import Desk, called, drawn, tree_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def his_desk(course, ada, bruno):
    """Bruno's, who helps."""
    add_instructor(course=course, email=bruno.email, by=ada)
    return Desk(course, bruno)


def refused(act) -> str:
    """The sentence of the refusal, after which nothing more is written down than before."""
    before = list(OutlineChange.objects.values_list("pk", "state"))
    with pytest.raises(OutlineClash) as caught:
        act()
    assert list(OutlineChange.objects.values_list("pk", "state")) == before
    return str(caught.value)


# Undo, after somebody else


def test_what_another_brought_back_since_is_not_brought_back_again(desk, his_desk, course):
    desk.remove("Needles")
    his_desk.restore("Needles")
    before = drawn(course)

    assert refused(desk.undo) == "“Needles” was removed or brought back since."
    assert drawn(course) == before


def test_a_structure_that_the_editor_changed_since_stays(desk, course, bruno):
    desk.switch(StructureType.FLAT)
    draft = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    draft.structure_type = StructureType.HIERARCHICAL
    draft.save_revision(user=bruno)
    before = drawn(course)

    assert refused(desk.undo) == "The structure of the course was changed since."
    assert drawn(course) == before


def test_a_move_that_another_took_back_does_not_stand_in_the_way(desk, his_desk, course):
    before = drawn(course)
    desk.move("Needles", into="A shirt")
    his_desk.move("Needles", into="Finishing")
    his_desk.undo()

    desk.undo()

    assert drawn(course) == before


def test_a_move_in_the_explorer_is_taken_back_by_whoever_made_it(course, desk, ada):
    before = drawn(course)
    page = Page.objects.get(pk=called("Needles", course))

    with LogContext(user=ada):
        page.move(Page.objects.get(pk=called("A shirt", course)), pos="last-child", user=ada)

    change = OutlineChange.objects.get()
    assert (change.by, undoing.next_undo(course.pk, ada)) == (ada, change)
    desk.undo()
    assert drawn(course) == before


# Structure


def test_the_structure_that_it_has_already_writes_nothing(desk, course):
    revision = CoursePage.objects.get(pk=course.pk).latest_revision_id

    change = desk.switch(StructureType.HIERARCHICAL)

    assert not change.steps.exists()
    assert CoursePage.objects.get(pk=course.pk).latest_revision_id == revision


def test_lessons_beside_chapters_stay_where_they_are(ada):
    course = a_course(by=ada, title="Knots", syllabus=["Reef"])
    a_chapter(under=course, title="Bends")

    Desk(course, ada).switch(StructureType.HIERARCHICAL)

    assert drawn(course) == ["1 Reef", "2 Bends"]


def test_a_removed_lesson_does_not_go_into_the_first_chapter(ada):
    course = a_course(by=ada, title="Knots", syllabus=["Reef", "Bowline"])
    desk = Desk(course, ada)
    desk.remove("Bowline")

    desk.switch(StructureType.HIERARCHICAL)

    assert drawn(course) == ["1 First chapter", "1.1 Reef"]
    tree = tree_of(course)
    assert tree.parts[called("Bowline", course)].parent == course.pk


# Who is there


@pytest.fixture
def lesson(course) -> LessonPage:
    return LessonPage.objects.get(pk=called("Needles", course))


def a_session(user, lesson, *, ago: timedelta = timedelta()) -> EditingSession:
    seen = timezone.now() - ago
    return EditingSession.objects.create(user=user, content_object=lesson, last_seen_at=seen)


def test_who_writes_in_two_tabs_is_named_once(ada, bruno, lesson):
    for _ in range(2):
        a_session(bruno, lesson)

    assert presence.writers_in([lesson.pk], besides=ada) == {lesson.pk: ["Bruno Keller"]}


def test_who_closed_the_editor_long_ago_is_named_no_more(ada, bruno, lesson):
    a_session(bruno, lesson, ago=timedelta(hours=1))

    assert presence.writers_in([lesson.pk], besides=ada) == {}


def test_who_closed_the_outline_is_named_no_more_though_others_look_on(
    course, ada, bruno, monkeypatch
):
    now = 1_000_000.0
    monkeypatch.setattr(presence, "time", SimpleNamespace(time=lambda: now))
    presence.others_at(course.pk, bruno)
    now += presence.SEEN_SECONDS - 1
    assert presence.others_at(course.pk, ada) == ["Bruno Keller"]

    now += 1

    assert presence.others_at(course.pk, ada) == []


# Files


def brought(course, ada, name: str, data: bytes, *, to: OutlinePlace | None = None):
    return bring_file(
        course_id=course.pk,
        file=SimpleUploadedFile(name, data),
        to=to or OutlinePlace(course.pk, None),
        by=ada,
        key=uuid4(),
    ).change


OTHER_LETTERS = b"---\ntitle: Where it rises\n---\n\n# WHERE IT RISES\n\nLook up.\n"


def test_a_title_in_other_letters_is_not_said_twice(course, ada):
    change = brought(course, ada, "where-it-rises.md", OTHER_LETTERS)

    draft = LessonPage.objects.get(pk=change.steps.first().page_id).get_latest_revision_as_object()
    assert draft.title == "Where it rises"
    assert draft.body.raw_data[0]["value"] == "<p>Look up.</p>"


def test_a_film_is_known_again_by_what_is_in_it(ada, catalogue):
    course = create_course(producer=ada, title="Maps of water")
    brought(course, ada, "film.mp4", MP4)

    assert CourseDocument.objects.get().file_hash == sha1(MP4).hexdigest()


def test_a_file_for_a_place_that_is_gone_is_not_even_read(course, ada, monkeypatch):
    def read(*_args):
        raise AssertionError("read")

    monkeypatch.setattr(files._Stored, "lesson_of", read)
    gone = OutlinePlace(course.pk, called("Needles", course))

    refused(lambda: brought(course, ada, "film.mp4", MP4, to=gone))


def test_without_its_neighbour_a_lesson_comes_back_as_far_from_the_beginning(
    desk, his_desk, course
):
    desk.add("Pins", into="Tools", after="Chalk")
    desk.move("Scissors", into="A shirt")
    his_desk.move("Needles", into="Finishing")

    desk.undo()

    assert drawn(course)[:4] == ["1 Tools", "1.1 Chalk", "1.2 Scissors", "1.3 Pins"]


def test_of_a_file_that_came_twice_at_once_one_is_kept(ada, catalogue, monkeypatch):
    """The second request is done while the first reads its file."""
    course, key = create_course(producer=ada, title="Maps of water"), uuid4()
    read = files._Stored.lesson_of

    def kept() -> set[str]:
        there = default_storage.exists("documents")
        return set(default_storage.listdir("documents")[1]) if there else set()

    def bring():
        film = SimpleUploadedFile("film.mp4", MP4)
        to = OutlinePlace(course.pk, None)
        return bring_file(course_id=course.pk, file=film, to=to, by=ada, key=key)

    def read_behind_another(stored, file):
        monkeypatch.setattr(files._Stored, "lesson_of", read)
        bring()
        return read(stored, file)

    monkeypatch.setattr(files._Stored, "lesson_of", read_behind_another)
    before = kept()

    assert bring().change.key == key

    assert len(kept() - before) == 1
