"""How far a learner got: open a lesson, leave it, finish it, take that back.

Rows of LessonProgress are the truth. Verbs that may finish a course lock its enrollment
first, so that two lessons finished at the same moment are seen one after the other and the
second of them finds the course complete.
"""

import logging

from django.db import transaction
from django.db.models import Count, FilteredRelation, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import ItemKind, LessonPage, ReleaseItem, ReleaseStatus
from learners.certificates.issuing import issue_certificate
from learners.errors import LearnerError
from learners.models import (
    Enrollment,
    EnrollmentStatus,
    LessonProgress,
    ProgressStatus,
    QuizAttempt,
)
from learners.models.enrollments import ENROLLMENT_MOVES
from learners.models.progress import PROGRESS_MOVES

from .positions import longest_video, within
from .studied import studied_now

logger = logging.getLogger(__name__)


def open_lesson(*, enrollment: Enrollment, lesson: LessonPage) -> None:
    """Remember that the lesson was opened just now. Two statements, whatever was before."""
    _touch(enrollment, LessonProgress(lesson_id=lesson.pk), ["last_accessed"])


def save_position(*, enrollment: Enrollment, lesson: LessonPage, second: int) -> int:
    """Keep where the video stands, in seconds; returns what was kept.

    The figure is held between 0 and the length of the lesson's longest video, as far as
    that is known. It decides where the video starts next time, and nothing else.
    """
    kept = within(longest_video(lesson), int(second))
    _touch(
        enrollment,
        LessonProgress(lesson_id=lesson.pk, last_second=kept),
        ["last_accessed", "last_second"],
    )
    return kept


@transaction.atomic
def mark_complete(*, enrollment: Enrollment, lesson: LessonPage) -> Enrollment:
    """Note that the lesson is done; the last one completes the course and certifies it.

    Idempotent. Raises LearnerError when the course is closed to the learner, the lesson
    is not part of it, or the lesson has a quiz that was not passed.
    """
    enrollment = lock_open(enrollment)
    item = current_item(enrollment, lesson)
    if item.has_quiz and not _has_passed(enrollment, lesson):
        raise LearnerError(_("This lesson is done once you pass its quiz."), code="quiz_not_passed")
    return complete_lesson(enrollment, lesson)


@transaction.atomic
def mark_incomplete(*, enrollment: Enrollment, lesson: LessonPage) -> Enrollment:
    """Take back that the lesson is done. A course once completed stays completed."""
    enrollment = lock_open(enrollment)
    current_item(enrollment, lesson)
    done = LessonProgress.objects.filter(
        enrollment=enrollment, lesson_id=lesson.pk, status=ProgressStatus.COMPLETED
    )
    PROGRESS_MOVES.update(done, ProgressStatus.IN_PROGRESS, completion_date=None)
    return sum_up(enrollment)


def lock_open(enrollment: Enrollment) -> Enrollment:
    """The enrollment as it is now, locked. Raises LearnerError when it was closed."""
    enrollment = Enrollment.objects.locked().get(pk=enrollment.pk)
    if not enrollment.is_open:
        raise _closed()
    return enrollment


def current_item(enrollment: Enrollment, lesson: LessonPage) -> ReleaseItem:
    """The lesson's row in the current release. Raises LearnerError when it has none."""
    item = current_lessons(enrollment.course_id).filter(page_id=lesson.pk).first()
    if item is None:
        raise LearnerError(
            _("This lesson is not part of the course any more."), code="lesson_not_in_course"
        )
    return item


def complete_lesson(enrollment: Enrollment, lesson: LessonPage) -> Enrollment:
    """Write the completion of a lesson of a locked enrollment, and what follows from it."""
    now = timezone.now()
    row, created = LessonProgress.objects.get_or_create(
        enrollment=enrollment,
        lesson_id=lesson.pk,
        defaults={
            "status": ProgressStatus.COMPLETED,
            "completion_date": now,
            "first_completed_at": now,
            "last_accessed": now,
        },
    )
    new = created or row.first_completed_at is None
    if not created and row.status != ProgressStatus.COMPLETED:
        PROGRESS_MOVES.move(row, ProgressStatus.COMPLETED)
        row.completion_date = now
        row.first_completed_at = row.first_completed_at or now
        row.save(update_fields=["status", "completion_date", "first_completed_at"])
    if new:
        enrollment.studied_percent = studied_now(
            enrollment, current=current_lessons(enrollment.course_id)
        )
    return sum_up(enrollment)


def sum_up(enrollment: Enrollment) -> Enrollment:
    """Bring a locked enrollment in line with its rows: the summary, and completion.

    Called after every change, and when a new release may have taken away the last
    lesson that was missing.
    """
    enrollment.progress = summarise(enrollment)
    fields = ["progress", "studied_percent", "updated_at"]
    complete = is_complete(enrollment.progress)
    if complete and enrollment.status == EnrollmentStatus.ACTIVE:
        ENROLLMENT_MOVES.move(enrollment, EnrollmentStatus.COMPLETED)
        enrollment.completed_at = enrollment.completed_at or timezone.now()
        fields += ["status", "completed_at"]
        logger.info(
            "course completed",
            extra={
                "event": "enrollment.completed",
                "enrollment": str(enrollment.pk),
                "course": enrollment.course_id,
                "person": str(enrollment.user_id),
            },
        )
    enrollment.save(update_fields=fields)
    if complete and enrollment.status == EnrollmentStatus.COMPLETED:
        issue_certificate(enrollment=enrollment)
    return enrollment


def summarise(enrollment: Enrollment) -> dict[str, int]:
    """``Enrollment.progress``, counted from the rows: lessons, percent and minutes left."""
    counted = (
        current_lessons(enrollment.course_id)
        .annotate(
            finished=FilteredRelation(
                "page__lessonpage__progress",
                condition=Q(
                    page__lessonpage__progress__enrollment=enrollment.pk,
                    page__lessonpage__progress__status=ProgressStatus.COMPLETED,
                ),
            )
        )
        .aggregate(
            total=Count("pk"),
            completed=Count("finished"),
            minutes_left=Sum("minutes", filter=Q(finished__isnull=True)),
        )
    )
    return summary_of(
        completed=counted["completed"],
        total=counted["total"],
        minutes_left=counted["minutes_left"] or 0,
    )


def summary_of(*, completed: int, total: int, minutes_left: int) -> dict[str, int]:
    """``Enrollment.progress``, as it is written."""
    return {
        "completed": completed,
        "total": total,
        "percent": 100 * completed // total if total else 0,
        "minutes_left": minutes_left,
    }


def is_complete(summary: dict[str, int]) -> bool:
    """A course without lessons is never complete."""
    return 0 < summary["total"] == summary["completed"]


def _closed() -> LearnerError:
    return LearnerError(
        _("This course was refunded, so nothing more can be saved in it."), code="course_refunded"
    )


def current_lessons(course_id: int) -> QuerySet[ReleaseItem]:
    return ReleaseItem.objects.filter(
        release__course=course_id,
        release__status=ReleaseStatus.CURRENT,
        kind=ItemKind.LESSON,
    )


def _has_passed(enrollment: Enrollment, lesson: LessonPage) -> bool:
    return QuizAttempt.objects.filter(
        enrollment=enrollment, lesson_id=lesson.pk, passed=True
    ).exists()


def _touch(enrollment: Enrollment, row: LessonProgress, fields: list[str]) -> None:
    """Write ``fields`` of a row, or the row; a lesson once completed stays so."""
    if not enrollment.is_open:
        raise _closed()
    now = timezone.now()
    row.enrollment_id = enrollment.pk
    PROGRESS_MOVES.move(row, ProgressStatus.IN_PROGRESS)
    row.last_accessed = now
    LessonProgress.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["enrollment", "lesson"],
        update_fields=fields,
    )
    Enrollment.objects.filter(pk=enrollment.pk).update(last_accessed=now)
