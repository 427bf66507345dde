"""The draft of a course as a tree of chapters and lessons, as its rows have it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from courses.models import ChapterPage, ItemKind, LessonPage


class OutlinePlace(NamedTuple):
    """Where a part stands: right of ``after`` in ``parent``, or first in it. Page ids."""

    parent: int
    after: int | None


class PageRow(NamedTuple):
    """As much of a page's row as an outline asks for: three hundred of them are read at once."""

    pk: int
    path: str
    depth: int
    live: bool
    title: str
    draft_title: str
    latest_revision_id: int | None
    latest_revision_created_at: datetime | None
    content_type_id: int


@dataclass(eq=False)
class OutlinePart:
    """A chapter or a lesson of the draft."""

    row: PageRow
    kind: str
    retired: bool
    parent: int
    children: list["OutlinePart"] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.row.pk

    @property
    def title(self) -> str:
        """Of the latest draft."""
        return self.row.draft_title or self.row.title

    def page(self) -> Page:
        """Read anew."""
        return Page.objects.get(pk=self.id)

    @property
    def is_chapter(self) -> bool:
        return self.kind == ItemKind.CHAPTER

    @property
    def levels(self) -> int:
        """Its own, and those of what stands in it."""
        return 1 + max((child.levels for child in self.children), default=0)

    def coming_back(self) -> Iterator["OutlinePart"]:
        """Itself, and all in it that was not removed by itself."""
        yield self
        for child in self.children:
            if not child.retired:
                yield from child.coming_back()

    def below(self) -> Iterator["OutlinePart"]:
        """What stands in it, at any depth, in reading order."""
        for child in self.children:
            yield child
            yield from child.below()


class Tree:
    """All parts of a course. Built of rows that were read; it asks for nothing."""

    def __init__(self, course: Page, rows: Iterable[PageRow], retired: set[int]) -> None:
        self.course = course
        self.top: list[OutlinePart] = []
        self.parts: dict[int, OutlinePart] = {}
        kinds = _kinds()
        by_path: dict[str, OutlinePart] = {}
        for row in rows:
            if row.content_type_id not in kinds:
                continue
            above = by_path.get(row.path[: -Page.steplen])
            part = OutlinePart(
                row=row,
                kind=kinds[row.content_type_id],
                retired=row.pk in retired,
                parent=above.id if above else int(course.pk),
            )
            by_path[row.path] = self.parts[part.id] = part
            (above.children if above else self.top).append(part)

    def __iter__(self) -> Iterator[OutlinePart]:
        """In reading order."""
        for part in self.top:
            yield part
            yield from part.below()

    def siblings(self, parent: int) -> list[OutlinePart]:
        return self.top if parent == self.course.pk else self.parts[parent].children

    def place_of(self, part: OutlinePart) -> OutlinePlace:
        siblings = self.siblings(part.parent)
        index = siblings.index(part)
        return OutlinePlace(part.parent, siblings[index - 1].id if index else None)

    def put(self, part: OutlinePart, to: OutlinePlace) -> None:
        """Stands it elsewhere; its row tells where its page stands until that is written too."""
        self.siblings(part.parent).remove(part)
        siblings = self.siblings(to.parent)
        left = next((one for one in siblings if one.id == to.after), None)
        siblings.insert(siblings.index(left) + 1 if left else 0, part)
        part.parent = to.parent

    def above(self, part: OutlinePart) -> Iterator[OutlinePart]:
        """The chapters that hold it, the nearest first."""
        while part.parent in self.parts:
            part = self.parts[part.parent]
            yield part

    def is_gone(self, part: OutlinePart) -> bool:
        """Whether it is retired itself, or stands in a chapter that is."""
        return part.retired or any(one.retired for one in self.above(part))

    def numbers(self) -> dict[int, str]:
        """``{page id: "2.3"}`` of everything that is not retired."""
        found: dict[int, str] = {}

        def count(parts: list[OutlinePart], before: str) -> None:
            staying = [part for part in parts if not part.retired]
            for place, part in enumerate(staying, start=1):
                found[part.id] = f"{before}{place}"
                count(part.children, f"{before}{place}.")

        count(self.top, "")
        return found

    def in_order(self, ids: Iterable[int]) -> list[OutlinePart]:
        """The parts of ``ids`` in reading order, without those that go along with another."""
        chosen = set(ids)
        return [
            part
            for part in self
            if part.id in chosen and not any(one.id in chosen for one in self.above(part))
        ]


def _kinds() -> dict[int, str]:
    types = ContentType.objects.get_for_models(ChapterPage, LessonPage)
    return {types[ChapterPage].pk: ItemKind.CHAPTER, types[LessonPage].pk: ItemKind.LESSON}


def read_tree(course: Page) -> Tree:
    """The tree of ``course``, a row of Wagtail's. Two SQL, whatever its size."""
    pages = Page.objects.filter(path__startswith=course.path).exclude(pk=course.pk)
    rows = pages.order_by("path").values_list(*PageRow._fields)
    chapters = ChapterPage.objects.filter(path__startswith=course.path, retired=True)
    lessons = LessonPage.objects.filter(path__startswith=course.path, retired=True)
    keys = chapters.order_by().values_list("pk").union(lessons.order_by().values_list("pk"))
    return Tree(course, map(PageRow._make, rows), {key for (key,) in keys})
