"""Count tries, and refuse those that come too fast."""

import logging
import time
from functools import lru_cache
from math import ceil
from typing import Any

from django.conf import settings
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.retry import Retry

from courses.errors import TooOften

logger = logging.getLogger(__name__)

PATIENCE = 0.5  # seconds; a Redis that is slower than this is done without


def limit(*, action: str, who: object, rate: str = "10/minute") -> None:
    """Count one try of ``action`` by ``who``. Raises TooOften beyond ``rate``.

    The window moves: ``10/minute`` is ten within any sixty seconds. Tries that are refused do
    not count, so whoever waits gets on. Without an answer from Redis everybody gets on: a
    limit protects against haste and guesses, and must not close the shop.
    """
    counter, allowed = limiter(settings.LIMITS_STORAGE), _rate(rate)
    try:
        if counter.hit(allowed, action, str(who)):
            return
        free_at = counter.get_window_stats(allowed, action, str(who)).reset_time
    except StorageError as error:
        logger.error(
            "tries are not counted: %s",
            error.storage_error,
            extra={"event": "limit.unavailable", "action": action},
        )
        return
    logger.info("tried too often", extra={"event": "limit.reached", "action": action})
    raise TooOften(wait=max(1, ceil(free_at - time.time())))


def within(*, action: str, who: object, rate: str) -> bool:
    """Count one try, as ``limit``: whether it was still within ``rate``.

    For what may be left out without anybody being refused: a stranger who names somebody else's
    address must not fill its mailbox, and must not close a door to whoever has it either.
    """
    try:
        limit(action=action, who=who, rate=rate)
    except TooOften:
        return False
    return True


@lru_cache(maxsize=128)
def _rate(written: str) -> RateLimitItem:
    return parse(written)


@lru_cache(maxsize=4)
def limiter(address: str) -> MovingWindowRateLimiter:
    """The counter behind an address such as ``redis://…`` or ``memory://`` (one process)."""
    options: dict[str, Any] = {}
    if address.startswith("redis"):
        options["connection_pool"] = ConnectionPool.from_url(
            address.replace("redis+unix", "unix", 1),
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            # Once more at once, for a connection that was closed while nobody used it.
            retry=Retry(NoBackoff(), 1),
        )
    return MovingWindowRateLimiter(storage_from_string(address, wrap_exceptions=True, **options))
