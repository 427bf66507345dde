"""How far a learner got: open a lesson, leave it, finish it, take that back.

Rows of LessonProgress are the truth. Verbs that may finish a course lock its enrollment
first, so that two lessons finished at the same moment are seen one after the other and the
second of them finds the course complete.
"""

import logging
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, FilteredRelation, Q, QuerySet, Subquery, Sum, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from courses.models import ItemKind, LessonPage, ReleaseItem, ReleaseStatus
from courses.statements.compiled import Compiled
from courses.statements.prepared import write
from learners.access.facts import AccessFacts
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

from .at_once import DONE, complete_at_once, take_back_at_once, values_of_done
from .counting import Counted, is_complete
from .positions import longest_video, touch, within
from .studied import ever_done, how_many

logger = logging.getLogger(__name__)


ENROLLMENT_FIELDS = [field.attname for field in Enrollment._meta.concrete_fields]


# Of an enrollment that is locked.
DONE_IN_TURN = f"WITH kept AS (SELECT %(enrollment)s::uuid AS id) {DONE}"
# Written with each lesson that is done.
KEEP = """
UPDATE learners_enrollment
SET progress = %(progress)s, studied_percent = %(studied)s, updated_at = %(now)s
WHERE id = %(enrollment)s
"""


class LessonNow(NamedTuple):
    """A lesson of the current release, and what a learner did in it."""

    page: int
    has_quiz: bool
    passed: bool
    status: str | None
    first_completed_at: datetime | None
    tries: int | None  # at its quiz


class OneLesson(Protocol):
    """A lesson by its key, which is all that most verbs ask of it."""

    @property
    def pk(self) -> Any: ...


def open_lesson(*, enrollment: Enrollment, lesson: OneLesson) -> None:
    """Remember that the lesson was opened just now. One statement, whatever was before.

    Raises LearnerError when the course is closed to the learner by now.
    """
    if not touch(enrollment=enrollment.pk, lesson=lesson.pk):
        raise _closed()


def save_position(*, enrollment: Enrollment, lesson: LessonPage, second: int) -> int:
    """Keep where the video stands, in seconds; returns what was kept.

    The figure is held between 0 and the length of the lesson's longest video, as far as
    that is known. It decides where the video starts next time, and nothing else.
    """
    kept = within(longest_video(lesson), int(second))
    if not touch(enrollment=enrollment.pk, lesson=lesson.pk, second=kept):
        raise _closed()
    return kept


def mark_complete(
    *, enrollment: Enrollment, lesson: OneLesson, facts: AccessFacts | None = None
) -> Enrollment:
    """Note that the lesson is done; the last one completes the course and certifies it.

    Idempotent. ``facts`` is what the door of the lesson has read in this request: nearly always
    it makes this one SQL. Raises LearnerError when the course is closed to the learner, the
    lesson is not part of it, or the lesson has a quiz that was not passed.
    """
    if facts and complete_at_once(facts):
        return enrollment
    return _complete_in_turn(enrollment, lesson)


@transaction.atomic
def _complete_in_turn(enrollment: Enrollment, lesson: OneLesson) -> Enrollment:
    enrollment = lock_open(enrollment)
    item = current_item(enrollment, lesson.pk)
    if item.has_quiz and not item.passed:
        raise LearnerError(_("This lesson is done once you pass its quiz."), code="quiz_not_passed")
    return complete_lesson(enrollment, item)


def mark_incomplete(
    *, enrollment: Enrollment, lesson: OneLesson, facts: AccessFacts | None = None
) -> Enrollment:
    """Take back that the lesson is done. A course once completed stays completed.

    ``facts`` and errors as of ``mark_complete``.
    """
    if facts and take_back_at_once(facts):
        return enrollment
    return _take_back_in_turn(enrollment, lesson)


@transaction.atomic
def _take_back_in_turn(enrollment: Enrollment, lesson: OneLesson) -> Enrollment:
    enrollment = lock_open(enrollment)
    current_item(enrollment, lesson.pk)
    done = LessonProgress.objects.filter(
        enrollment=enrollment, lesson_id=lesson.pk, status=ProgressStatus.COMPLETED
    )
    PROGRESS_MOVES.update(done, ProgressStatus.IN_PROGRESS, completion_date=None)
    return sum_up(enrollment)


def lock_open(enrollment: Enrollment) -> Enrollment:
    """The enrollment as it is now, locked. Raises LearnerError when it was closed."""
    [row] = LOCKED(enrollment=enrollment.pk)
    enrollment = Enrollment.from_db(None, ENROLLMENT_FIELDS, row)
    if not enrollment.is_open:
        raise _closed()
    return enrollment


def current_item(enrollment: Enrollment, lesson: int) -> LessonNow:
    """The lesson in the current release. Raises LearnerError when it has no place there."""
    rows = NOW(course=enrollment.course_id, enrollment=enrollment.pk, lesson=lesson)
    if not rows:
        raise LearnerError(
            _("This lesson is not part of the course any more."), code="lesson_not_in_course"
        )
    return LessonNow(*rows[0])


def note_changed(enrollment: Enrollment) -> None:
    """Of a locked enrollment: whoever read it before must look again (``at_once``)."""
    Enrollment.objects.filter(pk=enrollment.pk).update(updated_at=timezone.now())


def complete_lesson(enrollment: Enrollment, item: LessonNow) -> Enrollment:
    """Write the completion of a lesson of a locked enrollment, and what follows from it."""
    if item.status != ProgressStatus.COMPLETED:
        values = {"enrollment": enrollment.pk, **values_of_done(item.page)}
        write(DONE_IN_TURN, values=values)
    return sum_up(enrollment, studied=item.first_completed_at is None)


def sum_up(enrollment: Enrollment, *, studied: bool = False) -> Enrollment:
    """Bring a locked enrollment in line with its rows: the summary, and completion.

    Called after every change, and when a new release may have taken away the last
    lesson that was missing. ``studied``: a lesson was done for the first time.
    """
    counted = _count(enrollment)
    enrollment.progress = counted.summary
    if studied:
        enrollment.studied_percent = counted.studied(enrollment.studied_percent)
    complete = is_complete(enrollment.progress)
    moved = complete and enrollment.status == EnrollmentStatus.ACTIVE
    if moved:
        ENROLLMENT_MOVES.move(enrollment, EnrollmentStatus.COMPLETED)
        enrollment.completed_at = enrollment.completed_at or timezone.now()
        logger.info(
            "course completed",
            extra={
                "event": "enrollment.completed",
                "enrollment": str(enrollment.pk),
                "course": enrollment.course_id,
                "person": str(enrollment.user_id),
            },
        )
    _save(enrollment, moved=moved)
    if complete and enrollment.status == EnrollmentStatus.COMPLETED:
        issue_certificate(enrollment=enrollment)
    return enrollment


def summarise(enrollment: Enrollment) -> dict[str, int]:
    """``Enrollment.progress``, counted from the rows: lessons, percent and minutes left."""
    return _count(enrollment).summary


def _count(enrollment: Enrollment) -> Counted:
    rows = COUNTED(course=enrollment.course_id, enrollment=enrollment.pk)
    return Counted(*rows[0][1:]) if rows else Counted(0, 0, 0, 0, 0)


def _save(enrollment: Enrollment, *, moved: bool) -> None:
    """What ``sum_up`` changes of a row that is locked."""
    if moved:  # which others hear of: it changes counts
        fields = ["progress", "studied_percent", "updated_at", "status", "completed_at"]
        enrollment.save(update_fields=fields)
        return
    enrollment.updated_at = timezone.now()
    values: dict[str, Any] = {
        "progress": Jsonb(enrollment.progress),
        "studied": enrollment.studied_percent,
        "now": enrollment.updated_at,
        "enrollment": enrollment.pk,
    }
    write(KEEP, values=values)


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


def _locked(enrollment: UUID) -> QuerySet[Enrollment]:
    return Enrollment.objects.locked().filter(pk=enrollment)


def _now(course: int, enrollment: UUID, lesson: int) -> QuerySet[ReleaseItem, Any]:
    tries = QuizAttempt.objects.filter(enrollment=enrollment, lesson=lesson)
    return (
        current_lessons(course)
        .filter(page=lesson)
        .annotate(
            passed=Exists(tries.filter(passed=True)),
            tries=Subquery(tries.order_by("-number").values("number")[:1]),
            mine=_mine(enrollment),
        )
        .values_list(
            "page_id",
            "has_quiz",
            "passed",
            "mine__status",
            "mine__first_completed_at",
            "tries",
        )
    )


def _counted(course: int, enrollment: UUID) -> QuerySet[ReleaseItem, Any]:
    """One row: ``Counted``, behind what all lessons have in common."""
    current = current_lessons(course)
    ever = ever_done(enrollment)
    return (
        current.annotate(mine=_mine(enrollment, mine_status=ProgressStatus.COMPLETED))
        .order_by()
        .values(every=Value(1))
        .annotate(
            total=Count("pk"),
            completed=Count("mine"),
            minutes_left=Sum("minutes", filter=Q(mine__isnull=True)),
            ever=how_many(ever),
            gone=how_many(ever.exclude(lesson__in=current.values("page"))),
        )
        .values_list("every", "total", "completed", "minutes_left", "ever", "gone")
    )


def _mine(enrollment: UUID, *, mine_status: str = "") -> FilteredRelation:
    """What the learner did in the lesson of an item."""
    path = "page__lessonpage__progress"
    told: dict[str, Any] = {f"{path}__enrollment": enrollment}
    if mine_status:
        told[f"{path}__status"] = mine_status
    return FilteredRelation(path, condition=Q(**told))


LOCKED = Compiled(_locked, enrollment=UUID)
NOW = Compiled(_now, course=int, enrollment=UUID, lesson=int)
COUNTED = Compiled(_counted, course=int, enrollment=UUID)
