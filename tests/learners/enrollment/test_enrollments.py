"""The right to study: given once, taken back, given again."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from learners.enrollment.enrollments import enroll, revoke
from learners.models import Enrollment
from tests.study import a_course_to_study

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
