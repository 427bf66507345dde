"""What learners say of a course: written once each, and changed."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import CoursePage
from courses.models.team import stands_on_team
from courses.people import Person
from learners.errors import LearnerError
from learners.models import Enrollment, Review

logger = logging.getLogger(__name__)


@transaction.atomic
def write_review(*, user: Person, course: CoursePage, rating: int, content: str) -> Review:
    """Write or change ``user``'s one review of ``course``.

    Raises LearnerError unless the user is enrolled, when they teach the course themselves,
    and when the rating is not 1 to 5.
    """
    if not Enrollment.objects.studying().filter(user=user, course=course).exists():
        raise LearnerError(_("Only learners of this course can review it."), code="not_enrolled")
    # Also of somebody who may not teach any more: the course was theirs to praise.
    if stands_on_team(user, course.pk):
        raise LearnerError(
            _("You teach this course, so its stars are for others to give."), code="own_course"
        )
    if rating not in range(1, 6):
        raise LearnerError(_("Give one to five stars."), code="rating_out_of_range")
    review, created = Review.objects.update_or_create(
        user=user, course=course, defaults={"rating": rating, "content": content.strip()}
    )
    logger.info(
        "review written",
        extra={
            "event": "review.written",
            "review": str(review.pk),
            "course": course.pk,
            "person": str(user.pk),
            "rating": rating,
            "first": created,
        },
    )
    return review


def own_review(user: Person, course: CoursePage) -> Review | None:
    return Review.objects.filter(user=user, course=course).first()
