"""Filters of lists by something of which there may be too many to name."""

from abc import ABC, abstractmethod
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import SimpleListFilter
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from courses.shapes.numbers import whole_number
from courses.shapes.searches import cut

from .searching import WordSearch

NAMED = 10
# What an address asks for to get the choices alone, while somebody types.
PART = "choices"


class SearchedFilter(SimpleListFilter, ABC):
    """Names what may be chosen while it is little; else a field finds it by its words.

    Works by a button; with scripts the choices follow what is typed (``choosing.js``).
    """

    template = "courses/records/searched_filter.html"
    choices_template = "courses/records/searched_choices.html"
    label_field = "title"
    field_label: Any = ""

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: type[Model], model_admin: Any
    ) -> None:
        self.request = request
        self.words_name = f"{self.parameter_name}_words"
        self.words = cut(request.GET.get(self.words_name, ""))
        self.is_searched = False
        super().__init__(request, params, model, model_admin)

    @abstractmethod
    def rows(self, request: HttpRequest, model_admin: Any) -> QuerySet[Any]:
        """What may be chosen."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = self.rows(request, model_admin).order_by()
        named = self._labels(rows[: NAMED + 1])
        if len(named) > NAMED:
            self.is_searched = True
            found = WordSearch([self.label_field]).search_queryset(rows, self.words)
            named = self._labels(found[:NAMED]) if self.words else {}
            chosen = whole_number(self.value())
            if chosen is not None and str(chosen) not in named:
                named |= self._labels(rows.filter(pk=chosen))
        return sorted(named.items(), key=lambda choice: choice[1].casefold())

    def has_output(self) -> bool:
        return self.is_searched or bool(self.lookup_choices)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the address says besides the words, to be said again with them."""
        skipped = {self.words_name, "p", "part"}
        pairs = self.request.GET.lists()
        return [(name, value) for name, values in pairs if name not in skipped for value in values]

    @property
    def choices_url(self) -> str:
        return f"?{urlencode([*self.kept, ('part', PART)])}"

    def _labels(self, rows: QuerySet[Any]) -> dict[str, str]:
        return {str(pk): label for pk, label in rows.values_list("pk", self.label_field)}
