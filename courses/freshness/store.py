"""How much is kept: as much as fits, what was asked for last, and nothing that has changed."""

from collections.abc import Callable, Collection, Hashable, Iterable
from threading import Lock
from typing import Generic, Protocol, TypeVar

from cachetools import Cache, LRUCache

from .clock import Reading
from .watch import Watch


class Showing(Protocol):
    """Whatever is kept says what it shows, and what it takes."""

    @property
    def keys(self) -> Collection[str]: ...

    @property
    def size(self) -> int: ...


K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Showing)


class FreshStore(Generic[K, V]):
    """Values by key, and their keys by what they show, within ``most`` bytes. Thread-safe."""

    def __init__(self, most: int) -> None:
        self._lock = Lock()
        self._values: _Values[K, V] = _Values(most, self._forget)
        self._showing: dict[str, set[K]] = {}
        self._followed: Watch | None = None

    def __len__(self) -> int:
        return len(self._values)

    @property
    def size(self) -> int:
        """Bytes, as the values reckon them."""
        return int(self._values.currsize)

    def follow(self, watch: Watch) -> Watch:
        """Hear from ``watch`` of what changed, and keep nothing that was true for another."""
        if watch is not self._followed:
            watch.listen(self.drop)
            self.drop(None)
            self._followed = watch
        return watch

    def find(self, key: K) -> V | None:
        with self._lock:
            return self._values.get(key)

    def keep(self, key: K, value: V, *, since: Reading | None) -> bool:
        """Keep what was made after ``since`` was marked; whether nothing on it changed meanwhile.

        The watch hears of no change until it is kept, and then tells us by ``drop``.
        """
        watch = self._followed
        return watch is not None and watch.holds(since, value.keys, lambda: self.put(key, value))

    def drop(self, names: Iterable[str] | None) -> None:
        """Forget everything that shows one of ``names``; with None, everything."""
        with self._lock:
            if names is None:
                shown = list(self._values)
            else:
                shown = [key for name in names for key in self._showing.get(name, ())]
            for key in shown:
                self._values.pop(key, None)

    def put(self, key: K, value: V) -> None:
        """In place of any other, unless it alone is too large."""
        with self._lock:
            self._values.pop(key, None)
            if value.size <= self._values.maxsize:
                self._values[key] = value
                for name in value.keys:
                    self._showing.setdefault(name, set()).add(key)

    def _forget(self, key: K, value: V) -> None:
        for name in value.keys:
            self._showing[name].discard(key)
            if not self._showing[name]:
                del self._showing[name]


class _Values(LRUCache[K, V]):
    """The least recently used one leaves first; whoever leaves, ``leaves`` is told."""

    def __init__(self, most: int, leaves: Callable[[K, V], None]) -> None:
        super().__init__(most, getsizeof=lambda value: value.size)
        self._leaves = leaves

    def __delitem__(self, key: K) -> None:
        value = Cache.__getitem__(self, key)  # LRUCache's own would count it as used
        super().__delitem__(key)
        self._leaves(key, value)
