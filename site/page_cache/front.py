"""The page cache: WSGI before Django's own."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from courses.freshness.clock import ClockLost, Reading
from courses.freshness.outside import note
from courses.freshness.store import FreshStore
from courses.freshness.watch import Watch, the_watch

from .asking import Asked, Environ, Key, asked
from .page import Headers, Page, preferred_encoding, privately
from .rendering import WAIT, Application, Rendered, Turns

PageStore = FreshStore[Key, Page]
STATUSES = {200: "200 OK", 304: "304 Not Modified"}


def in_front_of(application: Application) -> Application:
    """``application`` with the site's page cache; without Redis, or room, one that keeps nothing.

    No cache on the way may keep a page then either, for no change would purge it.
    """
    keeps = not settings.DEBUG and settings.FRESHNESS_CLOCK and settings.PAGE_CACHE_MB
    store = PageStore(settings.PAGE_CACHE_MB * 1024 * 1024)
    return PageCache(application, watch=the_watch() if keeps else Watch(None), store=store)


class PageCache:
    """Answers visitors from memory; whatever else is asked goes to ``application``.

    A page is true while none of what it shows has changed, as ``watch`` knows; without Redis
    it knows nothing, and nothing is answered from memory. Beside that it has a time limit: then
    one request renders it anew, and those that come meanwhile still get the old one.
    Only what is kept here goes out as public.
    """

    def __init__(self, application: Application, *, watch: Watch, store: PageStore) -> None:
        self._application, self._watch, self._store = application, watch, store
        self._turns = Turns()
        store.follow(watch)

    def __call__(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        wanted = asked(environ)
        if wanted is None or not self._watch.is_certain():
            return self._application(environ, _for_one(start_response))
        page = self._store.find(wanted.key)
        if page is not None and time.monotonic() < page.until:
            return _answer(page, environ, start_response)
        return self._render(wanted, page, start_response)

    def at_once(self, environ: Environ) -> tuple[int, Headers, bytes] | None:
        """Status, headers and body where a kept page answers; None where a view has to."""
        wanted = asked(environ)
        if wanted is None or not self._watch.is_certain():
            return None
        page = self._store.find(wanted.key)
        if page is None or time.monotonic() >= page.until:
            return None
        return _reply(page, environ)

    def _render(self, wanted: Asked, old: Page | None, start_response: Callable) -> Iterable[bytes]:
        environ, key = wanted.environ, wanted.key
        if environ["REQUEST_METHOD"] != "GET" or not wanted.may_be_kept():
            return self._application(environ, _for_one(start_response))
        other = self._turns.take(key)
        if other is not None:
            if old is None and other.wait(WAIT):
                old = self._store.find(key)
            if old is not None:
                return _answer(old, environ, start_response)
            return self._application(environ, _for_one(start_response))
        try:
            return self._render_and_keep(wanted, start_response)
        finally:
            self._turns.end(key)

    def _render_and_keep(self, wanted: Asked, start_response: Callable) -> Iterable[bytes]:
        mark = self._watch.mark()
        answer = Rendered(self._application, wanted.impersonal())
        page = answer.page()
        if page is None:
            start_response(answer.status, privately(answer.headers))
            return [answer.body]
        kept = self._keep(wanted.key, page, mark)
        return _answer(page if kept else page.for_one, wanted.environ, start_response)

    def _keep(self, key: Key, page: Page, mark: Reading | None) -> bool:
        """Unless something on it has changed while it was rendered, or it cannot be purged."""
        try:
            note(page.keys, key.address)
        except ClockLost:  # then nobody is certain of anything
            return False
        return self._store.keep(key, page, since=mark)


def _for_one(start_response: Callable) -> Callable:
    def begin(status: str, headers: Headers, *error: Any) -> Any:
        return start_response(status, privately(headers), *error)

    return begin


def _reply(page: Page, environ: Environ) -> tuple[int, Headers, bytes]:
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        return 304, page.not_modified, b""
    headers, body = page.answer(preferred_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
    return 200, headers, body if environ["REQUEST_METHOD"] == "GET" else b""


def _answer(page: Page, environ: Environ, start_response: Callable) -> Iterable[bytes]:
    status, headers, body = _reply(page, environ)
    start_response(STATUSES[status], headers)
    return [body] if body else []
