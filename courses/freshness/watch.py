"""What one process knows of the clock, and how sure it is.

Nobody sends a message when something changes: a message can be lost, and a process that lost its
connection would not know. Instead whoever is about to use something kept asks ``is_certain``,
which looks at the clock when the last look is older than ``CERTAIN`` seconds. So a change is
seen that long after it was counted, and a process without Redis is certain of nothing.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from .clock import ClockLost, Reading, SharedClock, the_clock

logger = logging.getLogger(__name__)

CERTAIN = 0.02  # seconds that a look at the clock holds good
PAUSE = 0.5  # seconds before a clock that was lost is asked again

Listener = Callable[[Iterable[str] | None], None]


class Watch:
    """``is_certain`` keeps up with the clock; listeners hear of each key that changed.

    A listener is called with the keys, or with None when anything may have changed, and has
    forgotten them before anybody is certain again. It is called under a lock and must be quick.
    """

    def __init__(self, clock: SharedClock | None) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []
        self._known: Reading | None = None
        self._changed: dict[str, int] = {}
        self._owed: set[str] = set()
        self._looked = self._lost = float("-inf")

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def is_certain(self) -> bool:
        """Whether what is kept now was true ``CERTAIN`` seconds ago, or later."""
        return time.monotonic() - self._looked < CERTAIN or self.look()

    def owe(self, keys: Iterable[str]) -> None:
        """A change of ``keys`` could not be told: the next look that gets an answer tells it."""
        with self._lock:
            self._owed.update(keys)
            self._looked = float("-inf")

    def look(self, *, again: bool = False) -> bool:
        """Look at the clock, unless somebody has just done so; ``again``: in any case."""
        if self._clock is None:
            return False
        with self._lock:
            asked = time.monotonic()
            if not again and asked - self._looked < CERTAIN:
                return True
            if asked - self._lost < PAUSE:
                return False
            try:
                if self._owed:
                    self._clock.tick(sorted(self._owed))
                    self._owed.clear()
                reading = self._clock.read(self._known)
            except ClockLost as error:
                self._lose(error)
                return False
            self._take(reading)
            # From before the question: the answer was true at some moment after it.
            self._looked = asked
            return True

    def mark(self) -> Reading | None:
        """How far this process has read: to be handed to ``holds`` after some work."""
        return self._known

    def holds(
        self, mark: Reading | None, keys: Iterable[str], keep: Callable[[], None] = lambda: None
    ) -> bool:
        """Whether none of ``keys`` has changed since ``mark``, as of a look that is made now.

        If so, it calls ``keep``, and nobody hears of a later change before that has ended: else
        what is kept would come after those who drop it. Must be quick.
        """
        if not self.look(again=True):
            return False
        with self._lock:
            known = self._known
            if mark is None or known is None or mark.epoch != known.epoch:
                return False
            if any(self._changed.get(key, -1) > mark.count for key in keys):
                return False
            keep()
            return True

    def _take(self, reading: Reading) -> None:
        if self._known is None or reading.epoch != self._known.epoch:
            self._changed.clear()
            self._tell(None)
        elif reading.changed:
            self._changed.update(reading.changed)
            self._tell(reading.changed)
        self._known = replace(reading, changed={})

    def _tell(self, keys: Iterable[str] | None) -> None:
        for listener in self._listeners:
            listener(keys)

    def _lose(self, error: ClockLost) -> None:
        self._looked, self._lost = float("-inf"), time.monotonic()
        logger.warning("nothing kept is served: %s", error, extra={"event": "freshness.clock_lost"})


_watches: dict[SharedClock | None, Watch] = {}


def the_watch() -> Watch:
    """This process's own, on the site's clock."""
    clock = the_clock()
    return _watches.setdefault(clock, Watch(clock))
