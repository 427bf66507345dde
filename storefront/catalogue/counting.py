"""How many courses are found, and how many stand behind each filter.

A facet is counted with every other filter applied but not its own, so that a reader sees what
a further tick would bring. Without words no course is read: triggers keep the sums while the
catalogue changes (decision 0043). With words ``MOST`` matches are read at the most, and of
more it is said that there are more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from courses.models import Category

from .facets import FACETS, TABLE, Facet, FacetOption, conditions, counting
from .matching import MOST, Part, by_students, matching, popular_matches
from .search import Terms

Chosen = Mapping[str, Sequence[str]]
Counted = Mapping[tuple[str, str], int]  # by facet and value

# Counted beside the filters: all that is found, and by the currency of what costs something.
BESIDE = ("total", "currency")
WHOLE = "SELECT facet, value, sum(courses)::integer FROM storefront_facetcount"
BY_VALUE = "GROUP BY facet, value HAVING sum(courses) > 0"


@dataclass(frozen=True)
class FacetCounts:
    """What is found: how many courses, in how many currencies, and what a tick would bring.

    ``more``: there are more than ``total``. ``best``: the matches that are worth ranking.
    """

    total: int
    currencies: int
    facets: list[Facet]
    more: bool = False
    best: tuple[int, ...] = ()


def count_facets(
    *, terms: Terms | None, chosen: Chosen, categories: Sequence[Category], rank: bool = False
) -> FacetCounts:
    """How many courses are found, and every facet with its options counted. One SQL.

    With ``rank`` also the matches to be ranked.
    """
    chosen = {name: values for name, values in chosen.items() if values}
    if terms:
        sql, params = _among_matches(terms, chosen, categories, rank=rank)
    elif chosen:
        sql, params = _in_holes(chosen, categories)
    else:
        sql, params = f"{WHOLE} {BY_VALUE}", []
    counted = _read(sql, params)
    best = next((value for facet, value in counted if facet == "best"), "")
    total = counted.get(("total", "all"), 0)
    return FacetCounts(
        total=min(total, MOST) if terms else total,
        currencies=sum(facet == "currency" and bool(value) for facet, value in counted),
        facets=[
            _with_options(facet, counted, chosen.get(name, ()), categories)
            for name, facet in FACETS.items()
        ],
        more=bool(terms) and total > MOST,
        best=tuple(map(int, best.split())),
    )


def count_whole() -> Counted:
    """All courses for sale, by each value of each facet. One SQL."""
    return _read(f"{WHOLE} {BY_VALUE}", [])


def count_again() -> None:
    """Count the whole catalogue anew, one row for each sum, whatever stood there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_count_again()")


def _read(sql: str, params: list[Any]) -> Counted:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {(facet, value): count for facet, value, count in cursor.fetchall()}


def _questions(chosen: Chosen) -> list[tuple[list[str], Chosen]]:
    """(facets, by what they are narrowed), for all together what nobody has chosen of."""
    rest = [name for name in FACETS if name not in chosen]
    own: list[tuple[list[str], Chosen]] = [
        ([name], {other: chosen[other] for other in chosen if other != name}) for name in chosen
    ]
    return [([*BESIDE, *rest], chosen), *own]


def _in_holes(chosen: Chosen, categories: Sequence[Category]) -> Part:
    tables: list[str] = []
    selects: list[str] = []
    params: list[Any] = []
    for number, (facets, others) in enumerate(_questions(chosen)):
        if not others:
            selects.append(f"{WHOLE} WHERE facet = '{facets[0]}' {BY_VALUE}")
            continue
        where, asked = conditions(others, categories)
        tables.append(
            f"found{number} AS MATERIALIZED"
            f" (SELECT * FROM storefront_pigeonhole {TABLE} WHERE {where})"
        )
        params += asked
        selects += counting(facets, source=f"found{number}", courses="sum(courses)")
    return f"WITH {', '.join(tables)} {' UNION ALL '.join(selects)}", params


def _among_matches(
    terms: Terms, chosen: Chosen, categories: Sequence[Category], *, rank: bool
) -> Part:
    """Each question has its matches; of too many, also which values the whole catalogue has."""
    tables: list[str] = []
    selects: list[str] = []
    params: list[Any] = []
    for number, (facets, others) in enumerate(_questions(chosen)):
        table, asked = matching(terms, others, categories)
        tables.append(f"found{number} AS MATERIALIZED (SELECT matches.* FROM {table} matches)")
        params += asked
        selects += counting(facets, source=f"found{number}", courses="count(*)")
        # A facet of which not all matches are read offers what there is anywhere.
        selects.append(
            f"SELECT 'some ' || facet, value, 0 FROM storefront_facetcount"
            f" WHERE (SELECT count(*) FROM found{number}) > {MOST}"
            f" AND facet = ANY(ARRAY[{', '.join(map(repr, facets))}]) {BY_VALUE}"
        )
    if rank:
        popular, asked = popular_matches(
            terms, chosen, categories, when=f"(SELECT count(*) FROM found0) > {MOST}"
        )
        tables.append(f"popular AS ({popular})")
        params += asked
        selects.append(
            "SELECT 'best', coalesce(string_agg(course_id::text, ' '), ''), 0 FROM ("
            f"(SELECT course_id, students FROM found0 {by_students()}) UNION SELECT * FROM popular"
            f" {by_students()}) ranked"
        )
    return f"WITH {', '.join(tables)} {' UNION ALL '.join(selects)}", params


def _with_options(
    facet: Facet, counted: Counted, chosen: Sequence[str], categories: Sequence[Category]
) -> Facet:
    keys = {category.slug: str(category.pk) for category in categories}
    options = []
    for value, label in facet.labels(categories).items():
        key = keys[value] if facet.name == "category" else value
        count = counted.get((facet.name, key), 0)
        at_least = (f"some {facet.name}", key) in counted
        # What would bring nothing is not offered, but what is chosen can always be undone.
        if count or at_least or value in chosen:
            told = min(count, MOST) if at_least else count
            options.append(FacetOption(value, label, told, value in chosen, at_least))
    unfolded = facet.unfolded or any(option.chosen for option in options)
    return Facet(facet.name, facet.label, facet.single, unfolded, tuple(options))
