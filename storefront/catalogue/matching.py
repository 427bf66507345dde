"""Which courses answer words, read from the index of words and never more than ``MOST``.

A common word is in half of all courses, and whoever reads each of them takes seconds. So of the
matches ``MOST`` are read, and counted as "more than"; of the most popular courses (``tiers``) all
are, and those that are ranked are the most popular of what was read.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from courses.models import Category

from .facets import TABLE, conditions
from .terms import Terms

Part = tuple[str, list[Any]]  # SQL and its parameters

MOST = 3_000
# Of a choice of filters that so few courses have, all are looked up; of one that more have, the
# next page is near in any order, and nobody reads a list of producers.
FEW = 2_000
# Ranking looks through the words of each course that is ranked.
CANDIDATES = 400


def by_students() -> str:
    """SQL: those that are ranked, the most popular first."""
    return f"ORDER BY students DESC, course_id DESC LIMIT {CANDIDATES}"


def matching(
    terms: Terms, chosen: Mapping[str, Sequence[str]], categories: Sequence[Category]
) -> Part:
    """SQL of a table: the matches within what is chosen, all or more than ``MOST``."""
    producers = list(chosen.get("producer", ())) or None
    in_holes = {name: values for name, values in chosen.items() if name != "producer"}
    if not in_holes:
        sql = f"catalogue_matches(%s::tsquery, NULL, %s::uuid[], {MOST + 1})"
        return sql, [terms.begun, producers]
    where, params = conditions(in_holes, categories)
    sql = (
        "(SELECT array_agg(DISTINCT key) AS keys"
        f" FROM storefront_pigeonhole {TABLE} WHERE {where}) holes, LATERAL catalogue_matches("
        f"%s::tsquery, coalesce(keys, ARRAY[]::text[]), %s::uuid[], {MOST + 1})"
    )
    return sql, [*params, terms.begun, producers]


def is_matching(
    terms: Terms, chosen: Mapping[str, Sequence[str]], categories: Sequence[Category]
) -> RawSQL:
    """A condition for ``filter``: one of ``matching``, where it is known that these are all."""
    table, params = matching(terms, chosen, categories)
    sql = f"{TABLE}.course_id = ANY(ARRAY(SELECT course_id FROM {table}))"
    return RawSQL(sql, params, output_field=BooleanField())


def is_in_holes(chosen: Mapping[str, Sequence[str]], categories: Sequence[Category]) -> RawSQL:
    """A condition for ``filter``: the course lies where all that is chosen lies."""
    where, params = conditions(chosen, categories)
    sql = (
        f"{TABLE}.course_id = ANY(ARRAY(SELECT course_id FROM storefront_catalogueentry"
        " WHERE listed AND pigeonhole = ANY(ARRAY("
        f"SELECT DISTINCT key FROM storefront_pigeonhole {TABLE} WHERE {where}))))"
    )
    return RawSQL(sql, params, output_field=BooleanField())
