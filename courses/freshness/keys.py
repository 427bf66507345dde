"""Surrogate keys: short names of what a kept answer shows.

Also sent with the answer, in the header ``Surrogate-Key``, by which a CDN purges; so they name
nothing that is not on the page or in its address anyway.
"""

from collections.abc import Iterable
from typing import Any

CATALOGUE = "catalogue"  # which courses are for sale, and how their cards look
SUBJECTS = "subjects"
SYNONYMS = "synonyms"  # words that a search takes for the same
ADDRESSES = "addresses"  # where pages and courses are, in texts that lead to them
SETTINGS = "settings"  # who sells, the rule for returns, what stands in every footer


def course(pk: int) -> str:
    return f"course-{pk}"


def courses(pks: Iterable[int]) -> list[str]:
    return [course(pk) for pk in pks]


def producer(pk: Any) -> str:
    return f"producer-{pk}"


def page(pk: int) -> str:
    """A page of Wagtail that is no course."""
    return f"page-{pk}"
