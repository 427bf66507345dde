"""The cache as it is on a new day: empty, and every process knows it."""

from django.core.cache import cache

from courses.freshness.watch import the_watch


def forget_what_is_kept() -> None:
    """Empty the cache; the clock of changes goes with it, so this process looks at the new one."""
    cache.clear()
    the_watch().look(again=True)
