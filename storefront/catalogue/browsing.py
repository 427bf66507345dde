"""What a reader asks of the catalogue, and the answer: a page of courses and facet counts.

The whole question stands in the address (``?q=map&level=beginner&sort=price``), so it
can be bookmarked, shared and stepped back to. Values that mean nothing are dropped.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from courses.models import Category
from storefront.models import CatalogueEntry

from .cursors import KeysetPage, Order, keyset_page
from .facets import FACETS, TABLE, Facet, condition, count_facets
from .search import CANDIDATES, Terms, find_terms, matches, query_words, relevance

PAGE_SIZE = 24
LONGEST_QUERY = 100


@dataclass(frozen=True)
class Sort:
    label: str
    order: Order


# The first is the default without words, relevance the default with them.
SORTS = {
    "popular": Sort("Most popular", Order("students")),
    "relevance": Sort("Best match", Order("rank", kind=float)),
    "newest": Sort("Newest", Order("published_at", kind=datetime)),
    "rating": Sort("Highest rated", Order("rating", kind=Decimal)),
    "price": Sort("Lowest price", Order("price", descending=False, kind=Decimal)),
}


@dataclass(frozen=True)
class Question:
    """What is asked: words, chosen values by facet, and an order."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""  # empty: what makes sense for these words

    def __post_init__(self):
        object.__setattr__(self, "sort", self.sort or default_sort(self.text))

    @property
    def words(self) -> list[str]:
        return query_words(self.text)

    @property
    def sorts(self) -> dict[str, str]:
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

    def without(self, name: str, value: str) -> "Question":
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


def read_question(parameters: QueryDict, *, categories: list[Category]) -> Question:
    """The question in an address; unknown facets, values and orders are dropped."""
    text = " ".join(parameters.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    chosen = {
        name: facet.known(parameters.getlist(name), categories) for name, facet in FACETS.items()
    }
    sort = parameters.get("sort", "")
    question = Question(text=text, chosen=chosen)
    return replace(question, sort=sort) if sort in question.sorts else question


@dataclass
class Answer:
    """A page of courses, how many there are in all, and the counts beside each filter."""

    page: KeysetPage
    total: int
    facets: list[Facet]


def answer(question: Question, *, categories: list[Category], cursor: str = "") -> Answer:
    """Two SQL, the page and the counts, and one for words. Raises ``CursorError``."""
    terms = find_terms(question.words)
    total, facets = count_facets(terms=terms, chosen=question.chosen, categories=categories)
    page = keyset_page(
        _found(question, terms, categories),
        order=SORTS[question.sort].order,
        size=PAGE_SIZE,
        cursor=cursor,
        scope=f"catalogue{question.querystring()}",
    )
    return Answer(page=page, total=total, facets=facets)


def _found(question: Question, terms: Terms | None, categories: list[Category]) -> QuerySet:
    found = CatalogueEntry.objects.filter(listed=True)
    for name, values in question.chosen.items():
        if values:
            found = found.filter(condition(name, values, categories))
    if terms:
        found = found.filter(matches(terms))
    if question.sort == "relevance":
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
