"""How much of a course somebody ever studied: the figure that a return is decided by.

``Enrollment.progress`` says how far a learner stands and goes up and down: with lessons taken
back, lessons that leave the course, lessons that come. This figure only rises, and only when a
lesson is done for the first time, so it cannot be talked down before a return; and nothing that
others do to the course raises it.
"""

from django.db.models import Count, Q, QuerySet

from courses.models import ReleaseItem
from learners.models import Enrollment, LessonProgress


def studied_now(enrollment: Enrollment, *, current: QuerySet[ReleaseItem]) -> int:
    """Lessons ever done of all lessons there are or that were done, in percent, rounded down.

    ``current`` are the rows of the course's current lessons. Lessons that were done and have
    left the course count on both sides. Never less than it was. Two SQL, under the
    enrollment's lock.
    """
    ever = LessonProgress.objects.filter(
        enrollment=enrollment, first_completed_at__isnull=False
    ).aggregate(
        done=Count("pk"),
        gone=Count("pk", filter=~Q(lesson__in=current.values("page"))),
    )
    lessons = current.count() + ever["gone"]
    percent = 100 * ever["done"] // lessons if lessons else 0
    return max(enrollment.studied_percent, percent)
