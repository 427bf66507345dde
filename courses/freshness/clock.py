"""The clock in Redis: one count of changes, and at which count each key changed last.

All of it is one sorted set, so that Redis loses all of it or nothing: the keys with the count of
their last change as score, and one member more, the *epoch*, an id with the score -1. A clock
that was lost begins a new epoch, and whoever remembers the old one knows that it knows nothing.

A Redis that was restarted from its file, or replaced by its replica, may have forgotten the latest
changes and nothing else. So each start of a server is an epoch of its own.
"""

import logging
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from redis import BlockingConnectionPool, Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)

KEY = "perfomix:changed"
NOTES = "perfomix:noted:{}"
PATIENCE = 0.25  # seconds; a clock that is slower than this is taken for lost
# Beyond so many keys the clock begins anew; everybody then forgets what they kept, once.
MOST_KEYS = 20_000

# KEYS: the set. ARGV: a new epoch, the most keys, the keys that changed.
TICK = """
if redis.call('ZCARD', KEYS[1]) > tonumber(ARGV[2]) then redis.call('DEL', KEYS[1]) end
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('ZADD', KEYS[1], -1, ARGV[1]) end
local last = tonumber(redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2])
local now = math.max(last, 0) + 1
for i = 3, #ARGV do redis.call('ZADD', KEYS[1], now, ARGV[i]) end
return now
"""
# ARGV: a new epoch, the epoch that is known, the count up to which all is known.
READ = """
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('ZADD', KEYS[1], -1, ARGV[1]) end
local started = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
local epoch = redis.call('ZRANGEBYSCORE', KEYS[1], -1, -1)[1] .. '-' .. started
local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
if epoch ~= ARGV[2] or last == ARGV[3] then return {epoch, last, {}} end
return {epoch, last, redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[3], '+inf', 'WITHSCORES')}
"""


class ClockLost(Exception):
    """Redis did not answer; nothing is known of what changed."""


@dataclass(frozen=True)
class Reading:
    """What the clock said: its epoch, its count, and the keys that changed since, with theirs."""

    epoch: str
    count: int  # -1: nothing has changed in this epoch
    changed: dict[str, int] = field(default_factory=dict)


class SharedClock:
    """``tick`` counts a change, ``read`` asks what changed since. One round trip each.

    Both raise ClockLost within ``PATIENCE`` seconds when Redis does not answer.
    """

    def __init__(self, address: str) -> None:
        pool = BlockingConnectionPool.from_url(
            address,
            decode_responses=True,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            timeout=PATIENCE,
            # Once more at once, for a connection that was closed while nobody used it.
            retry=Retry(NoBackoff(), 1),
        )
        self._redis = redis = Redis(connection_pool=pool)
        self._tick = redis.register_script(TICK)
        self._read = redis.register_script(READ)

    def tick(self, keys: Iterable[str]) -> int:
        """Note that ``keys`` changed now; the count after it."""
        return int(self._ask(self._tick, [secrets.token_hex(8), MOST_KEYS, *keys]))

    def read(self, known: Reading | None) -> Reading:
        """What changed since ``known``; of None, or in another epoch, nothing is told."""
        epoch, since = (known.epoch, known.count) if known else ("", -1)
        found, count, pairs = self._ask(self._read, [secrets.token_hex(8), epoch, since])
        changed = {name: int(score) for name, score in zip(pairs[::2], pairs[1::2], strict=True)}
        return Reading(found, int(count), changed)

    def note(self, keys: Iterable[str], address: str, *, seconds: int) -> None:
        """Remember for ``seconds`` that the page at ``address`` shows ``keys``."""
        now = time.time()
        try:
            with self._redis.pipeline(transaction=False) as pipeline:
                for name in map(NOTES.format, keys):
                    pipeline.zadd(name, {address: now + seconds})
                    # Each leaves at its own time: some page is noted under a key all day.
                    pipeline.zremrangebyscore(name, "-inf", now)
                    pipeline.expire(name, seconds)
                pipeline.execute()
        except RedisError as error:
            raise ClockLost(str(error)) from error

    def noted(self, keys: Iterable[str]) -> set[str]:
        """The addresses that were noted for any of ``keys``."""
        now = time.time()
        try:
            with self._redis.pipeline(transaction=False) as pipeline:
                for name in map(NOTES.format, keys):
                    pipeline.zrangebyscore(name, now, "+inf")
                return {str(one) for found in pipeline.execute() for one in found}
        except RedisError as error:
            raise ClockLost(str(error)) from error

    def _ask(self, script: Any, arguments: list[Any]) -> Any:
        try:
            return script(keys=[KEY], args=arguments)
        except RedisError as error:
            raise ClockLost(str(error)) from error


@lru_cache(maxsize=4)
def clock_at(address: str) -> SharedClock:
    return SharedClock(address)


def the_clock() -> SharedClock | None:
    """The site's clock; None where there is no Redis (``FRESHNESS_CLOCK`` is empty)."""
    return clock_at(settings.FRESHNESS_CLOCK) if settings.FRESHNESS_CLOCK else None
