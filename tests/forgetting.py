"""The cache as it is on a new day: empty, and every process knows it."""

from django.core.cache import cache

from courses.freshness.watch import the_watch
from courses.releases import outline
from learners.study import content
from learners.study import outline_lines as lines
from storefront.catalogue import course_parts


def forget_what_is_kept() -> None:
    """Empty the cache; the clock of changes goes with it, so this process looks at the new one.

    What is remembered of releases goes too: a test may write over what nobody else does.
    """
    cache.clear()
    the_watch().look(again=True)
    outline.forget()
    lines.forget()
    content.forget()
    course_parts.forget()
