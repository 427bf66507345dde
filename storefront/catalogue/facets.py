"""Filters of the catalogue: their names and values, and both as SQL.

A course is asked and counted by the same columns, which every row of the catalogue has and
every pigeonhole (``storefront.models.catalogue``). Whose course it is, a pigeonhole does not say:
there are as many as courses have authors. So the courses of those that are chosen are read,
and producers are named where so few courses are found that these can be read (decision 0045).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courses.blocks.media import CAPTION_LANGUAGES
from courses.freshness.fragments import Given
from courses.models import Category, Language, Level
from storefront.models.catalogue import STEPS_OF_STARS, Proof

Labels = Mapping[str, str]  # by value
# Where the columns are read from, whatever it is: the ORM's own name for the catalogue.
TABLE = '"storefront_catalogueentry"'
RATINGS = {"4.5": _("4.5 and up"), "4": _("4 and up")}
LENGTH_LABELS = {
    "short": _("Under 3 hours"),
    "medium": _("3 to 8 hours"),
    "long": _("Over 8 hours"),
}
PRICES = {"free": pgettext_lazy("price", "Free"), "paid": pgettext_lazy("price", "Paid")}
# Values that are the same in every catalogue.
ALWAYS: Mapping[str, Mapping[str, str | Promise]] = {
    "level": dict(Level.choices),
    "price": PRICES,
    "rating": RATINGS,
    "length": LENGTH_LABELS,
    "language": dict(Language.choices),
    "captions": dict(CAPTION_LANGUAGES),
    "certificate": dict(Proof.choices),
}


@cache
def _always(facet: str, language: str | None) -> Labels:
    """Translated once: a page shows dozens of them."""
    return {value: str(label) for value, label in ALWAYS[facet].items()}


@cache
def label_of(facet: str, language: str | None) -> str:
    """What a facet is called in ``language``, which is the one at hand."""
    return str(FACETS[facet].label)


@dataclass(frozen=True)
class FacetOption:
    """One value of a facet: what is written, how many courses, whether it is chosen.

    ``at_least``: only some of what is found was counted, so there may be more; of 0 it is not
    known whether there is one.
    """

    value: str
    label: str
    count: int
    chosen: bool
    at_least: bool = False


@dataclass(frozen=True)
class Facet:
    """A filter by name; ``single`` ones allow one value."""

    name: str
    label: str | Promise
    single: bool = False
    unfolded: bool = True
    options: tuple[FacetOption, ...] = field(default=())
    cut: bool = False  # not all that could be chosen are among the options
    whole: bool = False  # all were asked for

    @property
    def has_choice(self) -> bool:
        return any(option.chosen for option in self.options)

    @property
    def told(self) -> tuple[Given, ...]:
        """All of it as text and numbers, for ``{% piece %}``."""
        options = tuple((o.value, o.label, o.count, o.chosen, o.at_least) for o in self.options)
        label = label_of(self.name, get_language())
        return (
            *(self.name, label, self.single, self.unfolded, self.has_choice, options),
            *(self.cut, self.whole),
        )

    def narrows(self, total: int) -> bool:
        """Whether a choice would leave something out, or one was made that can be undone."""
        return any(
            option.chosen or option.at_least or option.count != total for option in self.options
        )

    def labels(self, categories: Sequence[Category], producers: Labels) -> Labels:
        """Every value that may be chosen, with what is written beside it."""
        if self.name == "category":
            return {category.slug: category.name for category in categories}
        if self.name == "producer":
            return producers
        return _always(self.name, get_language())

    def known(
        self, values: Sequence[str], categories: Sequence[Category], producers: Labels
    ) -> tuple[str, ...]:
        """Those of ``values`` that exist, each once, in the facet's own order."""
        if not values:
            return ()
        kept = [value for value in self.labels(categories, producers) if value in values]
        return tuple(kept[:1] if self.single else kept)


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
        Facet("captions", _("Captions"), unfolded=False),
        Facet("certificate", _("Certificate for"), unfolded=False),
        Facet("producer", _("Producer"), unfolded=False),
    )
}


def conditions(
    chosen: Mapping[str, Sequence[str]], categories: Sequence[Category]
) -> tuple[str, list[Any]]:
    """SQL and its parameters: a row of ``TABLE`` has one of the values chosen of each facet."""
    wheres, params = ["TRUE"], []
    for name, values in chosen.items():
        sql, asked = _condition(name, values, categories)
        wheres.append(sql)
        params += asked
    return " AND ".join(wheres), params


def _condition(
    name: str, values: Sequence[str], categories: Sequence[Category]
) -> tuple[str, list[Any]]:
    match name:
        case "category":
            keys = [category.pk for category in categories if category.slug in values]
            return f"{TABLE}.category_id = ANY(%s)", [keys]
        case "level" | "language" | "length" | "certificate":
            return f"{TABLE}.{name} = ANY(%s)", [list(values)]
        case "captions":
            return f"string_to_array({TABLE}.captions, ' ') && %s::text[]", [list(values)]
        case "producer":  # of courses alone: a pigeonhole has none
            return f"{TABLE}.producer_id = ANY(%s::uuid[])", [list(values)]
        case "price":
            return f"{TABLE}.price_group {'=' if 'free' in values else '<>'} '0'", []
        case "rating":
            lowest = min(map(float, values))
            return f"{TABLE}.stars = ANY(%s)", [[s for s in STEPS_OF_STARS if float(s) >= lowest]]
    raise KeyError(name)


# What a row counts for, empty where it counts for nothing; a rating of 4.8 counts twice.
_BUCKETS = {
    "total": ["'all'::text"],
    "currency": [f"nullif({TABLE}.price_group, '0')"],  # a free course has none to speak of
    "category": [f"{TABLE}.category_id::text"],
    "price": [f"CASE WHEN {TABLE}.price_group = '0' THEN 'free' ELSE 'paid' END"],
    "rating": [f"CASE WHEN {TABLE}.stars <> '' THEN '4' END", f"nullif({TABLE}.stars, '4')"],
    "captions": [f"unnest(string_to_array({TABLE}.captions, ' '))"],
    **{name: [f"{TABLE}.{name}"] for name in ("language", "level", "length", "certificate")},
}


def counting(facets: Iterable[str], *, source: str, courses: str) -> Iterator[str]:
    """SQL queries of (facet, value, courses) over ``source``, whose rows are like ``TABLE``'s.

    ``courses``: how many a value has, as an aggregate.
    """
    for facet in facets:
        for value in _BUCKETS[facet]:
            yield (
                f"SELECT '{facet}' AS facet, {value} AS value, {courses}::integer"
                f" FROM {source} {TABLE} GROUP BY value HAVING {courses} > 0"
            )


# So many producers are named, those with most courses first, and so many where somebody asks for
# all of them; an address may choose so many.
NAMED, MOST_NAMED = 8, 100


def counting_producers(*, courses: str, chosen: Sequence[str] = (), most: int = NAMED) -> str:
    """SQL query of (facet, key and name, courses) over ``courses``, rows with a producer_id.

    ``most`` of them, and one more where there are more. Those that are ``chosen`` are counted in
    any case.
    """
    most = max(most, len(chosen)) + 1
    first = "".join(f"producer_id = '{UUID(key)}' DESC, " for key in chosen)
    return (
        "SELECT 'producer', producer_id || ' ' || (SELECT producer_name"
        " FROM storefront_catalogueentry named WHERE listed"
        " AND named.producer_id = theirs.producer_id LIMIT 1), courses::integer FROM ("
        f"SELECT producer_id, count(*) AS courses FROM {courses} WHERE producer_id IS NOT NULL"
        f" GROUP BY producer_id ORDER BY {first}courses DESC, producer_id LIMIT {most}) theirs"
    )
