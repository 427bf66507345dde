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

from courses.freshness import keys
from courses.freshness.kept import FRAME, Kept
from courses.models import Category

from .facets import (
    FACETS,
    NAMED,
    TABLE,
    Facet,
    FacetOption,
    Labels,
    conditions,
    counting,
    counting_producers,
)
from .matching import FEW, MOST, Part, by_students, matching
from .terms import Terms

Chosen = Mapping[str, Sequence[str]]
Counted = Mapping[tuple[str, str], int]  # by facet and value

# What a pigeonhole says of its courses; of a course of somebody who is chosen, as of a pigeonhole.
KIND = "category_id, language, level, price_group, stars, length, certificate, captions"
COLUMNS = f"producer_id, {KIND}"
# Counted beside the filters: all that is found, and by the currency of what costs something.
BESIDE = ("total", "currency")
WHOLE = "SELECT facet, value, sum(courses)::integer FROM storefront_facetcount"
BY_VALUE = "GROUP BY facet, value HAVING sum(courses) > 0"
WHOLE_TOTAL = "SELECT sum(courses) FROM storefront_facetcount WHERE facet = 'total'"
# Stands before the name of a facet of which not all matches were read.
SOME = "some "
PARTING = "parting"
# What courses differ in, by facet, as SQL; producers apart, whom a pigeonhole does not know.
DIFFERENCES = {
    "price": f"{TABLE}.price_group = '0'",
    "rating": f"{TABLE}.stars",
    "category": f"coalesce({TABLE}.category_id, 0)",
    **{name: f"{TABLE}.{name}" for name in ("language", "level", "length", "captions")},
    "certificate": f"{TABLE}.certificate",
}
SELLING = (
    "SELECT producer_id FROM storefront_catalogueentry"
    " WHERE listed AND producer_id IS NOT NULL ORDER BY producer_id"
)
# Bytes in each process: what some three hundred common words, with and without filters, count.
MOST_KEPT = 4 * 1024 * 1024
ROW = 250  # bytes of a row of counts, beside its letters


@dataclass(frozen=True)
class _Counts:
    """What a search of a common word counts."""

    counted: Counted
    keys = frozenset({keys.CATALOGUE, keys.SUBJECTS})

    @property
    def size(self) -> int:
        return FRAME + sum(ROW + len(facet) + len(value or "") for facet, value in self.counted)


_of_common_words: Kept[_Counts] = Kept(MOST_KEPT)


@dataclass(frozen=True)
class FacetCounts:
    """What is found: how many courses, in how many currencies, and what a tick would bring.

    ``more``: there are more than ``total``. ``best``: the matches that are worth ranking.
    ``parting``: where something is chosen, the facets by which courses differ without it.
    """

    total: int
    currencies: int
    facets: list[Facet]
    more: bool = False
    best: tuple[int, ...] = ()
    parting: frozenset[str] = frozenset()

    @property
    def shown(self) -> list[Facet]:
        """Those that leave something out, and those that would if nothing were chosen.

        So none goes while somebody chooses, as long as it has something to offer.
        """
        return [
            facet
            for facet in self.facets
            if facet.narrows(self.total) or (facet.options and facet.name in self.parting)
        ]


def count_facets(
    *,
    terms: Terms | None,
    chosen: Chosen,
    categories: Sequence[Category],
    producers: Labels | None = None,
    named: int = NAMED,
    rank: bool = False,
) -> FacetCounts:
    """How many courses are found, and every facet with its options counted. One SQL.

    With ``rank`` also the matches to be ranked. ``producers`` are named by those who chose them,
    and beside these as many as ``named`` says.
    """
    chosen = {name: values for name, values in chosen.items() if values}
    if terms:
        counted = _of_matches(terms, chosen, categories, named=named, rank=rank)
    elif chosen:
        counted = _read(*_in_holes(chosen, categories, named=named))
    else:
        few = counting_producers(courses=_if_few("listed", f"({WHOLE_TOTAL})"), most=named)
        counted = _read(f"{WHOLE} {BY_VALUE} UNION ALL {few}", [])
    best = next((value for facet, value in counted if facet == "best"), "")
    total = counted.get(("total", "all"), 0)
    more = bool(terms) and total > MOST
    theirs = _named(counted)
    # One more was counted than is named, so that it is known whether there are more.
    cut = len(theirs) > (most := max(named, len(chosen.get("producer", ()))))
    names = {**(producers or {}), **dict(list(theirs.items())[:most])}
    return FacetCounts(
        total=min(total, MOST) if terms else total,
        currencies=sum(facet == "currency" and bool(value) for facet, value in counted),
        facets=[
            _with_options(
                facet,
                counted,
                chosen.get(name, ()),
                categories,
                names,
                more=more,
                cut=cut,
                named=named,
            )
            for name, facet in FACETS.items()
        ],
        more=more,
        best=tuple(map(int, best.split())),
        parting=frozenset(value for facet, value in counted if facet == PARTING),
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


def _of_matches(
    terms: Terms, chosen: Chosen, categories: Sequence[Category], *, named: int, rank: bool
) -> Counted:
    """Kept, where there were too many to read: few words are so common, and many ask for them.

    The courses of a page are read each time.
    """
    asked = tuple((name, tuple(values)) for name, values in sorted(chosen.items()))
    key, since = (terms.begun, asked, named, rank), _of_common_words.mark()
    kept = _of_common_words.find(key)
    if kept is not None:
        return kept.counted
    counted = _read(*_among_matches(terms, chosen, categories, named=named, rank=rank))
    if any(facet.startswith(SOME) for facet, _value in counted):
        _of_common_words(key, lambda: _Counts(counted), since=since)
    return counted


def _questions(chosen: Chosen) -> list[tuple[list[str], Chosen]]:
    """(facets, by what they are narrowed), for all together what nobody has chosen of."""
    rest = [name for name in FACETS if name not in chosen]
    own: list[tuple[list[str], Chosen]] = [
        ([name], {other: chosen[other] for other in chosen if other != name}) for name in chosen
    ]
    return [([*BESIDE, *rest], chosen), *own]


def _in_holes(chosen: Chosen, categories: Sequence[Category], *, named: int) -> Part:
    tables: list[str] = []
    selects: list[str] = []
    params: list[Any] = []
    picked = chosen.get("producer", ())
    for number, (facets, others) in enumerate(_questions(chosen)):
        found, told = f"found{number}", [facet for facet in facets if facet != "producer"]
        if others:
            table, asked = _narrowed(others, categories)
            tables.append(f"{found} AS MATERIALIZED ({table})")
            params += asked
            selects += counting(told, source=found, courses="sum(courses)")
            within = f"listed AND pigeonhole = ANY(ARRAY(SELECT DISTINCT key FROM {found}))"
            few = _if_few(within, f"(SELECT sum(courses) FROM {found})")
            few = found if "producer" in others else few
        else:
            selects += [f"{WHOLE} WHERE facet = '{facet}' {BY_VALUE}" for facet in told]
            few = _if_few("listed", f"({WHOLE_TOTAL})")
        if "producer" in facets:
            selects.append(counting_producers(courses=few, chosen=picked, most=named))
    with_tables = f"WITH {', '.join(tables)} " if tables else ""
    of_several = f"({SELLING} LIMIT 1) <> ({SELLING} DESC LIMIT 1)"
    whole = "(SELECT * FROM storefront_pigeonhole WHERE courses > 0)"
    selects.append(_parting(whole, producers=of_several))
    return f"{with_tables}{' UNION ALL '.join(selects)}", params


def _parting(kinds: str, *, producers: str) -> str:
    """SQL query of the facets by which ``kinds`` differ; ``producers``: whether these do."""
    counts = ", ".join(f"count(DISTINCT {value})" for value in DIFFERENCES.values())
    names = ", ".join(map(repr, DIFFERENCES))
    return (
        f"SELECT '{PARTING}', name, 0 FROM (SELECT ARRAY[{counts}] AS each FROM {kinds} {TABLE})"
        f" counted, unnest(ARRAY[{names}], each) AS differing(name, number) WHERE number > 1"
        f" UNION ALL SELECT '{PARTING}', 'producer', 0 WHERE {producers}"
    )


def _narrowed(others: Chosen, categories: Sequence[Category]) -> Part:
    """What is chosen, as pigeonholes; of chosen producers their courses, each one counting."""
    where, params = conditions(others, categories)
    if "producer" not in others:
        return f"SELECT * FROM storefront_pigeonhole {TABLE} WHERE {where}", params
    sql = f"SELECT {COLUMNS}, 1 AS courses FROM storefront_catalogueentry {TABLE}"
    return f"{sql} WHERE listed AND {where}", params


def _if_few(where: str, total: str) -> str:
    """SQL: the courses of a condition, if ``total`` says that they can be read; else none."""
    return (
        f"(SELECT producer_id FROM storefront_catalogueentry WHERE {where}"
        f" AND coalesce({total}, 0) <= {FEW}) few"
    )


def _among_matches(
    terms: Terms, chosen: Chosen, categories: Sequence[Category], *, named: int, rank: bool
) -> Part:
    """Each question has its matches; of too many, also which values the whole catalogue has.

    All matches are read first, whatever is chosen: where they are not too many, what is chosen
    is looked for among them.
    """
    every, params = matching(terms, {}, categories)
    tables = [
        f"every AS MATERIALIZED (SELECT matches.* FROM {every} matches)",
        f"kinds AS MATERIALIZED (SELECT DISTINCT key, {KIND} FROM storefront_pigeonhole)",
    ]
    selects: list[str] = []
    for number, (facets, others) in enumerate(_questions(chosen)):
        found, kinds = f"found{number}" if others else "every", f"kinds{number}"
        if others:
            table, asked = _matches_among(terms, others, categories)
            tables.append(f"{found} AS MATERIALIZED ({table})")
            params += asked
        # Most facets say nothing of a course but where it lies, and pigeonholes are few.
        tables.append(
            f"{kinds} AS MATERIALIZED (SELECT {KIND}, counted.courses FROM (SELECT pigeonhole,"
            f" count(*) AS courses FROM {found} GROUP BY pigeonhole) counted"
            " JOIN kinds ON kinds.key = counted.pigeonhole)"
        )
        told = [facet for facet in facets if facet != "producer"]
        selects += counting(told, source=kinds, courses="sum(courses)")
        if "producer" in facets:
            theirs = chosen.get("producer", ())
            selects.append(counting_producers(courses=found, chosen=theirs, most=named))
        # A facet of which not all matches are read offers what there is anywhere.
        selects.append(
            f"SELECT '{SOME}' || facet, value, 0 FROM storefront_facetcount"
            f" WHERE (SELECT sum(courses) FROM {kinds}) > {MOST}"
            f" AND facet = ANY(ARRAY[{', '.join(map(repr, facets))}]) {BY_VALUE}"
        )
    if chosen:
        of_several = "(SELECT count(DISTINCT producer_id) FROM every) > 1"
        found = "(SELECT * FROM kinds WHERE key IN (SELECT pigeonhole FROM every))"
        selects.append(_parting(found, producers=of_several))
    if rank:
        found = "found0" if chosen else "every"
        selects.append(
            "SELECT 'best', coalesce(string_agg(course_id::text, ' '), ''), 0 FROM"
            f" (SELECT course_id FROM {found} {by_students()}) ranked"
        )
    return f"WITH {', '.join(tables)} {' UNION ALL '.join(selects)}", params


def _matches_among(terms: Terms, others: Chosen, categories: Sequence[Category]) -> Part:
    """Those of ``every`` that ``others`` leave; where it is cut short, they are read themselves."""
    in_holes = {name: values for name, values in others.items() if name != "producer"}
    where, params = conditions(in_holes, categories)
    by = {"producer": others["producer"]} if "producer" in others else {}
    theirs, producers = conditions(by, categories)
    table, asked = matching(terms, others, categories)
    sql = (
        f"SELECT {TABLE}.* FROM every {TABLE} WHERE {theirs} AND pigeonhole IN"
        f" (SELECT key FROM kinds {TABLE} WHERE {where})"
        f" AND (SELECT count(*) FROM every) <= {MOST}"
        f" UNION ALL SELECT matches.* FROM {table} matches"
        f" WHERE (SELECT count(*) FROM every) > {MOST}"
    )
    return sql, [*producers, *params, *asked]


def _named(counted: Counted) -> Labels:
    """The producers that were counted, by their keys: those with most courses first."""
    told = []
    for (facet, value), count in counted.items():
        if facet == "producer":
            key, _space, name = value.partition(" ")
            told.append((-count, name, key))
    return {key: name for _count, name, key in sorted(told)}


def _with_options(
    facet: Facet,
    counted: Counted,
    chosen: Sequence[str],
    categories: Sequence[Category],
    producers: Labels,
    *,
    more: bool,
    cut: bool,
    named: int,
) -> Facet:
    stands_for = {category.slug: str(category.pk) for category in categories}
    stands_for |= {value: f"{value} {name}" for value, name in producers.items()}
    options = []
    for value, label in facet.labels(categories, producers).items():
        key = stands_for[value] if facet.name in ("category", "producer") else value
        count = counted.get((facet.name, key), 0)
        at_least = (f"{SOME}{facet.name}", key) in counted or (facet.name == "producer" and more)
        # What would bring nothing is not offered, but what is chosen can always be undone.
        if count or at_least or value in chosen:
            told = min(count, MOST) if at_least else count
            options.append(FacetOption(value, label, told, value in chosen, at_least))
    unfolded = facet.unfolded or any(option.chosen for option in options)
    if facet.name != "producer":
        return Facet(facet.name, facet.label, facet.single, unfolded, tuple(options))
    whole = named > NAMED
    return Facet(
        facet.name, facet.label, facet.single, unfolded or whole, tuple(options), cut, whole
    )
