"""Promising an effect in the transaction that causes it."""

import json
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from .keeping import is_known
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


def promise(name: str, *, key: str, **arguments: Any) -> None:
    """Write down that ``name`` has to happen with ``arguments``; a worker is told on commit.

    ``key`` names the occasion ("counts:12"). Promised again while it waits, it happens with
    the newer arguments; promised again while it is being kept, it happens once more. One SQL.
    Raises ValueError when nothing keeps promises of this name.
    """
    if not is_known(name):
        raise ValueError(f"Nothing keeps promises called {name}.")
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [key, name, json.dumps(arguments), now, now + LEFT_BEHIND])
        (pk,) = cursor.fetchone()
    tell_worker(keep_promise, pk, waits="promise.waits")
