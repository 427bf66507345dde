"""Somebody imports a large course while others begin theirs.

The race ships with its control: in one transaction with the rest, adding the course to the
catalogue makes everybody wait to the end of the import.
"""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from courses.exchange import build, unfinished
from courses.exchange.bodies import BodyWriter
from courses.exchange.build import import_course
from courses.models import CourseImage, CoursePage, LessonPage, Promise
from courses.promises import keeping
from courses.teams.members import create_course
from tests.courses.exchange.exports import as_tar, the_tea_course
from tests.media import an_image
from tests.people import person

from .test_submit_and_approve import Other, stop_at

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "course.tar.gz"
    path.write_bytes(as_tar(the_tea_course()))
    return path


def begins_at_once() -> bool:
    """Whether Bruno, on another connection, can begin a course now."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
            create_course(producer=person("bruno"), title="Knitting")
    except OperationalError:
        return False
    return True


def begun_while_files_are_stored(monkeypatch, importing) -> bool:
    with stop_at(monkeypatch, BodyWriter, "write") as (reached, go_on):
        ada = Other(importing)
        ada.start()
        assert reached.wait(60)
        begun = begins_at_once()
        go_on.set()
        course, _report = ada.finished()
    assert LessonPage.objects.descendant_of(course).count() == 8
    return begun


def test_others_begin_courses_while_one_is_imported(catalogue, ada, bruno, archive, monkeypatch):
    def importing():
        return import_course(path=archive, producer=person("ada"))

    assert begun_while_files_are_stored(monkeypatch, importing)
    titles = set(CoursePage.objects.values_list("title", flat=True))
    assert titles == {"Knitting", "Tea, from leaf to cup"}
    catalogue.refresh_from_db()
    assert catalogue.numchild == 2
    assert {page.title for page in catalogue.get_children()} == titles
    assert not Promise.objects.filter(name="courses.remove_unfinished").exists()


def test_control_in_one_transaction_everybody_waits(catalogue, ada, bruno, archive, monkeypatch):
    def importing():
        with transaction.atomic():
            return import_course(path=archive, producer=person("ada"))

    assert not begun_while_files_are_stored(monkeypatch, importing)


@pytest.fixture
def died(catalogue, ada, archive, monkeypatch):
    """An import whose process died while files were stored: nothing could clean up."""

    class Killed(BaseException):
        pass

    def die(self, lesson):
        raise Killed

    monkeypatch.setattr(build.BodyWriter, "write", die)
    with monkeypatch.context() as process, pytest.raises(Killed):
        process.setattr(unfinished, "give_up", lambda *_begun: None)
        import_course(path=archive, producer=ada)
    return CoursePage.objects.get()


def test_what_a_dead_process_left_is_taken_away(died, catalogue):
    collection = died.collection
    assert not CourseImage.objects.exists()

    assert keeping.sweep() == 0
    assert keeping.sweep(now=timezone.now() + unfinished.LONG_OVER) == 1

    assert not CoursePage.objects.exists()
    assert not type(collection).objects.filter(pk=collection.pk).exists()
    catalogue.refresh_from_db()
    assert catalogue.numchild == 0


def test_what_somebody_wrote_into_it_since_stays(died):
    died.add_child(instance=LessonPage(title="My own words", live=False))

    keeping.sweep(now=timezone.now() + unfinished.LONG_OVER + timedelta(minutes=1))

    assert CoursePage.objects.get() == died
    assert not Promise.objects.filter(name="courses.remove_unfinished").exists()


def test_a_course_whose_collection_somebody_put_a_picture_into_since_stays(died, ada):
    kept = an_image(title="My own picture", course=died, by=ada)

    keeping.sweep(now=timezone.now() + unfinished.LONG_OVER + timedelta(minutes=1))

    assert CoursePage.objects.get() == died
    assert list(CourseImage.objects.all()) == [kept]
    assert not Promise.objects.filter(name="courses.remove_unfinished").exists()


def test_a_course_whose_own_words_were_written_since_stays(died, ada):
    died.description = "<p>My own words</p>"
    died.save_revision(user=ada)

    keeping.sweep(now=timezone.now() + unfinished.LONG_OVER + timedelta(minutes=1))

    assert CoursePage.objects.get() == died
    assert "My own words" in died.get_latest_revision_as_object().description
    assert not Promise.objects.filter(name="courses.remove_unfinished").exists()


def test_a_failed_import_leaves_what_was_written_into_its_course_meanwhile(
    catalogue, ada, archive, monkeypatch
):
    """The course is in its producer's list from the first moment on."""

    def write_and_fail(self, lesson):
        raise RuntimeError("the disk is full")

    give_up = unfinished.give_up

    def written_before(course, begun_as):
        CoursePage.objects.get(pk=course.pk).save_revision(user=ada)
        give_up(course, begun_as)

    monkeypatch.setattr(build.BodyWriter, "write", write_and_fail)
    monkeypatch.setattr(unfinished, "give_up", written_before)
    with pytest.raises(RuntimeError, match="disk is full"):
        import_course(path=archive, producer=ada)

    assert CoursePage.objects.get().title == "Tea, from leaf to cup"
    assert not Promise.objects.filter(name="courses.remove_unfinished").exists()
