"""What learners say of a course: write, change, and read."""

from django.db import transaction
from django.db.models import Count

from courses.models import CourseTeamMember
from learners.errors import LearnerError
from learners.models import Enrollment, Review


@transaction.atomic
def write_review(*, user, course, rating: int, content: str) -> Review:
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


def reviews_of(course, *, limit: int = 10):
    """The newest reviews with words, with their writers; a queryset of Review."""
    return (
        Review.objects.filter(course=course)
        .exclude(content="")
        .select_related("user")
        .order_by("-created_at")[:limit]
    )


def rating_summary(course) -> dict:
    """``{"average": 4.6 | None, "count": 12, "histogram": [(5, 9, 75), …, (1, 0, 0)]}``.

    Each bar is stars, reviews, and percent of all reviews.
    """
    rows = Review.objects.filter(course=course).values("rating").annotate(n=Count("pk"))
    counts = {row["rating"]: row["n"] for row in rows}
    total = sum(counts.values())
    average = sum(stars * n for stars, n in counts.items()) / total if total else None
    return {
        "average": average,
        "count": total,
        "histogram": [
            (stars, counts.get(stars, 0), round(100 * counts.get(stars, 0) / total) if total else 0)
            for stars in range(5, 0, -1)
        ],
    }


def own_review(user, course) -> Review | None:
    return Review.objects.filter(user=user, course=course).first()
