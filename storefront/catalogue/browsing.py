"""What a reader asks of the catalogue, and the answer: a page of courses and facet counts.

The whole query stands in the address (``?q=map&level=beginner&sort=price``), so it
can be bookmarked, shared and stepped back to. Values that mean nothing are dropped.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import Category
from courses.records.cursors import KeysetPage, SortKey, keyset_page
from courses.shapes.searches import cut
from storefront.models import CatalogueEntry

from .facets import FACETS, TABLE, Facet, condition, count_facets
from .search import CANDIDATES, Terms, find_terms, matches, query_words, relevance

# Fills every row of two, three or four cards.
PAGE_SIZE = 12


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
PARAMETERS = ("q", *FACETS, "sort", "at")


@dataclass(frozen=True)
class CatalogueQuery:
    """What is asked: words, chosen values by facet, and an order."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""  # empty: what makes sense for these words

    def __post_init__(self) -> None:
        object.__setattr__(self, "sort", self.sort or default_sort(self.text))

    @property
    def words(self) -> list[str]:
        return query_words(self.text)

    @property
    def sorts(self) -> dict[str, str | Promise]:
        """Orders that make sense here: relevance needs words."""
        return {
            name: sort.label
            for name, sort in SORTS.items()
            if (name == "relevance") <= bool(self.words)
        }

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
        pairs += [(name, value) for name in FACETS for value in self.chosen.get(name, ())]
        if self.sort != default_sort(self.text):
            pairs.append(("sort", self.sort))
        pairs += [(name, value) for name, value in extra.items() if value]
        return f"?{urlencode(pairs)}" if pairs else ""


def default_sort(text: str) -> str:
    return "relevance" if query_words(text) else "popular"


def read_query(parameters: QueryDict, *, categories: list[Category]) -> CatalogueQuery:
    """The query in an address; unknown facets, values and orders are dropped."""
    text = cut(" ".join(parameters.get("q", "").replace("\x00", " ").split()))
    chosen = {
        name: facet.known(parameters.getlist(name), categories) for name, facet in FACETS.items()
    }
    sort = parameters.get("sort", "")
    query = CatalogueQuery(text=text, chosen=chosen)
    return replace(query, sort=sort) if sort in query.sorts else query


@dataclass
class CatalogueResult:
    """A page of courses, how many there are in all, and the counts beside each filter."""

    page: KeysetPage
    total: int
    facets: list[Facet]
    currencies: int = 0  # in how many what is found costs something


def answer(
    query: CatalogueQuery, *, categories: list[Category], cursor: str = ""
) -> CatalogueResult:
    """Two SQL, the page and the counts, and one for words. Raises ``CursorError``."""
    terms = find_terms(query.text)
    counted = count_facets(terms=terms, chosen=query.chosen, categories=categories)
    page = keyset_page(
        _found(query, terms, categories),
        order=SORTS[query.sort].order,
        size=PAGE_SIZE,
        cursor=cursor,
        scope=f"catalogue{query.querystring()}",
    )
    return CatalogueResult(
        page=page, total=counted.total, facets=counted.facets, currencies=counted.currencies
    )


def _found(query: CatalogueQuery, terms: Terms | None, categories: list[Category]) -> QuerySet:
    found = CatalogueEntry.objects.filter(listed=True)
    for name, values in query.chosen.items():
        if values:
            found = found.filter(condition(name, values, categories))
    if terms:
        found = found.filter(matches(terms))
    if terms and query.sort == "relevance":
        # Ranking reads every match: of a common word only the most popular are ranked.
        best = found.order_by("-students", "-pk").values("pk")[:CANDIDATES]
        found = CatalogueEntry.objects.filter(_among(best)).annotate(rank=relevance(terms))
    return found.select_related("category").defer("search")


def _among(best: QuerySet) -> RawSQL:
    """A condition: the course is one of ``best``, which is read once and before all else.

    Not ``pk__in``: inside a subquery the ORM gives the table another name, and conditions
    that name it would then speak of the row outside.
    """
    sql, params = best.query.sql_with_params()
    return RawSQL(f"{TABLE}.course_id = ANY(ARRAY({sql}))", params, output_field=BooleanField())
