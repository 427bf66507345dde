"""What learners send most, written in one round to the database, without taking turns.

Nearly always nobody else writes an enrollment meanwhile. Then what its door has read still holds
(``learners.access.facts``), and what follows is worked out from it. All of it is written if the
enrollment is the row that was read and the release is current, else nothing: the verbs then take
the lock and look again. They also write what comes once in a course, its end. Decision 0052.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.utils import timezone
from psycopg.types.json import Jsonb
from psycopg.types.numeric import Int8

from courses.releases.outline import kept_outline
from courses.statements.prepared import write
from learners.access.facts import IS_BEGUN, IS_DONE, WAS_DONE, AccessFacts, Mark
from learners.models import ProgressStatus, QuizAttempt
from learners.models.progress import PROGRESS_MOVES

from .counting import Counted, is_complete

DONE_NOW = IS_DONE + WAS_DONE

# The function takes the lock, then asks for the release: when one is followed for this learner
# (``following``), that is over by then, or waits for us.
KEPT = """
WITH kept AS (
    UPDATE learners_enrollment
    SET progress = %(progress)s, studied_percent = %(studied)s, updated_at = %(now)s
    WHERE id = %(enrollment)s AND xmin::text = %(version)s
      AND learners_is_followed(id, %(release)s)
      AND NOT EXISTS (SELECT FROM learners_quizattempt WHERE id = %(token)s)
    RETURNING id
)"""
# Of the enrollments that ``kept`` names.
DONE = """
INSERT INTO learners_lessonprogress AS progress
    (id, enrollment_id, lesson_id, status, completion_date, first_completed_at, last_accessed,
     last_second)
SELECT %(id)s, kept.id, %(lesson)s, %(done)s, %(now)s, %(now)s, %(now)s, 0 FROM kept
ON CONFLICT (enrollment_id, lesson_id) DO UPDATE
SET status = EXCLUDED.status, completion_date = EXCLUDED.completion_date,
    first_completed_at = COALESCE(progress.first_completed_at, EXCLUDED.first_completed_at)
WHERE progress.status = ANY(%(before_done)s)"""
TAKEN_BACK = """
UPDATE learners_lessonprogress AS progress SET status = %(begun)s, completion_date = NULL
FROM kept
WHERE progress.enrollment_id = kept.id AND progress.lesson_id = %(lesson)s
  AND progress.status = %(done)s"""
TRIED = """
INSERT INTO learners_quizattempt
    (id, enrollment_id, lesson_id, number, score, pass_mark, passed, answers, created_at)
SELECT %(attempt)s, kept.id, %(lesson)s, %(number)s, %(score)s, %(pass_mark)s, %(passed)s,
    %(answers)s, %(now)s
FROM kept"""


def complete_at_once(facts: AccessFacts) -> bool:
    """Note that the lesson is done; False, and nothing written, if that takes the lock."""
    mark = _mark(facts)
    tried = facts.attempt and facts.attempt.passed
    if facts.item and facts.item.has_quiz and not tried:
        return False
    if mark.done:
        return _is_under_way(facts)
    return _write(facts, mark._replace(kind=DONE_NOW), DONE)


def take_back_at_once(facts: AccessFacts) -> bool:
    """Take back that the lesson is done; as ``complete_at_once``."""
    mark = _mark(facts)
    if not mark.done:
        return _is_under_way(facts)
    back = mark.kind - IS_DONE + IS_BEGUN
    return _write(facts, mark._replace(kind=back), TAKEN_BACK)


def submit_at_once(facts: AccessFacts, attempt: QuizAttempt) -> bool:
    """Keep an attempt that was graded, under its key, and the completion that it brings; as above.

    Sets its number.
    """
    mark = _mark(facts)
    passes = attempt.passed and not mark.done
    attempt.number = facts.attempt.number + 1 if facts.attempt else 1
    return _write(
        facts,
        mark._replace(kind=DONE_NOW) if passes else mark,
        *([TRIED, DONE] if passes else [TRIED]),
        token=attempt.pk,
        attempt=attempt.pk,
        number=attempt.number,
        score=attempt.score,
        pass_mark=attempt.pass_mark,
        passed=attempt.passed,
        answers=Jsonb(attempt.answers),
    )


def values_of_done(lesson: int) -> dict[str, Any]:
    """What ``DONE`` writes."""
    return {
        "id": uuid4(),
        "lesson": lesson,
        "now": timezone.now(),
        "done": ProgressStatus.COMPLETED.value,
        "before_done": sorted(PROGRESS_MOVES.sources(ProgressStatus.COMPLETED)),
    }


def _is_under_way(facts: AccessFacts) -> bool:
    """Whether nothing is left to write of a course with a lesson that stands as it is to stand."""
    return _counted(facts, facts.marks) is not None


def _counted(facts: AccessFacts, marks: Mapping[int, Mark]) -> Counted | None:
    """What ``marks`` make; None for a course that is closed or complete, and for a lesson gone."""
    enrollment, item = facts.enrollment, facts.item
    if not (enrollment and item and facts.released and enrollment.is_open):
        return None
    counted = Counted.of(kept_outline(item.release_id), marks.values())
    return None if is_complete(counted.summary) else counted


def _mark(facts: AccessFacts) -> Mark:
    """Of the lesson that was asked for."""
    page = facts.item.page_id if facts.item else 0
    return facts.marks.get(page) or Mark(page, 0)


def _write(facts: AccessFacts, mark: Mark, *statements: str, **told: Any) -> bool:
    """Write ``statements``, after which the lesson stands as ``mark`` says, and the new summary.

    False, and nothing written, when the course would be complete, or when something of ``facts``
    has changed. One round to the database.
    """
    enrollment, item = facts.enrollment, facts.item
    counted = _counted(facts, {**facts.marks, mark.lesson: mark})
    if not (enrollment and item and counted):
        return False
    first = mark.ever and not _mark(facts).ever
    studied = enrollment.studied_percent
    values = {
        **values_of_done(mark.lesson),
        "enrollment": enrollment.pk,
        "version": facts.version,
        "release": Int8(item.release_id),
        "progress": Jsonb(counted.summary),
        "studied": counted.studied(studied) if first else studied,
        "begun": ProgressStatus.IN_PROGRESS.value,
        "token": None,
        **told,
    }
    parts = [f"wrote_{n} AS ({sql})" for n, sql in enumerate(statements)]
    return bool(write(f"{', '.join([KEPT, *parts])} SELECT FROM kept", values=values))
