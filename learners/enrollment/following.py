"""Everybody who began a course, brought in line with its current release."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from courses.promises.keeping import keeper
from courses.promises.queues import DEFAULT
from learners.models import Enrollment, EnrollmentStatus, ProgressStatus

from .counting import is_complete, summary_of
from .progress import current_lessons, sum_up

# Enrollments in one part of following a release.
FOLLOWED_AT_ONCE = 500
# Of them, locked at once: a learner who finishes a lesson meanwhile waits for so many.
LOCKED_AT_ONCE = 50


@keeper("learners.follow_release", queue=DEFAULT)
def follow_release(*, course_id: int, after: str | None = None) -> dict[str, Any] | None:
    """Count again how far everybody is, after a release.

    Totals change, nothing that is done shrinks, and whoever lacked only lessons that have
    left the course has now finished it. Whether somebody studies and has begun is asked under
    the lock: a purchase or a first lesson that still counts by the release before is waited for.
    Does ``FOLLOWED_AT_ONCE`` of them, those behind the key ``after``; returns the arguments for the
    next ones, or None when there are no more. Five SQL for ``LOCKED_AT_ONCE`` of them, and some for
    each that finishes by it, in a transaction of its own: a certificate takes its time.
    """
    everybody = Enrollment.objects.filter(course=course_id)
    if after:
        everybody = everybody.filter(pk__gt=after)
    keys = list(everybody.order_by("pk").values_list("pk", flat=True)[:FOLLOWED_AT_ONCE])
    for start in range(0, len(keys), LOCKED_AT_ONCE):
        for key in _follow(course_id, keys[start : start + LOCKED_AT_ONCE]):
            _finish(key)
    if len(keys) < FOLLOWED_AT_ONCE:
        return None
    return {"course_id": course_id, "after": str(keys[-1])}


@transaction.atomic
def _follow(course_id: int, keys: Collection[UUID]) -> list[UUID]:
    """Write the summaries that changed; the keys of those who have finished the course by it."""
    begun = [
        enrollment
        for enrollment in Enrollment.objects.locked().filter(pk__in=keys)
        if enrollment.is_open and enrollment.progress
    ]
    of_all = current_lessons(course_id).aggregate(total=Count("pk"), minutes=Sum("minutes"))
    done = _done(course_id, [enrollment.pk for enrollment in begun])
    changed, finished = [], []
    for enrollment in begun:
        lessons, minutes = done.get(enrollment.pk, (0, 0))
        summary = summary_of(
            completed=lessons,
            total=of_all["total"],
            minutes_left=(of_all["minutes"] or 0) - minutes,
        )
        if is_complete(summary) and enrollment.status == EnrollmentStatus.ACTIVE:
            finished.append(enrollment.pk)
        elif summary != enrollment.progress:
            enrollment.progress, enrollment.updated_at = summary, timezone.now()
            changed.append(enrollment)
    Enrollment.objects.bulk_update(changed, ["progress", "updated_at"])
    return finished


def _done(course_id: int, keys: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """How many lessons of the release each has done, and their minutes. One SQL."""
    progress = "page__lessonpage__progress"
    rows = (
        current_lessons(course_id)
        .filter(
            **{
                f"{progress}__enrollment__in": keys,
                f"{progress}__status": ProgressStatus.COMPLETED,
            }
        )
        .order_by()
        .values_list(f"{progress}__enrollment")
        .annotate(Count("pk"), Sum("minutes"))
    )
    return {key: (lessons, minutes or 0) for key, lessons, minutes in rows}


@transaction.atomic
def _finish(key: UUID) -> None:
    enrollment = Enrollment.objects.locked().get(pk=key)
    if enrollment.is_open and enrollment.progress:
        sum_up(enrollment)
