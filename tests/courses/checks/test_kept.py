"""How much of what was found in a course is kept."""

import pytest
from django.core.cache import cache

from courses.checks import ready
from courses.checks.ready import readiness_of
from courses.models import CoursePage, ReleaseItem
from tests.builders import a_course, a_released_course, lesson_called

pytestmark = pytest.mark.django_db


def test_of_a_page_so_many_problems_are_kept_and_no_more(ada, monkeypatch):
    course = a_course(by=ada, subtitle="", description="")
    assert len(readiness_of(course, anew=True).of_pages[course.pk].said) == 2

    monkeypatch.setattr(ready, "MOST_TOLD", 1)

    assert len(readiness_of(course, anew=True).of_pages[course.pk].said) == 1


def test_of_a_lesson_that_is_gone_nothing_is_kept(ada):
    course = a_course(by=ada)
    readiness_of(course)
    lesson = lesson_called("Cutting straight", course=course)
    kept = set(cache.get(ready._key(course.pk)))
    lesson.delete()

    readiness_of(CoursePage.objects.get(pk=course.pk))

    assert set(cache.get(ready._key(course.pk))) == kept - {lesson.pk}


def test_what_a_release_shows_meanwhile_is_read_again(ada):
    """Nothing was saved: the lesson is the same, and learners have it now."""
    course = a_released_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    draft = lesson.get_latest_revision_as_object()
    draft.body = []
    revision = draft.save_revision(clean=False)
    before = readiness_of(CoursePage.objects.get(pk=course.pk)).of_pages[lesson.pk]

    ReleaseItem.objects.filter(page=lesson).update(revision=revision)

    after = readiness_of(CoursePage.objects.get(pk=course.pk)).of_pages[lesson.pk]
    assert (len(before.said), len(after.said)) == (1, 0)
