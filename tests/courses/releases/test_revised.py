"""When a course was last revised, as its page tells it: another price revises nothing."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from courses.models import CoursePage
from courses.releases import approve_release, submit_course
from tests.builders import a_released_course, lesson_called

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2025, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def course(ada):
    course = a_released_course(by=ada)
    CoursePage.objects.filter(pk=course.pk).update(last_published_at=LONG_AGO)
    return CoursePage.objects.get(pk=course.pk)


def written(**values):
    def write(course, by):
        draft = course.get_latest_revision_as_object()
        for name, value in values.items():
            setattr(draft, name, value)
        draft.save_revision(user=by)

    return write


def a_lesson(course, by):
    lesson = lesson_called("Cutting straight", course=course).get_latest_revision_as_object()
    lesson.title = "Cutting very straight"
    lesson.save_revision(user=by)


def another_order(course, by):
    first = lesson_called("Two needles and a thread", course=course)
    lesson_called("Cutting straight", course=course).move(first, pos="left", user=by)


def released_with(change, course, ada, mira) -> CoursePage:
    change(course, ada)
    draft = CoursePage.objects.get(pk=course.pk)
    approve_release(release=submit_course(course=draft, user=ada), user=mira)
    return CoursePage.objects.get(pk=course.pk)


@pytest.mark.parametrize("change", [written(price=Decimal(31)), written(currency="USD")])
def test_another_price_revises_nothing(course, ada, mira, client, change):
    live = released_with(change, course, ada, mira)

    assert live.last_published_at == LONG_AGO
    assert (live.price, live.currency) != (Decimal(24), "EUR")
    assert '<time datetime="2025-05-01">1 May 2025</time>' in client.get(live.get_url()).text


@pytest.mark.parametrize(
    "change",
    [
        written(title="Sewing without haste"),
        written(title="Sewing without haste", price=Decimal(31)),
        a_lesson,
        another_order,
    ],
)
def test_what_a_course_says_does(course, ada, mira, client, change):
    live = released_with(change, course, ada, mira)

    assert live.last_published_at > LONG_AGO
    assert "1 May 2025" not in client.get(live.get_url()).text
