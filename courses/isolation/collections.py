"""Collections to choose from: each course has its own, and nobody reads a hundred thousand names.

Up to ``MOST_OFFERED`` all are offered. Of more the first, those of the courses that the person has
open, and those that are chosen already; a filter finds others by their words. Any of them may
still be chosen, for only what is listed has an end.
"""

from collections.abc import Iterator
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.admin.models import EditingSession
from wagtail.models import Collection, Page, Revision, get_page_models
from wagtail.models.media import CollectionQuerySet

from courses.models import CoursePage
from courses.people import Visitor
from courses.records.searching import WordSearch
from courses.shapes.numbers import whole_number

MOST_OFFERED = 50
THE_FIRST = 20  # the root among them; of one alone a form would take it without asking
FOUND_BY_WORDS = 30
PAGES_OPEN = 5


class OfferedCollections(CollectionQuerySet):
    """Lists no more than are offered, however it is narrowed."""

    offered_to: Visitor
    chosen: frozenset[int] = frozenset()
    _result_cache: list[Collection] | None

    @classmethod
    def to(cls, user: Visitor, collections: QuerySet[Collection]) -> Self:
        offered = cls(collections.model, query=collections.query.chain(), using=collections.db)
        offered.offered_to = user
        return offered

    def with_chosen(self, *keys: Any) -> Self:
        """Of these, too, whatever a form or an address says."""
        offered: Self = self._chain()
        numbers = (whole_number(str(key)) for key in keys)
        offered.chosen |= {number for number in numbers if number is not None}
        return offered

    def with_words(self, text: str) -> Self:
        return self.with_chosen(*keys_with_words(text))

    def _clone(self) -> Self:
        clone: Self = super()._clone()
        clone.offered_to, clone.chosen = self.offered_to, self.chosen
        return clone

    def _fetch_all(self) -> None:
        if self._result_cache is None and self._are_too_many():
            self._result_cache = list(self._offered())
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[Collection]:
        yield from self  # where Django spares the memory of many rows there are fifty

    def count(self) -> int:
        """As far as it matters: whether there is a choice, and a long one."""
        if self._result_cache is not None or self.query.is_sliced:
            return super().count()
        counted: int = self._plain().order_by()[: MOST_OFFERED + 1].count()
        return counted

    def get_min_depth(self) -> int:
        return min((collection.depth for collection in self), default=2)

    def _are_too_many(self) -> bool:
        lists_rows = self._iterable_class is self._plain()._iterable_class
        return lists_rows and not self.query.is_sliced and self.count() > MOST_OFFERED

    def _offered(self) -> QuerySet[Collection]:
        the_first = self._plain().order_by("path").values_list("pk", flat=True)[:THE_FIRST]
        keys = self.chosen | open_to(self.offered_to) | set(the_first)
        return self._plain().filter(pk__in=keys)

    def _plain(self) -> QuerySet[Collection]:
        return CollectionQuerySet(self.model, query=self.query.chain(), using=self._db)


def keys_with_words(text: str) -> list[int]:
    """Of collections whose name has words that begin so; the first of them."""
    if not text.strip():
        return []
    found = WordSearch(["name"]).search_queryset(Collection.objects.order_by(), text)
    return list(found.order_by("name", "pk").values_list("pk", flat=True)[:FOUND_BY_WORDS])


def open_to(user: Visitor) -> set[int]:
    """Collections of the courses whose pages the person has open in the editor."""
    kinds = ContentType.objects.get_for_models(*get_page_models()).values()
    sessions = EditingSession.objects.filter(user=user, content_type__in=kinds)
    latest = sessions.order_by("-last_seen_at", "-pk")
    keys = latest.values_list("object_id", flat=True)[:PAGES_OPEN]
    paths = Page.objects.filter(pk__in=list(keys)).values_list("path", flat=True)
    steps = range(Page.steplen, max(map(len, paths), default=0) + 1, Page.steplen)
    above = {path[:end] for path in paths for end in steps}
    courses = CoursePage.objects.filter(path__in=above).exclude(collection=None)
    return set(courses.values_list("collection_id", flat=True))


def last_written_in(user: Visitor) -> str:
    """The key of the collection of the course that the person saved something of last, or "".

    Among the courses that they teach: where they most likely want a file to go.
    """
    latest = Revision.page_revisions.filter(user=user).order_by("-created_at", "-pk")
    keys = [int(key) for key in latest.values_list("object_id", flat=True)[:PAGES_OPEN]]
    paths = dict(Page.objects.filter(pk__in=keys).values_list("pk", "path"))
    ways = [_ways_to(paths[key]) for key in keys if key in paths]
    above = CoursePage.objects.taught_by(user).filter(path__in=set().union(*ways))
    found = dict(above.exclude(collection=None).values_list("path", "collection_id"))
    for way in ways:
        for path in way & found.keys():
            return str(found[path])
    return ""


def _ways_to(path: str) -> set[str]:
    """The paths of a page and of all above it."""
    return {path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)}
