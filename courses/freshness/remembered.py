"""Single values that a process remembers until one of their keys changes."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar, cast

from .watch import Watch, the_watch

T = TypeVar("T")
_NOTHING = object()


class Remembered(Generic[T]):
    """Call it for the value: read by ``read`` once, and again after any of ``keys`` changed.

    As exact as a kept page, and for the same reasons; without Redis each call reads.
    """

    def __init__(self, read: Callable[[], T], *keys: str) -> None:
        self._read, self._keys = read, keys
        self._value: object = _NOTHING
        self._watched: Watch | None = None

    def __call__(self) -> T:
        watch = self._watch()
        certain = watch.is_certain()
        value = self._value
        if certain and value is not _NOTHING:
            return cast(T, value)
        mark = watch.mark()
        fresh = self._read()
        if certain:
            watch.holds(mark, self._keys, lambda: self._keep(fresh))
        return fresh

    def _keep(self, value: T) -> None:
        self._value = value

    def _watch(self) -> Watch:
        watch = the_watch()
        if watch is not self._watched:
            self._watched, self._value = watch, _NOTHING
            watch.listen(self._forget)
        return watch

    def _forget(self, keys: Iterable[str] | None) -> None:
        if keys is None or not set(self._keys).isdisjoint(keys):
            self._value = _NOTHING
