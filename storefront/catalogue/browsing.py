"""What a reader asks of the catalogue, and the answer: a page of courses and facet counts.

The whole query stands in the address (``?q=map&level=beginner&sort=price``), so it
can be bookmarked, shared and stepped back to. Values that mean nothing are dropped.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from urllib.parse import urlencode

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.models import Category
from courses.records.cursors import KeysetPage, SortKey, start_of
from courses.shapes.searches import cut

from .counting import FacetCounts, count_facets
from .facets import FACETS, MOST_NAMED, NAMED, TABLE, Labels, conditions
from .marking import mark, places_of_words
from .matching import FEW, is_in_holes, is_matching
from .reading import read_page
from .search import matches, relevance
from .spelling import did_you_mean
from .terms import Terms, find_terms, query_words

# Fills every row of two, three or four cards.
PAGE_SIZE = 12
# What cursors belong to, with the question after it.
SCOPE = "catalogue"


@dataclass(frozen=True)
class Sort:
    label: str | Promise
    order: SortKey


# The first is the default without words, relevance the default with them.
SORTS = {
    "popular": Sort(_("Most popular"), SortKey("students")),
    "relevance": Sort(_("Best match"), SortKey("rank", kind=float)),
    "newest": Sort(_("Newest"), SortKey("published_at", kind=datetime)),
    "rating": Sort(_("Highest rated"), SortKey("rating", kind=Decimal)),
    "price": Sort(
        _("Lowest price"),
        SortKey("price", descending=False, kind=Decimal, within="price_group"),
    ),
}


# What an address of the catalogue may say.
PARAMETERS = ("q", "exact", *FACETS, "producers", "sort", "at")


@dataclass(frozen=True)
class CatalogueQuery:
    """What is asked: words, chosen values by facet, and an order."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""  # empty: what makes sense for these words
    producers: Labels = field(default_factory=dict)  # names of those who are chosen
    names_all: bool = False  # whether all producers are to be named, and not a few
    exact: bool = False  # whether words are to be taken as they are typed, whatever they find

    def __post_init__(self) -> None:
        object.__setattr__(self, "sort", self.sort or default_sort(self.text))

    @property
    def words(self) -> list[str]:
        return query_words(self.text)

    @property
    def sorts(self) -> tuple[tuple[str, str], ...]:
        """Orders that make sense here, and how they are called: relevance needs words."""
        return _sorts(get_language(), with_words=bool(self.words))

    @property
    def usual_sort(self) -> str:
        return default_sort(self.text)

    @property
    def filtered(self) -> bool:
        return any(self.chosen.values())

    def without(self, name: str, value: str) -> "CatalogueQuery":
        kept = tuple(other for other in self.chosen.get(name, ()) if other != value)
        return replace(self, chosen={**self.chosen, name: kept})

    def querystring(self, **extra: str) -> str:
        """``?q=map&level=beginner``, in one order whatever the reader clicked first."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [("exact", "1")] if self.exact else []
        pairs += [(name, value) for name in FACETS for value in self.chosen.get(name, ())]
        if self.names_all:
            pairs.append(("producers", "all"))
        if self.sort != default_sort(self.text):
            pairs.append(("sort", self.sort))
        pairs += [(name, value) for name, value in extra.items() if value]
        return f"?{urlencode(pairs)}" if pairs else ""


@cache
def _sorts(language: str | None, *, with_words: bool) -> tuple[tuple[str, str], ...]:
    """In ``language``, which is the one at hand."""
    return tuple(
        (name, str(sort.label))
        for name, sort in SORTS.items()
        if (name == "relevance") <= with_words
    )


def default_sort(text: str) -> str:
    return "relevance" if query_words(text) else "popular"


def read_query(
    parameters: QueryDict, *, categories: list[Category], producers: Labels | None = None
) -> CatalogueQuery:
    """The query in an address; unknown facets, values and orders are dropped."""
    producers = producers or {}
    text = cut(" ".join(parameters.get("q", "").replace("\x00", " ").split()))
    if not query_words(text):  # signs alone: nothing was asked for
        text = ""
    chosen = {
        name: facet.known(parameters.getlist(name), categories, producers)
        for name, facet in FACETS.items()
    }
    sort = parameters.get("sort", "")
    query = CatalogueQuery(
        text=text,
        chosen=chosen,
        producers=producers,
        names_all=parameters.get("producers") == "all",
        exact=bool(text) and parameters.get("exact") == "1",
    )
    return replace(query, sort=sort) if sort in dict(query.sorts) else query


@dataclass
class CatalogueResult:
    """A page of courses, and how many there are in all and beside each filter.

    ``meant``: how words that find nothing may be spelt. These are courses on it where it
    ``is_mended``, and there are none where it is not.
    """

    page: KeysetPage
    counted: FacetCounts
    best: int = 0  # so many are put in order by relevance, and more are found
    meant: str = ""
    is_mended: bool = False


def answer(
    query: CatalogueQuery, *, categories: list[Category], cursor: str = ""
) -> CatalogueResult:
    """Two SQL, the counts and the page of what is found, and one for words. Raises
    ``CursorError``.

    Where words find nothing, one more for what they are with their misspelt ones mended, unless
    they are to be taken ``exact``; with filters yet another.
    """
    terms = find_terms(query.text)
    counted = _count(query, terms, categories)
    meant, is_mended = "", False
    if terms and not counted.total and (meant := _meant(query, categories)):
        mended = find_terms(meant)
        others = _count(query, mended, categories)
        if others.total and not query.exact:
            terms, counted, is_mended = mended, others, True
        elif not others.total and not _finds_elsewhere(query, mended, categories):
            meant = ""  # it finds nothing either
    order, scope = SORTS[query.sort].order, SCOPE + query.querystring()
    start, page = start_of(cursor, order=order, scope=scope), KeysetPage([])
    by_relevance = terms is not None and query.sort == "relevance"
    if counted.total:
        page = read_page(
            _conditions(query, terms, categories, counted),
            start=start,
            order=order,
            size=PAGE_SIZE,
            scope=scope,
            categories=categories,
            counted=_beside_a_match(terms, rank=by_relevance) if terms else None,
        )
    if terms:
        mark(page.rows)
    ends_early = by_relevance and counted.total > len(counted.best)
    best = len(counted.best) if ends_early else 0
    return CatalogueResult(page, counted, best, meant, is_mended)


def _count(query: CatalogueQuery, terms: Terms | None, categories: list[Category]) -> FacetCounts:
    return count_facets(
        terms=terms,
        chosen=query.chosen,
        categories=categories,
        producers=query.producers,
        named=MOST_NAMED if query.names_all else NAMED,
        rank=terms is not None and query.sort == "relevance",
    )


def _meant(query: CatalogueQuery, categories: list[Category]) -> str:
    """How the words of ``query`` may be spelt; empty where only its filters leave nothing."""
    meant = did_you_mean(query.text)
    if meant and _finds_elsewhere(query, find_terms(query.text), categories):
        return ""
    return meant


def _finds_elsewhere(
    query: CatalogueQuery, terms: Terms | None, categories: list[Category]
) -> bool:
    """Whether ``terms`` find something that only the filters of ``query`` leave out."""
    unfiltered = CatalogueQuery(text=query.text)
    return query.filtered and _count(unfiltered, terms, categories).total > 0


def _beside_a_match(terms: Terms, *, rank: bool) -> dict[str, RawSQL]:
    told = {"found_at": places_of_words(terms)}
    return {**told, "rank": relevance(terms)} if rank else told


def _conditions(
    query: CatalogueQuery, terms: Terms | None, categories: list[Category], counted: FacetCounts
) -> list[RawSQL]:
    """What the rows to be put in order must meet, by the way that reads few of them."""
    chosen = {name: values for name, values in query.chosen.items() if values}
    if terms and query.sort == "relevance":
        # One list, as PostgreSQL writes it down, and not a parameter for each of its hundreds.
        ranked = f"{TABLE}.course_id = ANY(%s::integer[])"
        best = f"{{{','.join(map(str, counted.best))}}}"
        return [RawSQL(ranked, [best], output_field=BooleanField())]
    if terms and not counted.more:
        return [is_matching(terms, chosen, categories)]
    if chosen and not terms and "producer" not in chosen and counted.total <= FEW:
        return [is_in_holes(chosen, categories)]
    wheres = [matches(terms)] if terms else []
    if chosen:
        sql, params = conditions(chosen, categories)
        wheres.insert(0, RawSQL(sql, params, output_field=BooleanField()))
    return wheres
