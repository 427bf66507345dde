"""Promising an effect in the transaction that causes it."""

import json
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from courses.models import Promise

from .keeping import queue_of
from .tasks import keep_promise
from .telling import tell_worker

# The nudge has normally worked long before the sweeper looks.
LEFT_BEHIND = timedelta(minutes=1)

UPSERT = """
INSERT INTO courses_promise
    (key, name, arguments, version, created_at, due_at, attempts, last_error)
VALUES (%s, %s, %s, 1, %s, %s, 0, '')
ON CONFLICT (key) DO UPDATE SET
    name = EXCLUDED.name,
    arguments = EXCLUDED.arguments,
    version = courses_promise.version + 1,
    due_at = EXCLUDED.due_at,
    attempts = 0
RETURNING id
"""


def promise(name: str, *, key: str, not_before: timedelta | None = None, **arguments: Any) -> None:
    """Write down that ``name`` has to happen with ``arguments``; a worker is told on commit.

    With ``not_before``, it happens no sooner, and nobody is told: what may have settled itself by
    then is struck out by ``settle``.
    ``key`` names the occasion ("counts:12"). Promised again while it waits, it happens with
    the newer arguments; promised again while it is being kept, it happens once more. One SQL.
    Raises ValueError when nothing keeps promises of this name.
    """
    queue = queue_of(name)
    now = timezone.now()
    with connection.cursor() as cursor:
        due = now + (not_before or LEFT_BEHIND)
        cursor.execute(UPSERT, [key, name, json.dumps(arguments), now, due])
        (pk,) = cursor.fetchone()
    if not_before is None:
        tell_worker(keep_promise, pk, queue=queue, waits="promise.waits")


def settle(key: str) -> None:
    """Strike out what has become needless before it was due."""
    Promise.objects.filter(key=key).delete()
