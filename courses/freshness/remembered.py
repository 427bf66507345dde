"""Single values that a process remembers until one of their keys changes."""

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from .kept import in_transaction
from .store import FreshStore
from .watch import the_watch

T = TypeVar("T")
THE_ONE = "the one"


class _Value(NamedTuple, Generic[T]):
    value: T
    keys: tuple[str, ...]
    size: int = 1  # of one value: the room is for one


class Remembered(Generic[T]):
    """Call it for the value: read by ``read`` once, and again after any of ``keys`` changed.

    As exact as a kept page, and for the same reasons; without Redis each call reads. What a
    transaction reads is not remembered: it may be undone.
    """

    def __init__(self, read: Callable[[], T], *keys: str) -> None:
        self._read, self._keys = read, keys
        self._store: FreshStore[str, _Value[T]] = FreshStore(1)

    def __call__(self) -> T:
        watch = self._store.follow(the_watch())
        certain = watch.is_certain()
        found = self._store.find(THE_ONE) if certain else None
        if found is not None:
            return found.value
        mark = watch.mark()
        fresh = self._read()
        if certain and not in_transaction():
            self._store.keep(THE_ONE, _Value(fresh, self._keys), since=mark)
        return fresh
