"""Rendering a page by the application, and whether what came out may be kept."""

import time
from collections.abc import Callable, Iterable
from threading import Event, Lock
from typing import Any

from .asking import Environ, Key
from .page import Headers, Page

Application = Callable[[Environ, Callable], Iterable[bytes]]
WAIT = 20.0  # seconds for somebody else's rendering, before one renders as well


class Rendered:
    """What the application answered, read to its end."""

    def __init__(self, application: Application, environ: Environ) -> None:
        self.status, self.headers = "", Headers()
        body = application(environ, self._begin)
        try:
            self.body = b"".join(body)
        finally:
            if close := getattr(body, "close", None):
                close()

    def _begin(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self.status, self.headers = status, headers

    def page(self) -> Page | None:
        """To be kept: found, public for a while, without a cookie, and it says what it shows."""
        said = {name.lower(): value for name, value in self.headers}
        keys = said.get("surrogate-key", "").split()
        seconds = _shared_seconds(said.get("cache-control", ""))
        plain = "set-cookie" not in said and "content-encoding" not in said
        if not (self.status.startswith("200 ") and keys and seconds and plain):
            return None
        until = time.monotonic() + seconds
        return Page(body=self.body, headers=self.headers, keys=keys, until=until)


def _shared_seconds(cache_control: str) -> int:
    """The ``s-maxage`` of what is public; 0 for anything else."""
    rules = [rule.strip().lower() for rule in cache_control.split(",")]
    if "public" not in rules:
        return 0
    ages = [rule.partition("=")[2] for rule in rules if rule.startswith("s-maxage=")]
    return int(ages[0]) if ages and ages[0].isdecimal() else 0


class Turns:
    """Of those that would render one page, the first does."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._under_way: dict[Key, Event] = {}

    def take(self, key: Key) -> Event | None:
        """None: it is yours, until ``end``. Else what is set when somebody else has done."""
        with self._lock:
            other = self._under_way.get(key)
            if other is None:
                self._under_way[key] = Event()
            return other

    def end(self, key: Key) -> None:
        with self._lock:
            self._under_way.pop(key).set()
