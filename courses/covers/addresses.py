"""Where a generated cover is found."""

from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from courses.covers import FAMILIES, VERSION

ANY_PATTERN = next(iter(FAMILIES))


@lru_cache(maxsize=5000)
def generated_cover_url(*, seed: UUID | str, pattern: str = "", shape: str = "wide") -> str:
    """The address of a generated cover; it never changes for the same course and pattern.

    ``seed`` is the course's UUID, ``pattern`` its category's (an unknown one gets the first),
    ``shape`` is ``wide`` or ``book``. The version in the query is the drawing's, so a
    better drawing gets a new address and a fresh cache.
    """
    known = pattern if pattern in FAMILIES else ANY_PATTERN
    query: dict[str, str | int] = {"pattern": known, "v": VERSION}
    if shape != "wide":
        query["shape"] = shape
    return f"{reverse('courses:cover', args=[seed])}?{urlencode(query)}"
