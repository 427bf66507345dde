"""Where a video stands, written every ten seconds by everybody who watches one.

So it is one statement. It names what makes a learner of somebody, and writes nothing when one of
them has ended by now: the enrollment, the lesson's place in the course, the account, its password,
the session. ``learners.study.passes`` hands the names to the page, signed.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from courses.models import LessonPage, ReleaseStatus
from courses.statements.prepared import write
from learners.models import ProgressStatus
from learners.models.enrollments import STUDYING

# A position beyond this is not a place in a lesson: the longest video a block allows.
LONGEST_VIDEO = 86_400

# Words of ours stand in the statements: whatever is handed over is written anew for each request.
BEGUN = f"'{ProgressStatus.IN_PROGRESS.value}'"
OPEN = ", ".join(f"'{status.value}'" for status in STUDYING)

# The row of the enrollment is locked first: a refund under way is waited for, and then seen.
WRITE = f"""
WITH studying AS (
    UPDATE learners_enrollment AS enrollment SET last_accessed = %(now)s
    FROM learners_user AS person
    WHERE enrollment.id = %(enrollment)s AND enrollment.status IN ({OPEN})
      AND person.id = enrollment.user_id AND person.is_active
      AND encode(sha256(convert_to(person.password, 'UTF8')), 'hex') = %(password)s
      AND EXISTS (
        SELECT FROM django_session WHERE session_key = %(session)s AND expire_date > %(now)s)
      AND EXISTS (
        SELECT FROM courses_releaseitem AS item
        JOIN courses_courserelease AS release ON release.id = item.release_id
        WHERE item.page_id = %(lesson)s AND release.course_id = enrollment.course_id
          AND release.status = '{ReleaseStatus.CURRENT.value}')
    RETURNING enrollment.id
)
INSERT INTO learners_lessonprogress
    (id, enrollment_id, lesson_id, status, last_second, last_accessed)
SELECT %(id)s, studying.id, %(lesson)s, {BEGUN}, %(second)s, %(now)s FROM studying
ON CONFLICT (enrollment_id, lesson_id) DO UPDATE
SET last_second = EXCLUDED.last_second, last_accessed = EXCLUDED.last_accessed
"""

# Of whoever came through the door in this request: the door asked for all but the enrollment.
TOUCH = f"""
WITH studying AS (
    UPDATE learners_enrollment AS enrollment SET last_accessed = %(now)s
    WHERE enrollment.id = %(enrollment)s AND enrollment.status IN ({OPEN})
    RETURNING enrollment.id
)
INSERT INTO learners_lessonprogress AS progress
    (id, enrollment_id, lesson_id, status, last_second, last_accessed)
SELECT %(id)s, studying.id, %(lesson)s, {BEGUN}, COALESCE(%(second)s, 0), %(now)s FROM studying
ON CONFLICT (enrollment_id, lesson_id) DO UPDATE
SET last_second = COALESCE(%(second)s, progress.last_second), last_accessed = EXCLUDED.last_accessed
"""


@dataclass(frozen=True)
class Watching:
    """Who watches which lesson, as it was when they opened it."""

    enrollment: UUID
    lesson: int
    longest: int  # seconds of its longest video
    password: str  # ``fingerprint`` of it


def longest_video(lesson: LessonPage) -> int:
    """Seconds; 0 for a lesson without a video."""
    lengths = [video.get("duration") or LONGEST_VIDEO for video in lesson.videos]
    return max(lengths, default=0)


def within(longest: int, second: int) -> int:
    """``second`` held between the beginning and the end of a film."""
    return max(0, min(second, longest))


def fingerprint(password: str) -> str:
    """Of a password as it is kept, so that another one can be told from it."""
    return sha256(password.encode()).hexdigest()


def write_position(*, watching: Watching, second: int, session: str) -> bool:
    """Keep where the video stands; False, and nothing written, once any of it has ended.

    One SQL.
    """
    return _wrote(
        WRITE,
        enrollment=watching.enrollment,
        lesson=watching.lesson,
        second=within(watching.longest, second),
        password=watching.password,
        session=session,
    )


def touch(*, enrollment: UUID, lesson: int, second: int | None = None) -> bool:
    """Note that the lesson was open just now, and where its video stands if that is told.

    False, and nothing written, when the enrollment has ended. A lesson once completed stays so.
    One SQL.
    """
    return _wrote(TOUCH, enrollment=enrollment, lesson=lesson, second=second)


def _wrote(sql: str, **values: Any) -> bool:
    values |= {"id": uuid4(), "now": timezone.now()}
    return bool(write(sql, values=values))
