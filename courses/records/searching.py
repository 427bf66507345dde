"""Search in a list by the beginnings of words, which an index answers.

A part from the middle of a word would be looked for in every row. All words stand in one field
(a name, an address, a title): “Cleo Marchetti”, “sewing hand”. Each field of ``search_fields`` is
asked apart, for PostgreSQL uses no index for “this field or that of another table”.
"""

import re
from functools import reduce
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet
from wagtail_modeladmin.helpers.search import BaseSearchHandler

from courses.words.indexed import words_of

# As many rows as match are put in order, from each field.
MOST_FOUND = 2000

_WORDS = re.compile(r"[^\W_]+")


def _with_words(rows: QuerySet[Any], path: str, query: SearchQuery) -> QuerySet[Any]:
    """Rows whose field says what is looked for, or that of the row which ``path`` leads to.

    Of that one the matching are found first: joined, those that lead nowhere would be read too.
    """
    way, _sep, field = path.rpartition("__")
    if not way:
        return rows.alias(searched=words_of(field)).filter(searched=query)
    model = rows.model
    for step in way.split("__"):
        model = model._meta.get_field(step).related_model
    matching = model._default_manager.order_by().alias(searched=words_of(field))
    return rows.filter(**{f"{way}__in": matching.filter(searched=query).values("pk")})


class WordSearch(BaseSearchHandler):
    def search_queryset(self, rows: QuerySet[Any], text: str, **kwargs: Any) -> QuerySet[Any]:
        if not text or not self.search_fields:
            return rows
        words = _WORDS.findall(text)
        if not words:
            return rows.none()
        beginnings = " & ".join(f"'{word}':*" for word in words)
        query = SearchQuery(beginnings, search_type="raw", config="simple")
        found = (_with_words(rows.order_by(), field, query) for field in self.search_fields)
        each = (matching.values("pk")[:MOST_FOUND] for matching in found)
        together = reduce(lambda some, others: some.union(others), each)
        return rows.filter(pk__in=together)

    @property
    def show_search_form(self) -> bool:
        return bool(self.search_fields)
