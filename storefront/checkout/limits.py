"""How often one person may try something, counted in the shared cache."""

import time

from django.core.cache import cache

from storefront.errors import OrderError


def limit(*, action: str, who, times: int, seconds: int) -> None:
    """Count one try. Raises OrderError when ``who`` has tried too often in this window."""
    window = int(time.time()) // seconds
    key = f"limit:{action}:{who}:{window}"
    cache.add(key, 0, timeout=seconds)
    try:
        tries = cache.incr(key)
    except ValueError:  # the window ended between the two calls
        return
    if tries > times:
        raise OrderError("That was too often. Please wait a minute and try again.")
