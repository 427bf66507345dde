"""Redis as a cache that may be away: then it holds nothing and forgets what it is told.

Django's own raises. What is cached can be read elsewhere, and a page that fails because nobody
could remember something helps nobody: sessions are in the database, and who tries too often to
sign in is not counted for as long (as ``courses.limits.trying`` does it, too).
"""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis import RedisError

from .redis_client import OneClient

logger = logging.getLogger(__name__)

PATIENCE = 0.25  # seconds; slower is taken for away


class CacheThatMayBeAway(RedisCache):
    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        patience = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
        options = {**patience, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._class = _Client


class _Client(OneClient):
    def add(self, *given: Any) -> bool:
        # Taken for done, for whoever waits until a lock is theirs.
        return bool(_unless_away(super().add, *given, instead=True))

    def get(self, key: Any, default: Any) -> Any:
        return _unless_away(super().get, key, default, instead=default)

    def set(self, *given: Any) -> None:
        _unless_away(super().set, *given, instead=None)

    def touch(self, *given: Any) -> bool:
        return bool(_unless_away(super().touch, *given, instead=False))

    def delete(self, *given: Any) -> bool:
        return bool(_unless_away(super().delete, *given, instead=False))

    def get_many(self, *given: Any) -> dict[Any, Any]:
        found: dict[Any, Any] = _unless_away(super().get_many, *given, instead={})
        return found

    def has_key(self, *given: Any) -> bool:
        return bool(_unless_away(super().has_key, *given, instead=False))

    def incr(self, key: Any, delta: int) -> int:
        found = _unless_away(super().incr, key, delta, instead=None)
        if found is None:
            raise ValueError(f"Key '{key}' not found.")  # as of any key that is not there
        return int(found)

    def set_many(self, *given: Any) -> None:
        _unless_away(super().set_many, *given, instead=None)

    def delete_many(self, *given: Any) -> None:
        _unless_away(super().delete_many, *given, instead=None)

    def clear(self) -> bool:
        return bool(_unless_away(super().clear, instead=False))


def _unless_away(ask: Callable[..., Any], *given: Any, instead: Any) -> Any:
    try:
        return ask(*given)
    except RedisError as error:
        logger.warning("nothing is cached: %s", error, extra={"event": "cache.away"})
        return instead
