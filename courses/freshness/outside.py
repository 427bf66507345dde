"""Caches outside the house, a CDN or Varnish: which addresses they may hold, and purging them.

Where one is named (``WAGTAILFRONTENDCACHE``), each page that is kept here is noted in Redis under
what it shows, for longer than any cache may hold it; a change purges exactly these.
"""

from collections.abc import Iterable

from django.conf import settings
from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache

from .clock import the_clock
from .pages import SECONDS

# A page may leave us just before its time is over, and be held outside for as long again.
NOTED = 3 * SECONDS


def note(keys: Iterable[str], address: str) -> None:
    """``address`` went out, showing ``keys``. Raises ClockLost."""
    clock = the_clock()
    if clock is not None and settings.WAGTAILFRONTENDCACHE:
        clock.note(keys, address, seconds=NOTED)


def purge(keys: Iterable[str]) -> None:
    """Have every address purged that showed one of ``keys``. Raises ClockLost."""
    clock = the_clock()
    if clock is None or not settings.WAGTAILFRONTENDCACHE:
        return
    addresses = clock.noted(keys)
    if addresses:
        purge_urls_from_cache(sorted(addresses))
