"""How much of a course somebody ever studied: the figure that a return is decided by.

``Enrollment.progress`` says how far a learner stands and goes up and down: with lessons taken
back, lessons that leave the course, lessons that come. This figure only rises, and only when a
lesson is done for the first time, so it cannot be talked down before a return; and nothing that
others do to the course raises it.
"""

from uuid import UUID

from django.db.models import Count, QuerySet, Subquery, Value

from learners.models import LessonProgress


def studied_percent(*, ever: int, gone: int, current: int, before: int) -> int:
    """Lessons ``ever`` done of all lessons there are or that were done, in percent, rounded down.

    Lessons that were done and have left the course (``gone``) count on both sides. Never less
    than it was.
    """
    lessons = current + gone
    return max(before, 100 * ever // lessons if lessons else 0)


def ever_done(enrollment: UUID) -> QuerySet[LessonProgress]:
    """What the learner has done at any time, taken back or not."""
    return LessonProgress.objects.filter(enrollment=enrollment, first_completed_at__isnull=False)


def how_many(rows: QuerySet[LessonProgress]) -> Subquery:
    """Beside other figures, in one statement; nothing where there are none."""
    return Subquery(rows.order_by().values(every=Value(1)).annotate(n=Count("pk")).values("n"))
