"""How many pages are kept: as many as fit, those that were asked for last."""

from collections.abc import Callable, Iterable
from threading import Lock

from cachetools import Cache, LRUCache

from .asking import Key
from .page import Page


class PageStore:
    """Pages by key, and their keys by what they show, within ``most`` bytes. Thread-safe."""

    def __init__(self, most: int) -> None:
        self._lock = Lock()
        self._pages = _Pages(most, self._forget)
        self._showing: dict[str, set[Key]] = {}

    def __len__(self) -> int:
        return len(self._pages)

    @property
    def size(self) -> int:
        """Bytes, as ``Page.size`` reckons them."""
        return int(self._pages.currsize)

    def find(self, key: Key) -> Page | None:
        with self._lock:
            return self._pages.get(key)

    def put(self, key: Key, page: Page) -> None:
        """Keep ``page`` in place of any other, unless it alone is too large."""
        with self._lock:
            self._pages.pop(key, None)
            if page.size <= self._pages.maxsize:
                self._pages[key] = page
                for name in page.keys:
                    self._showing.setdefault(name, set()).add(key)

    def drop(self, names: Iterable[str] | None) -> None:
        """Forget every page that shows one of ``names``; with None, every page."""
        with self._lock:
            if names is None:
                shown = list(self._pages)
            else:
                shown = [key for name in names for key in self._showing.get(name, ())]
            for key in shown:
                self._pages.pop(key, None)

    def _forget(self, key: Key, page: Page) -> None:
        for name in page.keys:
            self._showing[name].discard(key)
            if not self._showing[name]:
                del self._showing[name]


class _Pages(LRUCache[Key, Page]):
    """The least recently used one leaves first; whoever leaves, ``leaves`` is told."""

    def __init__(self, most: int, leaves: Callable[[Key, Page], None]) -> None:
        super().__init__(most, getsizeof=lambda page: page.size)
        self._leaves = leaves

    def __delitem__(self, key: Key) -> None:
        page = Cache.__getitem__(self, key)  # LRUCache's own would count it as used
        super().__delitem__(key)
        self._leaves(key, page)
