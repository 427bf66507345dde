"""How long a moderator takes, as the last decisions tell it."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from courses.models import ReleaseStatus

# Decisions before it is told how long one takes, and how many of the last are read.
ENOUGH, LAST = 5, 500


def median_review_days() -> int | None:
    """Half of the last decisions came within so many days; 0 is less than one. One SQL.

    Of those of a year, ``LAST`` at the most. None while fewer than ``ENOUGH`` were made: of two
    or three a median says nothing. What a team took back was not decided.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY took) FROM ("
            "SELECT decided_at - submitted_at AS took FROM courses_courserelease "
            "WHERE decided_at >= submitted_at AND decided_at > %s AND status <> %s "
            "ORDER BY decided_at DESC LIMIT %s) decided HAVING count(*) >= %s",
            [timezone.now() - timedelta(days=365), ReleaseStatus.CANCELLED, LAST, ENOUGH],
        )
        found = cursor.fetchone()
    return round(found[0].total_seconds() / 86400) if found else None
