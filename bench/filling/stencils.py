"""What the verbs wrote of one course, as lines of COPY with blanks.

Every table that a course leaves rows in is read as PostgreSQL itself writes it. Keys of the rows
become blanks, wherever another row refers to them; so do the marks that ``patterns`` put into
titles, names and prices, in whatever column or JSON the product has copied them to.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model
from wagtail.models import (
    Collection,
    Page,
    PageLogEntry,
    ReferenceIndex,
    Revision,
    TaskState,
    WorkflowState,
)
from wagtail.search.models import IndexEntry

from courses.drafts.digest import content_digest
from courses.models import (
    ChapterPage,
    CoursePage,
    CourseRelease,
    CourseTeamMember,
    LessonPage,
    ReleaseItem,
)
from storefront.models import CatalogueEntry

from .patterns import PRICE, PRODUCER, mark
from .sheets import stored, target

# Columns that differ from course to course and that no mark tells.
OWN = {
    (Collection, "path"): "collection_path",
    (CoursePage, "category_id"): "category",
    (CoursePage, "level"): "level",
    (CatalogueEntry, "category_id"): "category",
    (CatalogueEntry, "level"): "level",
    (Page, "first_published_at"): "published",
    (CatalogueEntry, "published_at"): "published",
    (CatalogueEntry, "students"): "students",
    (CatalogueEntry, "completions"): "completions",
    (CatalogueEntry, "rating"): "rating",
    (CatalogueEntry, "rating_count"): "rating_count",
    (CourseRelease, "submitted_at"): "submitted",
}
# Columns that hold the key of a page as text.
NAMING_PAGES = {
    (Revision, "object_id"),
    (WorkflowState, "object_id"),
    (ReferenceIndex, "object_id"),
    (IndexEntry, "object_id"),
}
# A lexeme of a title in any tsvector: 'qvxbbbk':1A
_LEXEME = r"'{word}':(\d+)([A-D]?)"


@dataclass(frozen=True)
class PatternRows:
    """The rows of one table: lines with blanks, and where their own keys begin."""

    model: type[Model]
    target: str
    lines: tuple[str, ...]
    keys: tuple[str, ...]  # the blanks of the keys that the rows bring, if they are counted


@dataclass(frozen=True)
class Vector:
    """A blank that takes the words of a title as a tsvector."""

    page: int
    place: int
    weight: str
    stemmed: bool

    @property
    def blank(self) -> str:
        kind = "stems" if self.stemmed else "words"
        return f"{kind}{self.page}_{self.place}{self.weight}"


class Stencil:
    """A course to be printed many times."""

    def __init__(self, kind: str, course: CoursePage, *, digested: bool = False) -> None:
        self.kind, self.course, self._digested = kind, course, digested
        self.names_at = 1  # place of the producer's name in the vector of the entry
        self._contents: dict[str, str] = {}  # of revisions, by the blanks of their keys
        self._keys: dict[tuple[type[Model], str], str] = {}
        self._vectors: set[Vector] = set()
        pages = list(Page.objects.filter(path__startswith=course.path).order_by("path").specific())
        self.pages = len(pages)
        self.depths = [page.depth for page in pages]
        self.lessons = [n for n, page in enumerate(pages) if isinstance(page, LessonPage)]
        self.minutes = [pages[n].estimated_duration for n in self.lessons]
        self._marks = [
            *((str(page.uuid), f"uuid{n}") for n, page in enumerate(pages)),
            *((str(page.translation_key), f"key{n}") for n, page in enumerate(pages)),
            *((mark(kind, n), f"title{n}") for n in range(self.pages)),
            *((mark(kind, n).lower(), f"slug{n}") for n in range(self.pages)),
            (str(course.owner_id), "producer"),
            (PRODUCER, "producer_name"),
            (str(PRICE), "price"),
        ]
        rows = list(_rows_of(course, [page.pk for page in pages]))
        for model, found in rows:
            self._learn(model, found)
        self.tables = [self._table(model, found) for model, found in rows if found]
        self.vectors = sorted(self._vectors, key=lambda one: one.blank)
        self._pinned = self._pins(pages) if digested else []

    def digests(self, values: dict[str, Any]) -> dict[str, str]:
        """What a release pins of each page, once it is known what is written on it."""
        return {
            blank: content_digest(model, json.loads((content % values).replace("\\\\", "\\")))
            for blank, model, content in self._pinned
        }

    def _pins(self, pages: Sequence[Page]) -> list[tuple[str, type[Page], str]]:
        """(blank, model, content with blanks) of every item of the release."""
        models = {page.pk: type(page) for page in pages}
        items = ReleaseItem.objects.filter(release__course=self.course)
        return [
            (
                f"digest_{self._keys[ReleaseItem, str(item.pk)]}",
                models[item.page_id],
                self._contents[self._keys[Revision, str(item.revision_id)]],
            )
            for item in items
        ]

    def _learn(self, model: type[Model], found: Sequence[int]) -> None:
        """Name a blank for the key of each row."""
        if model._meta.parents or model is CatalogueEntry:
            return  # the page's own
        label = model._meta.model_name
        for rank, pk in enumerate(found):
            self._keys[model, str(pk)] = f"{label}{rank}"

    def _table(self, model: type[Model], found: Sequence[int]) -> PatternRows:
        fields = stored(model)
        columns = [field.column for field in fields]
        names = ", ".join(f'"{column}"' for column in columns)
        pk = model._meta.pk.column
        query = (
            f'COPY (SELECT {names} FROM "{model._meta.db_table}" WHERE "{pk}" = ANY(%s)'
            f' ORDER BY array_position(%s, "{pk}"::int)) TO STDOUT'
        )
        lines = []
        with connection.cursor() as cursor, cursor.copy(query, [found, found]) as copy:
            for row in "".join(bytes(part).decode() for part in copy).splitlines():
                values = zip(fields, row.split("\t"), strict=True)
                blanks = {one.column: self._blank(model, one, value) for one, value in values}
                if model is Revision:
                    self._contents[blanks["id"][2:-2]] = blanks["content"]
                if model is ReleaseItem and self._digested:
                    blanks["digest"] = f"%(digest_{blanks['id'][2:-2]})s"
                lines.append("\t".join(blanks.values()) + "\n")
        keys = tuple(
            self._keys[model, str(key)] for key in found if (model, str(key)) in self._keys
        )
        return PatternRows(model, target(model, columns), tuple(lines), keys)

    def _blank(self, model: type[Model], field: Any, value: str) -> str:
        own = OWN.get((model, field.column))
        if own and value != "\\N":
            return f"%({own})s"
        pointed = field.related_model if field.is_relation else model
        if (model, field.column) in NAMING_PAGES or (pointed and issubclass(pointed, Page)):
            pointed = Page
        if field.is_relation or field.primary_key or (model, field.column) in NAMING_PAGES:
            key = self._keys.get((pointed, value))
            if key:
                return f"%({key})s"
        return self._without_marks(model, field, value.replace("%", "%%"))

    def _without_marks(self, model: type[Model], field: Any, value: str) -> str:
        if field.get_internal_type() == "SearchVectorField":
            if field.column == "producer_words":
                return "%(producer_words)s"
            if model is CatalogueEntry:
                value = self._without_names(value)
            value = self._without_lexemes(value, stemmed=model is CatalogueEntry)
        if model is Page and field.column == "path":
            return value.replace(self.course.path, "%(path)s", 1)
        if model is Revision and field.column == "content":
            value = re.sub(r'"pk": (\d+)', self._pk_in_json, value)
            value = re.sub(r'"category": \d+', '"category": %(category)s', value)
            value = re.sub(r'"level": "\w+"', '"level": "%(level)s"', value)
        for marked, blank in self._marks:
            value = value.replace(marked, f"%({blank})s")
        return value

    def _pk_in_json(self, found: re.Match[str]) -> str:
        key = self._keys.get((Page, found[1]))
        return f'"pk": %({key})s' if key else found[0]

    def _without_names(self, value: str) -> str:
        """Producer and subject, which stand last among what is weighted B."""
        marked = re.search(rf"'{PRODUCER.lower()}':(\d+)B", value)
        if not marked:
            return value
        self.names_at = int(marked[1])
        kept = []
        for entry in value.split(" "):
            lexeme, _, places = entry.rpartition(":")
            staying = [
                place
                for place in places.split(",")
                if not (place.endswith("B") and int(place[:-1]) >= self.names_at)
            ]
            if staying:
                kept.append(f"{lexeme}:{','.join(staying)}")
        return " ".join([*kept, "%(names)s"])

    def _without_lexemes(self, value: str, *, stemmed: bool) -> str:
        for page in range(self.pages):

            def blank(found: re.Match[str], page: int = page) -> str:
                vector = Vector(page, int(found[1]), found[2], stemmed)
                self._vectors.add(vector)
                return f"%({vector.blank})s"

            value = re.sub(_LEXEME.format(word=mark(self.kind, page).lower()), blank, value)
        return value


def _rows_of(course: CoursePage, pages: list[int]) -> Any:
    """(model, keys of its rows) of all that belongs to one course."""
    texts = [str(pk) for pk in pages]
    states = WorkflowState.objects.filter(object_id=str(course.pk))
    found = {
        Collection: Collection.objects.filter(pk=course.collection_id),
        Page: Page.objects.filter(pk__in=pages).order_by("path"),
        CoursePage: CoursePage.objects.filter(pk=course.pk),
        ChapterPage: ChapterPage.objects.filter(pk__in=pages),
        LessonPage: LessonPage.objects.filter(pk__in=pages),
        Revision: Revision.page_revisions.filter(object_id__in=texts).order_by("pk"),
        CourseTeamMember: CourseTeamMember.objects.filter(course=course),
        WorkflowState: states,
        TaskState: TaskState.objects.filter(workflow_state__in=states),
        CourseRelease: CourseRelease.objects.filter(course=course),
        ReleaseItem: ReleaseItem.objects.filter(release__course=course).order_by("position"),
        PageLogEntry: PageLogEntry.objects.filter(page_id__in=pages).order_by("pk"),
        ReferenceIndex: ReferenceIndex.objects.filter(
            base_content_type__model="page", object_id__in=texts
        ),
        IndexEntry: IndexEntry.objects.filter(
            content_type__model__in=("page", "coursepage", "chapterpage", "lessonpage"),
            object_id__in=texts,
        ),
        CatalogueEntry: CatalogueEntry.objects.filter(course=course),
    }
    for model, rows in found.items():
        yield model, list(rows.values_list("pk", flat=True))
