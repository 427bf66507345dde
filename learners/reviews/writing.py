"""What learners say of a course: written once each, and changed."""

from django.db import transaction

from courses.models import CoursePage, CourseTeamMember
from courses.people import Person
from learners.errors import LearnerError
from learners.models import Enrollment, Review


@transaction.atomic
def write_review(*, user: Person, course: CoursePage, rating: int, content: str) -> Review:
    """Write or change ``user``'s one review of ``course``.

    Raises LearnerError unless the user is enrolled, when they teach the course themselves,
    and when the rating is not 1 to 5.
    """
    if not Enrollment.objects.studying().filter(user=user, course=course).exists():
        raise LearnerError("Only learners of this course can review it.")
    if CourseTeamMember.objects.filter(user=user, course=course).exists():
        raise LearnerError("You teach this course, so its stars are for others to give.")
    if rating not in range(1, 6):
        raise LearnerError("Give one to five stars.")
    review, _ = Review.objects.update_or_create(
        user=user, course=course, defaults={"rating": rating, "content": content.strip()}
    )
    return review


def own_review(user: Person, course: CoursePage) -> Review | None:
    return Review.objects.filter(user=user, course=course).first()
