"""The verb: what a kept answer may show has changed."""

import logging
from collections.abc import Iterable
from hashlib import blake2b

from courses.promises.after_commit import after_commit
from courses.promises.keeping import keeper
from courses.promises.promising import promise
from courses.promises.queues import DEFAULT

from .clock import ClockLost, the_clock
from .outside import purge
from .watch import the_watch

logger = logging.getLogger(__name__)

LONGEST_NAME = 200  # characters that ``Promise.key`` holds


def changed(*keys: str) -> None:
    """Note within the transaction that ``keys`` (``freshness.keys``) change with it.

    Every process that keeps something of them drops it within 50 ms of the commit. Should this
    one end between the commit and the note to Redis, a worker makes up for it. One SQL.
    """
    told = sorted(set(keys))
    promise("courses.changed", key=_occasion(told), keys=told)
    after_commit(_tell_everybody, told)


def _occasion(keys: list[str]) -> str:
    """The same for the same keys: told twice while it waits, it happens once."""
    named = f"changed:{','.join(keys)}"
    if len(named) <= LONGEST_NAME:
        return named
    return f"changed:{blake2b(named.encode(), digest_size=16).hexdigest()}"


def _tell_everybody(keys: Iterable[str]) -> None:
    try:
        tick(keys)
    except ClockLost as lost:  # the promise stands, too
        the_watch().owe(keys)
        logger.warning("a change waits: %s", lost, extra={"event": "freshness.untold"})


def tick(keys: Iterable[str]) -> None:
    """Count the change now, and see it at once in this process. Raises ClockLost."""
    clock = the_clock()
    if clock is not None:
        clock.tick(keys)
        the_watch().look(again=True)


@keeper("courses.changed", queue=DEFAULT)
def keep_changed(*, keys: list[str]) -> None:
    """Count it once more, in case nobody was told; purge it outside. Raises ClockLost."""
    tick(keys)
    purge(keys)
