"""Wagtail's search, of pages, images and documents in the editor, with a bound.

Wagtail counts and ranks everything that matches: the commonest word reads a whole catalogue, twice.
Here a search puts the first ``MOST_FOUND`` matches in order, and says nothing of the others; so do
its lists where nothing is looked for. Named in ``WAGTAILSEARCH_BACKENDS``.
"""

from typing import Any

from django.db.models import QuerySet
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.query import MatchAll

MOST_FOUND = 2000


class BoundedCompiler(PostgresSearchQueryCompiler):
    def search(
        self, config: Any, start: int | None, stop: int | None, **kwargs: Any
    ) -> QuerySet[Any]:
        found: QuerySet[Any] = super().search(config, None, None, **kwargs)
        # In its own order where an index may give it, and in any where each match would be ranked.
        first = found if isinstance(self.query, MatchAll) else found.order_by()
        return found.filter(pk__in=first.values("pk")[:MOST_FOUND])[start:stop]


class BoundedAutocompleteCompiler(BoundedCompiler, PostgresAutocompleteQueryCompiler):
    """The same while somebody types."""


class SearchBackend(PostgresSearchBackend):
    query_compiler_class = BoundedCompiler
    autocomplete_query_compiler_class = BoundedAutocompleteCompiler
