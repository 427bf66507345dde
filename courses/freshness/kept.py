"""Parts of pages that carry no person: made once in a process, until something on them changes.

As exact as a kept page (decision 0039), and for the same reasons; what stands on a page beside
them may be one reader's own. Decision 0050.
"""

import time
from collections.abc import Callable, Collection, Hashable
from secrets import token_hex
from sys import getsizeof
from typing import Generic, Literal, NamedTuple, TypeVar

from django.db import connection
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from .clock import Reading
from .pages import SECONDS
from .store import FreshStore, Showing
from .watch import Watch, the_watch

T = TypeVar("T", bound=Showing)
NOW: Literal["now"] = "now"
Since = Reading | Literal["now"] | None
# Of a value its keys and its place in the list, beside what it holds.
FRAME = 1_000
# Stands where a reader's own part is put in. Nobody can know it who writes a title: it is another
# one whenever the process starts.
GAP = mark_safe(f"\ue002{token_hex(16)}\ue003")


class Drawn:
    """HTML of a page, and what stands on it: ``shows(request, *drawn.keys)``."""

    def __init__(self, html: SafeString, keys: Collection[str]) -> None:
        self.html, self.keys = html, frozenset(keys)
        self.size = getsizeof(html) + FRAME

    def around(self, own: SafeString) -> SafeString:
        """The HTML with the reader's ``own`` part at the ``GAP``."""
        return mark_safe(self.html.replace(GAP, own))


class _Place(NamedTuple):
    """What every text depends on beside what is asked for: the reader's language and clock."""

    language: str | None
    zone: str
    key: Hashable


class _Entry(Generic[T]):
    __slots__ = ("until", "value")

    def __init__(self, value: T, until: float | None) -> None:
        self.value, self.until = value, until or time.monotonic() + SECONDS

    @property
    def keys(self) -> Collection[str]:
        return self.value.keys

    @property
    def size(self) -> int:
        return self.value.size


class Kept(Generic[T]):
    """``kept(key, make)``: what ``make()`` gave for ``key``, while nothing it shows has changed.

    ``make`` may know nothing of who asks but what stands in ``key``; language and clock are in it
    anyway. It reads what it needs itself: what was read before may be old already. Or else
    ``since`` is the ``mark`` that was made before anything was read, None where nothing was
    certain. What it gives says its ``keys`` and its ``size``, and after ``pages.SECONDS`` it is
    made anew, for figures that are counted behind the reader's back; ``until`` (by the monotonic
    clock), where it holds a part that was made earlier.

    All values together take ``most`` bytes at the most. Without Redis, and inside a transaction,
    which may see what nobody else does, each call makes its own.
    """

    def __init__(self, most: int) -> None:
        self._store: FreshStore[_Place, _Entry[T]] = FreshStore(most)

    def __call__(
        self,
        key: Hashable,
        make: Callable[[], T],
        *,
        since: Since = NOW,
        until: Callable[[T], float] | None = None,
    ) -> T:
        watch = self._certain_watch()
        if watch is None:
            return make()
        found = self._found(key)
        if found is not None:
            return found
        mark = watch.mark() if since == NOW else since
        value = make()
        kept = _Entry(value, until(value) if until else None)
        self._store.keep(_place(key), kept, since=mark)
        return value

    def mark(self) -> Reading | None:
        """To be handed on as ``since``."""
        watch = self._certain_watch()
        return watch.mark() if watch else None

    def find(self, key: Hashable) -> T | None:
        """What is kept for ``key``; None where it has to be made."""
        return self._found(key) if self._certain_watch() else None

    @property
    def size(self) -> int:
        """Bytes, as the values reckon them."""
        return self._store.size

    def _certain_watch(self) -> Watch | None:
        watch = self._store.follow(the_watch())
        return watch if not in_transaction() and watch.is_certain() else None

    def _found(self, key: Hashable) -> T | None:
        entry = self._store.find(_place(key))
        return entry.value if entry is not None and time.monotonic() < entry.until else None


def _place(key: Hashable) -> _Place:
    return _Place(get_language(), get_current_timezone_name(), key)


def in_transaction() -> bool:
    """Whether somebody has begun one; that of a test around everything is none."""
    blocks = connection.atomic_blocks
    # As Django asks it, for ``durable``.
    return bool(blocks) and not blocks[-1]._from_testcase  # type: ignore[attr-defined]
