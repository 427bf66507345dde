"""A course on its way is stopped, two tabs bring one each, and a file is dropped twice at once.

Each ships with its control, which fails without the guard.
"""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, OperationalError, connection, transaction

from courses.beginning import bringing, importing
from courses.beginning.bringing import bring, stop
from courses.beginning.selectors import ShownImport
from courses.exchange.bodies import BodyWriter
from courses.models import CourseDocument, CourseImport, CoursePage, LessonPage
from courses.outline import files
from courses.outline.files import bring_file
from courses.outline.tree import OutlinePlace
from courses.teams.members import create_course
from learners.models import User
from tests.media import MP4
from tests.people import person

from .test_submit_and_approve import Other, stop_at

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

MARKDOWN = b"# First\n\nOne.\n\n# Second\n\nTwo.\n"


def a_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("knots.md", MARKDOWN)


def stopped_while_it_is_written(monkeypatch) -> CourseImport:
    """Ada stops it while a worker writes the second lesson; the row afterwards."""
    monkeypatch.setattr(bringing, "tell_worker", lambda *_, **__: None)
    brought = bring(person=person("ada"), file=a_file())
    with stop_at(monkeypatch, BodyWriter, "write") as (reached, go_on):
        worker = Other(lambda: importing.work(brought.pk))
        worker.start()
        assert reached.wait(60)
        brought.refresh_from_db()
        told = [step.told for step in ShownImport(brought).steps]
        assert told[1] == "Found 2 lessons"
        assert stop(brought=brought, by=person("ada"))
        go_on.set()
        worker.finished()
    brought.refresh_from_db()
    return brought


def test_an_import_that_is_stopped_while_it_writes_leaves_nothing(catalogue, ada, monkeypatch):
    brought = stopped_while_it_is_written(monkeypatch)

    assert (brought.status, brought.course) == ("stopped", None)
    assert not CoursePage.objects.exists()
    assert not LessonPage.objects.exists()


def test_control_one_that_does_not_ask_makes_its_course(catalogue, ada, monkeypatch):
    for step in ("wrote", "built"):
        monkeypatch.setattr(importing._Following, step, lambda *_: None)

    brought = stopped_while_it_is_written(monkeypatch)

    assert brought.status == "stopped"
    assert CoursePage.objects.count() == 1


def brings_at_once() -> bool:
    """Whether Ada can bring one in another tab now."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
            bring(person=person("ada"), file=a_file())
    except OperationalError:
        return False
    return True


def brought_while_another_is_counted(monkeypatch) -> bool:
    monkeypatch.setattr(bringing, "tell_worker", lambda *_, **__: None)
    with stop_at(monkeypatch, bringing, "_require_few") as (reached, go_on):
        other = Other(lambda: bring(person=person("ada"), file=a_file()))
        other.start()
        assert reached.wait(60)
        brought = brings_at_once()
        go_on.set()
        other.finished()
    return brought


def test_of_two_tabs_the_second_waits_to_be_counted(catalogue, ada, monkeypatch):
    assert not brought_while_another_is_counted(monkeypatch)
    assert CourseImport.objects.count() == 1


def test_control_without_the_lock_both_are_counted_as_the_first(catalogue, ada, monkeypatch):
    unlocked = SimpleNamespace(select_for_update=lambda **_: User.objects.all())
    model = SimpleNamespace(objects=unlocked)
    monkeypatch.setattr(bringing, "get_user_model", lambda: model)

    assert brought_while_another_is_counted(monkeypatch)
    assert CourseImport.objects.count() == 2


def dropped_twice_at_once(monkeypatch):
    """(what became of the first, the change of the second, which overtook it)."""
    course = create_course(producer=person("ada"), title="Maps of water")
    key = uuid4()

    def drop():
        file = SimpleUploadedFile("film.mp4", MP4)
        to = OutlinePlace(course.pk, None)
        return bring_file(course_id=course.pk, file=file, to=to, by=person("ada"), key=key)

    with stop_at(monkeypatch, files._Stored, "lesson_of") as (reached, go_on):
        first = Other(drop)
        first.start()
        assert reached.wait(60)
        second = drop()
        go_on.set()
        return first.finished(), second


def test_a_file_that_is_sent_twice_at_once_makes_one_lesson(catalogue, ada, monkeypatch):
    first, second = dropped_twice_at_once(monkeypatch)

    assert first == second
    assert LessonPage.objects.count() == 1
    document = CourseDocument.objects.get()
    assert document.file.storage.listdir("documents")[1].count(document.filename) == 1


def test_control_without_asking_again_the_first_breaks(catalogue, ada, monkeypatch):
    monkeypatch.setattr(files, "written_before", lambda *_: None)

    first, _second = dropped_twice_at_once(monkeypatch)

    assert isinstance(first, IntegrityError)
    assert LessonPage.objects.count() == 1
