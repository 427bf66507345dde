"""Filters of the catalogue, and how many courses stand behind each.

A facet is counted with every other filter applied but not its own, so that a reader
sees what a further tick would bring. All counts come from one SQL that reads the found
courses once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Category, Language, Level

from .search import Terms, matches

Labels = Mapping[str, str | Promise]  # by value
TABLE = '"storefront_catalogueentry"'
RATINGS = {"4.5": _("4.5 and up"), "4": _("4 and up")}
# minutes: from, up to
LENGTHS = {"short": (1, 180), "medium": (180, 480), "long": (480, None)}
LENGTH_LABELS = {
    "short": _("Under 3 hours"),
    "medium": _("3 to 8 hours"),
    "long": _("Over 8 hours"),
}
PRICES = {"free": pgettext_lazy("price", "Free"), "paid": pgettext_lazy("price", "Paid")}


@dataclass(frozen=True)
class FacetOption:
    """One value of a facet: what is written, how many courses, whether it is chosen."""

    value: str
    label: str | Promise
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter by name; ``single`` ones allow one value."""

    name: str
    label: str | Promise
    single: bool = False
    unfolded: bool = True
    options: tuple[FacetOption, ...] = field(default=())

    @property
    def has_choice(self) -> bool:
        return any(option.chosen for option in self.options)

    def labels(self, categories: Sequence[Category]) -> Labels:
        """Every value that may be chosen, with what is written beside it."""
        every: dict[str, Labels] = {
            "category": {category.slug: category.name for category in categories},
            "level": dict(Level.choices),
            "price": PRICES,
            "rating": RATINGS,
            "length": LENGTH_LABELS,
            "language": dict(Language.choices),
        }
        return every[self.name]

    def known(self, values: Sequence[str], categories: Sequence[Category]) -> tuple[str, ...]:
        """Those of ``values`` that exist, each once, in the facet's own order."""
        kept = [value for value in self.labels(categories) if value in values]
        return tuple(kept[:1] if self.single else kept)


@dataclass(frozen=True)
class FacetCounts:
    """What is found: how many courses, in how many currencies, and what a tick would bring."""

    total: int
    currencies: int
    facets: list[Facet]


# In the order in which readers narrow: what it is about, whether they understand it, whether it is
# for them. What few ask for is folded.
FACETS = {
    facet.name: facet
    for facet in (
        Facet("category", _("Subject")),
        Facet("language", _("Language")),
        Facet("level", _("Level")),
        Facet("price", _("Price"), single=True),
        Facet("rating", _("Rating"), single=True),
        Facet("length", _("Length"), unfolded=False),
    )
}


def condition(name: str, values: Sequence[str], categories: Sequence[Category]) -> RawSQL:
    """A condition for ``filter``: the course has one of ``values`` in the facet ``name``."""
    sql, params = _condition(name, values, categories)
    return RawSQL(sql, params, output_field=BooleanField())


def _condition(
    name: str, values: Sequence[str], categories: Sequence[Category]
) -> tuple[str, list[Any]]:
    match name:
        case "category":
            keys = [category.pk for category in categories if category.slug in values]
            return f"{TABLE}.category_id = ANY(%s)", [keys]
        case "level" | "language":
            return f"{TABLE}.{name} = ANY(%s)", [list(values)]
        case "price":
            return f"{TABLE}.price {'=' if 'free' in values else '>'} 0", []
        case "rating":
            return f"{TABLE}.rating >= %s::numeric", [min(values, key=float)]
        case "length":
            spans: list[str] = []
            params: list[int] = []
            for value in values:
                low, high = LENGTHS[value]
                spans.append(f"{TABLE}.minutes >= %s AND {TABLE}.minutes < %s")
                params += [low, high or 2**31 - 1]
            return f"({' OR '.join(spans)})", params
    raise KeyError(name)


def count_facets(
    *, terms: Terms | None, chosen: dict[str, tuple[str, ...]], categories: Sequence[Category]
) -> FacetCounts:
    """How many courses are found, and every facet with its options counted. One SQL."""
    where, params = f"{TABLE}.listed", []
    if terms:
        searched = matches(terms)
        where, params = f"{where} AND {searched.sql}", [*searched.params]
    selects = []
    for name in [*FACETS, "total", "currency"]:
        others = [
            _condition(other, values, categories)
            for other, values in chosen.items()
            if values and other != name
        ]
        applied = " AND ".join(sql for sql, _ in others) or "TRUE"
        selects.append(
            f"SELECT '{name}', value, count(*) FROM found {TABLE}, "
            f"LATERAL ({_buckets(name)}) AS bucket(value) WHERE {applied} GROUP BY value"
        )
        for _other, values in others:
            params += values
    sql = (
        "WITH found AS MATERIALIZED (SELECT category_id, level, language, price, currency, rating, "
        f"minutes FROM {TABLE} WHERE {where}) {' UNION ALL '.join(selects)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        counted = {(name, value): count for name, value, count in cursor.fetchall()}
    return FacetCounts(
        total=counted.get(("total", ""), 0),
        currencies=sum(name == "currency" for name, _value in counted),
        facets=[
            _with_options(facet, counted, chosen.get(name, ()), categories)
            for name, facet in FACETS.items()
        ],
    )


def _buckets(name: str) -> str:
    """SQL rows of the values under which a course is counted; a rating of 4.8 counts twice."""
    if name == "total":
        return "VALUES ('')"
    if name == "currency":  # a free course has none to speak of
        return f"SELECT {TABLE}.currency WHERE {TABLE}.price > 0"
    if name == "category":
        return f"VALUES ({TABLE}.category_id::text)"
    if name == "price":
        return f"VALUES (CASE WHEN {TABLE}.price = 0 THEN 'free' ELSE 'paid' END)"
    if name == "rating":
        steps = ", ".join(f"('{value}')" for value in RATINGS)
        return f"SELECT step FROM (VALUES {steps}) s(step) WHERE {TABLE}.rating >= step::numeric"
    if name == "length":
        return (
            f"VALUES (CASE WHEN {TABLE}.minutes < 180 THEN 'short' "
            f"WHEN {TABLE}.minutes < 480 THEN 'medium' ELSE 'long' END)"
        )
    return f"VALUES ({TABLE}.{name})"


def _with_options(
    facet: Facet,
    counted: Mapping[tuple[str, str], int],
    chosen: Sequence[str],
    categories: Sequence[Category],
) -> Facet:
    keys = {category.slug: str(category.pk) for category in categories}
    options = []
    for value, label in facet.labels(categories).items():
        count = counted.get((facet.name, keys.get(value, value)), 0)
        # What would bring nothing is not offered, but what is chosen can always be undone.
        if count or value in chosen:
            options.append(FacetOption(value, label, count, value in chosen))
    unfolded = facet.unfolded or any(option.chosen for option in options)
    return Facet(facet.name, facet.label, facet.single, unfolded, tuple(options))
