"""Loads the site before the workers are forked, so that they share what it takes in memory."""

import gc
import threading

from granian._internal import load_target


class NotAlone(Exception):
    """A thread runs that no worker would have."""


def load_once(target: str) -> None:
    """Import ``module:application``, and all that addresses lead to. Raises NotAlone."""
    # All of it stays: the collector would look through it again and again, and later write to
    # pages of memory that are shared as long as nobody writes to them.
    gc.disable()
    load_target(target)
    _load_addresses()
    if threading.active_count() > 1:
        raise NotAlone(", ".join(thread.name for thread in threading.enumerate()))
    gc.collect()
    gc.freeze()
    gc.enable()


def _load_addresses() -> None:
    # Django can be imported once the target has named its settings.
    from django.urls import get_resolver

    get_resolver().reverse_dict  # noqa: B018 (reads every pattern)
