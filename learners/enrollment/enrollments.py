"""Give the right to study a course, and take it back."""

import logging
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from courses.models import CoursePage
from courses.people import Person
from learners.models import Enrollment, EnrollmentStatus
from learners.models.enrollments import ENROLLMENT_MOVES

from .progress import sum_up

logger = logging.getLogger(__name__)


class Purchase(Protocol):
    """What is asked of an order, which stands to the right of here."""

    @property
    def paid_at(self) -> datetime | None: ...


@transaction.atomic
def enroll(*, user: Person, course: CoursePage, order: Purchase | None = None) -> Enrollment:
    """Let ``user`` study ``course``; the one enrollment there is for the two.

    Called when an order is paid, inside its transaction. Idempotent: a second call
    changes nothing. A refunded enrollment is opened again, with all that was done
    before, and in line with the release of today: nobody followed releases for it meanwhile.
    ``order`` dates the purchase.
    """
    bought_at = (order and order.paid_at) or timezone.now()
    # Between two who come at once the unique key decides; the second finds what the first made.
    found, created = Enrollment.objects.get_or_create(
        user=user, course=course, defaults={"purchased_at": bought_at}
    )
    enrollment = Enrollment.objects.locked().get(pk=found.pk)
    reopened = enrollment.status == EnrollmentStatus.REFUNDED
    if reopened:
        finished = enrollment.completed_at is not None
        before = EnrollmentStatus.COMPLETED if finished else EnrollmentStatus.ACTIVE
        ENROLLMENT_MOVES.move(enrollment, before)
        enrollment.purchased_at = bought_at
        enrollment.refunded_at = None
        enrollment.save(update_fields=["status", "purchased_at", "refunded_at", "updated_at"])
        sum_up(enrollment)
    if created or reopened:
        _tell("enrolled", "enrollment.opened", enrollment)
    return enrollment


@transaction.atomic
def revoke(*, enrollment: Enrollment) -> Enrollment:
    """Close a course whose money went back; the next request finds it closed.

    Idempotent. What was learnt and a certificate already given stay on record.
    """
    enrollment = Enrollment.objects.locked().get(pk=enrollment.pk)
    if enrollment.status != EnrollmentStatus.REFUNDED:
        ENROLLMENT_MOVES.move(enrollment, EnrollmentStatus.REFUNDED)
        enrollment.refunded_at = timezone.now()
        enrollment.save(update_fields=["status", "refunded_at", "updated_at"])
        _tell("course closed to a learner", "enrollment.revoked", enrollment)
    return enrollment


def _tell(what: str, event: str, enrollment: Enrollment) -> None:
    logger.info(
        what,
        extra={
            "event": event,
            "enrollment": str(enrollment.pk),
            "course": enrollment.course_id,
            "person": str(enrollment.user_id),
        },
    )
