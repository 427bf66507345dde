"""Work that waits for the commit."""

from collections.abc import Callable
from typing import Any

from django.db import transaction


def after_commit(work: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """Call ``work(*args, **kwargs)`` once the transaction is committed; at once without one.

    An exception in it is logged and ends neither the request nor what waits behind it: the
    change stands, so nobody may be told that it failed. That is Django's ``robust=True``,
    which wants a function with a name (ticket 34110: a ``partial`` raises to the caller and
    drops all that waits behind it), so the call is wrapped in one.
    """

    def call() -> None:
        work(*args, **kwargs)

    call.__qualname__ = getattr(work, "__qualname__", type(work).__name__)
    transaction.on_commit(call, robust=True)
