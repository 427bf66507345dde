"""The right to study: given once, taken back, given again."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from learners.enrollment.enrollments import enroll, revoke
from learners.enrollment.following import follow_release
from learners.enrollment.progress import mark_complete
from learners.models import Certificate, Enrollment
from tests.builders import a_lesson
from tests.study import a_course_to_study, a_flat_course, lessons_of, released

pytestmark = pytest.mark.django_db
BOUGHT = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def course(ada):
    return a_course_to_study(by=ada)


def test_enrolling_twice_gives_one_enrollment(cleo, course):
    order = SimpleNamespace(paid_at=BOUGHT)

    first = enroll(user=cleo, course=course, order=order)
    second = enroll(user=cleo, course=course)

    assert first == second == Enrollment.objects.get()
    assert (second.status, second.purchased_at) == ("active", BOUGHT)


def test_a_refund_closes_and_a_new_purchase_opens_again(cleo, course):
    enrollment = enroll(user=cleo, course=course)

    closed = revoke(enrollment=enrollment)
    again = revoke(enrollment=enrollment)

    assert closed.status == again.status == "refunded"
    assert closed.refunded_at == again.refunded_at
    opened = enroll(user=cleo, course=course, order=SimpleNamespace(paid_at=BOUGHT))
    assert opened == enrollment
    assert (opened.status, opened.refunded_at, opened.purchased_at) == ("active", None, BOUGHT)


def test_who_had_finished_has_finished_when_they_buy_again(cleo, course):
    enrollment = enroll(user=cleo, course=course)
    Enrollment.objects.update(status="completed", completed_at=BOUGHT)

    revoke(enrollment=enrollment)

    assert enroll(user=cleo, course=course).status == "completed"


TEXT = [("rich_text", "<p>Begin with what you have at hand.</p>")]


@pytest.fixture
def half_done(cleo, ada):
    """One of two lessons is done, and the course given back."""
    course = a_flat_course(("Cut", TEXT), ("Sew", TEXT), by=ada)
    enrollment = enroll(user=cleo, course=course)
    mark_complete(enrollment=enrollment, lesson=lessons_of(course)[0])
    return revoke(enrollment=enrollment)


def test_who_buys_again_has_finished_when_the_missing_lesson_left_meanwhile(cleo, half_done):
    course = half_done.course
    released(course, without=[lessons_of(course)[1]])
    follow_release(course_id=course.pk)

    opened = enroll(user=cleo, course=course)

    opened.refresh_from_db()
    assert opened.status == "completed"
    assert opened.progress == {"completed": 1, "total": 1, "percent": 100, "minutes_left": 0}
    assert Certificate.objects.get().enrollment == opened


def test_who_buys_again_finds_the_lessons_that_came_meanwhile(cleo, half_done):
    course = half_done.course
    a_lesson(under=course, title="Hem", body=TEXT)
    released(course)
    follow_release(course_id=course.pk)
    half_done.refresh_from_db()
    assert half_done.progress["total"] == 2

    opened = enroll(user=cleo, course=course)

    opened.refresh_from_db()
    assert (opened.status, opened.progress["completed"], opened.progress["total"]) == (
        *("active", 1),
        3,
    )


def test_who_has_not_begun_is_left_alone_by_a_release(cleo, course):
    enrollment = enroll(user=cleo, course=course)

    follow_release(course_id=course.pk)

    enrollment.refresh_from_db()
    assert enrollment.progress == {}
