"""Keeping what was promised, again and again until it is done.

A keeper runs outside any transaction of ours and may be called twice for one promise, so it
is idempotent. One with much to do does a part and returns the arguments to go on with: each
part is short, and a process that dies loses one part, not all. A keeper that raises is called
again after 1, 2, 4, … minutes, at most an hour apart, until it succeeds.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from courses.models import Promise

from .queues import DEFAULT

logger = logging.getLogger(__name__)

Keeper = Callable[..., dict[str, Any] | None]

LEASE = timedelta(minutes=15)  # longer than the time limit of a task
LONGEST_PAUSE = timedelta(hours=1)
WORTH_AN_ERROR = 5  # attempts after which somebody should look
SWEPT_AT_ONCE = 200

_KEEPERS: dict[str, Keeper] = {}
_QUEUES: dict[str, str] = {}


def keeper(name: str, *, queue: str) -> Callable[[Keeper], Keeper]:
    """Register the function that keeps promises called ``name``, which wait in ``queue``.

    It takes the promise's arguments by name and returns None when all is done, else the
    arguments of the part that is left. ``queue`` is one of ``queues``.
    """

    def register(function: Keeper) -> Keeper:
        if _KEEPERS.setdefault(name, function) is not function:
            raise ValueError(f"Two functions keep promises called {name}.")
        _QUEUES[name] = queue
        return function

    return register


def queue_of(name: str) -> str:
    """Where promises called ``name`` wait. Raises ValueError when nothing keeps them."""
    if name not in _KEEPERS:
        raise ValueError(f"Nothing keeps promises called {name}.")
    return _QUEUES[name]


def keep(pk: int) -> bool:
    """Keep one promise, all parts of it; True when this call finished it.

    Of two that try at once one does the work and the other leaves it alone.
    """
    while (promise := _claim(pk)) is not None:
        try:
            rest = _KEEPERS[promise.name](**promise.arguments)
        except Exception as error:  # noqa: BLE001 (whatever it is, the promise stands)
            _note_failure(promise, error)
            return False
        if _strike_out(promise, rest):
            return True
    return False


def sweep(*, queue: str = "", now: datetime | None = None) -> int:
    """Keep what was left behind or is due again; how many were finished. Runs on the clock.

    With ``queue``, only what waits there.
    """
    now = now or timezone.now()
    waiting = Promise.objects.filter(_free(now), due_at__lte=now).order_by("due_at", "pk")
    if queue:
        elsewhere = [name for name, other in _QUEUES.items() if other != queue]
        theirs = [name for name, own in _QUEUES.items() if own == queue]
        # What nobody keeps any more is somebody's too, or no error would ever be seen.
        waiting = (
            waiting.exclude(name__in=elsewhere)
            if queue == DEFAULT
            else waiting.filter(name__in=theirs)
        )
    return sum(keep(pk) for pk in list(waiting.values_list("pk", flat=True)[:SWEPT_AT_ONCE]))


def _free(now: datetime) -> Q:
    return Q(claimed_until=None) | Q(claimed_until__lt=now)


def _claim(pk: int) -> Promise | None:
    now = timezone.now()
    mine = Promise.objects.filter(_free(now), pk=pk).update(
        claimed_until=now + LEASE, attempts=F("attempts") + 1
    )
    return Promise.objects.filter(pk=pk).first() if mine else None


def _strike_out(promise: Promise, rest: dict[str, Any] | None) -> bool:
    """Done: the row goes, unless it was promised anew meanwhile. Else the next part waits."""
    same = Promise.objects.filter(pk=promise.pk, version=promise.version)
    if rest is None and same.delete()[0]:
        return True
    if rest is not None:
        same.update(arguments=rest, attempts=0)
    Promise.objects.filter(pk=promise.pk).update(claimed_until=None)
    return False


def _note_failure(promise: Promise, error: Exception) -> None:
    pause = min(timedelta(minutes=2 ** min(promise.attempts - 1, 10)), LONGEST_PAUSE)
    Promise.objects.filter(pk=promise.pk).update(
        claimed_until=None,
        due_at=timezone.now() + pause,
        last_error=f"{type(error).__name__}: {error}",
    )
    level = logging.ERROR if promise.attempts >= WORTH_AN_ERROR else logging.WARNING
    logger.log(
        level,
        "promise not kept yet",
        exc_info=error,
        extra={"event": "promise.failed", "promise": promise.key, "attempts": promise.attempts},
    )
