"""Two lanes in one worker: what is kept is answered at once, whatever the views are doing.

granian hands requests to a thread, one after the other; while a view works there for 20 ms, a
kept page that takes 0.03 ms would wait for it. So its thread only answers what needs no waiting,
and hands what else is read to threads of ours, which answer when they are done. What comes with a
body stays where it is: granian lets nobody read the body once its own thread has gone on.
"""

import logging
import sys
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

from granian import wsgi
from granian.server import mp

logger = logging.getLogger(__name__)

# Seconds a view may compute before a kept page that waits for the interpreter gets its turn.
TURN = 0.001
# Seconds without a request after which a worker prepares for others.
QUIET = 0.5

Scope = dict[str, Any]
Callback = Callable[[Any, Scope], Any]


def in_two_lanes(*, threads: int) -> None:
    """Workers that start from now on run views without a body on ``threads`` of their own."""

    def wrap(application: Any, options: Scope, log_format: str | None = None) -> Callback:
        views = wsgi._callback_wrapper(application, options, log_format)
        # The lane of kept pages writes no log of accesses.
        at_once = None if log_format else getattr(application, "at_once", None)
        sys.setswitchinterval(TURN)
        prepare = getattr(application, "prepare", None)
        return Lanes(views, at_once, prepare, threads=threads)

    # granian has no name for it that is meant for others; tests/site/test_serving.py tells when
    # another version does it otherwise.
    mp._wsgi_call_wrap = wrap


class Lanes:
    """In the place of granian's own callback: called by its threads with each request."""

    def __init__(
        self, views: Callback, at_once: Any, prepare: Callable[[], None] | None, *, threads: int
    ) -> None:
        self._views, self._at_once, self._prepare = views, at_once, prepare
        self._waiting: SimpleQueue[tuple[Any, Scope]] = SimpleQueue()
        for number in range(threads):
            name = f"views-{number}"
            threading.Thread(target=self._work, name=name, daemon=True).start()

    def __call__(self, proto: Any, scope: Scope) -> None:
        answer = self._at_once(scope) if self._at_once else None
        if answer is not None:
            proto.response_bytes(*answer)
        elif _has_body(scope):
            self._views(proto, scope)
        else:
            self._waiting.put((proto, scope))

    def _work(self) -> None:
        while True:
            proto, scope = self._next()
            try:
                self._views(proto, scope)
            except BaseException:
                logger.exception("no answer", extra={"event": "serving.broken"})
                proto.response_bytes(500, [], b"")
            proto = scope = None

    def _next(self) -> tuple[Any, Scope]:
        """The next request. In the first quiet moment one of the threads prepares for others.

        What an application calls ``prepare``: none of what it reads is needed, only sooner there.
        """
        if self._prepare is None:
            return self._waiting.get()
        try:
            return self._waiting.get(timeout=QUIET)
        except Empty:
            prepare, self._prepare = self._prepare, None
        try:
            if prepare:
                prepare()
        except Exception:  # whoever asks reads it then
            logger.exception("not prepared", extra={"event": "serving.unprepared"})
        return self._waiting.get()


def _has_body(scope: Scope) -> bool:
    return scope.get("CONTENT_LENGTH", "0") != "0" or "HTTP_TRANSFER_ENCODING" in scope
