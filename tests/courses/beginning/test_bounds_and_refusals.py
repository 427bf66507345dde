"""What beginning a course refuses, counts and keeps: its bounds, and what is nobody else's."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from courses.beginning import bringing, importing
from courses.beginning.bringing import AT_ONCE, begin_copy, bring, stop
from courses.beginning.copying import copy_course
from courses.beginning.selectors import _sentences, imports_of, to_copy
from courses.errors import CourseError
from courses.models import Category, CourseImport, CoursePage, Promise
from tests.builders import a_course
from tests.people import logged_in

pytestmark = pytest.mark.django_db

MARKDOWN = b"# First\n\nOne.\n\n# Second\n\nTwo.\n"


def a_file(data: bytes = MARKDOWN) -> SimpleUploadedFile:
    return SimpleUploadedFile("knots-that-hold.md", data)


@pytest.fixture
def brought(ada, catalogue):
    """Hers, waiting for a worker."""
    return bring(person=ada, file=a_file())


@pytest.fixture
def slowly(monkeypatch):
    """Every copy is left to a worker."""
    monkeypatch.setattr(bringing, "COPIED_AT_ONCE", -1)


def test_a_file_of_just_the_size_that_may_be_uploaded_is_taken(ada, catalogue, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = len(MARKDOWN)

    assert bring(person=ada, file=a_file()).size == len(MARKDOWN)


def test_large_copies_are_so_many_at_once_and_no_more(ada, slowly):
    course = a_course(by=ada)
    for _ in range(AT_ONCE):
        begin_copy(person=ada, course_id=course.pk)

    with pytest.raises(CourseError) as caught:
        begin_copy(person=ada, course_id=course.pk)

    assert caught.value.code == "imports_under_way"
    assert CourseImport.objects.count() == AT_ONCE


def test_who_may_not_teach_any_more_has_no_large_course_copied(ada, slowly):
    course = a_course(by=ada)
    ada.role = "consumer"
    ada.save()

    with pytest.raises(CourseError) as caught:
        begin_copy(person=ada, course_id=course.pk)

    assert caught.value.code == "not_taught"
    assert not CourseImport.objects.exists()
    assert CoursePage.objects.count() == 1


def test_a_course_to_copy_that_is_gone_meanwhile_is_told(ada, slowly):
    course = a_course(by=ada)
    begin_copy(person=ada, course_id=course.pk)
    course.delete()
    row = CourseImport.objects.get()

    assert not importing.work(row.pk)

    row.refresh_from_db()
    assert (row.status, row.reason) == ("failed", "The course to copy is not there any more.")
    assert not CoursePage.objects.exists()


def test_a_copy_of_a_course_whose_subject_is_gone_has_none(ada):
    course = a_course(by=ada)
    draft = course.get_latest_revision_as_object()
    draft.category = Category.objects.create(slug="weaving", name="Weaving", pattern="craft")
    draft.save_revision(user=ada)
    Category.objects.filter(slug="weaving").delete()

    assert copy_course(course_id=course.pk, producer=ada).category is None


def test_a_course_of_others_is_not_named_to_be_copied(client, ada, bruno):
    theirs = a_course(by=bruno, title="Bread from rye")

    page = logged_in(client, ada).get(reverse("studio:new_course"), {"copy": theirs.pk}).text

    assert to_copy(ada, first=str(theirs.pk)) == []
    assert "Bread from rye" not in page


def test_who_stops_an_import_of_others_leaves_its_file(brought, bruno, commit):
    with commit():
        assert not stop(brought=brought, by=bruno)

    brought.refresh_from_db()
    assert brought.status == "waiting"
    assert default_storage.exists(brought.file)
    assert not Promise.objects.filter(key__contains=brought.file).exists()


def test_an_import_that_takes_too_long_is_told_and_nothing_stays(brought, monkeypatch):
    monkeypatch.setattr(importing, "LONGEST", timedelta(seconds=-1))

    assert not importing.work(brought.pk)

    brought.refresh_from_db()
    assert (brought.status, brought.reason) == (
        "failed",
        "This course is so large that it could not be imported in time.",
    )
    assert not CoursePage.objects.exists()


def test_the_sweeper_leaves_what_was_brought_a_moment_ago_to_its_message(brought):
    assert importing.sweep(now=brought.asked_at) == 0

    brought.refresh_from_db()
    assert brought.status == "waiting"
    assert importing.sweep(now=brought.asked_at + importing.LEFT_BEHIND) == 1


def test_imports_stand_the_latest_first(ada, brought):
    later = bring(person=ada, file=a_file())

    assert [shown.brought for shown in imports_of(ada)] == [later, brought]


def test_what_came_in_is_news_for_a_day(ada, brought):
    importing.work(brought.pk)
    assert [shown.is_news for shown in imports_of(ada)] == [True]

    CourseImport.objects.update(finished_at=timezone.now() - timedelta(hours=25))

    assert [shown.is_news for shown in imports_of(ada)] == [False]


def a_component(outcome: str, reason: str, place: str) -> dict:
    return {"outcome": outcome, "reasons": [reason], "remarks": [], "place": ["Tea", place]}


def test_a_report_says_first_what_was_lost_and_names_three_places():
    components = [
        *(a_component("degraded", "Colours are gone.", f"Lesson {n}") for n in range(1, 6)),
        a_component("left out", "Nothing plays this film.", "Lesson 9"),
    ]

    lost, simpler = _sentences(components)

    assert (lost.told, lost.is_lost, lost.count, lost.more) == (
        *("Nothing plays this film.", True, 1, 0),
    )
    assert (simpler.told, simpler.is_lost, simpler.count, simpler.more) == (
        *("Colours are gone.", False, 5, 2),
    )
    assert simpler.places == ["Tea › Lesson 1", "Tea › Lesson 2", "Tea › Lesson 3"]
