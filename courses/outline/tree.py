"""The draft of a course as a tree of chapters and lessons, as its rows have it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from wagtail.models import Page

from courses.models import ChapterPage, ItemKind, LessonPage


class Place(NamedTuple):
    """Where a part stands: right of ``after`` in ``parent``, or first in it. Page ids."""

    parent: int
    after: int | None


@dataclass
class Part:
    """A chapter or a lesson of the draft; ``page`` is its row in Wagtail's tree."""

    page: Page
    kind: str
    retired: bool
    parent: int
    children: list["Part"] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.page.pk)

    @property
    def title(self) -> str:
        """Of the latest draft."""
        return str(self.page.draft_title or self.page.title)

    @property
    def is_chapter(self) -> bool:
        return self.kind == ItemKind.CHAPTER

    def below(self) -> Iterator["Part"]:
        """What stands in it, at any depth, in reading order."""
        for child in self.children:
            yield child
            yield from child.below()


class Tree:
    """All parts of a course. Built of rows that were read; it asks for nothing."""

    def __init__(self, course: Page, pages: Iterable[Page], retired: set[int]) -> None:
        self.course = course
        self.top: list[Part] = []
        self.parts: dict[int, Part] = {}
        by_path: dict[str, Part] = {}
        for page in pages:
            kind = KIND_OF.get(page.specific_class)
            if kind is None:
                continue
            above = by_path.get(page.path[: -Page.steplen])
            part = Part(
                page=page,
                kind=kind,
                retired=page.pk in retired,
                parent=above.id if above else int(course.pk),
            )
            by_path[page.path] = self.parts[part.id] = part
            (above.children if above else self.top).append(part)

    def __iter__(self) -> Iterator[Part]:
        """In reading order."""
        for part in self.top:
            yield part
            yield from part.below()

    def siblings(self, parent: int) -> list[Part]:
        return self.top if parent == self.course.pk else self.parts[parent].children

    def place_of(self, part: Part) -> Place:
        siblings = self.siblings(part.parent)
        index = siblings.index(part)
        return Place(part.parent, siblings[index - 1].id if index else None)

    def above(self, part: Part) -> Iterator[Part]:
        """The chapters that hold it, the nearest first."""
        while part.parent in self.parts:
            part = self.parts[part.parent]
            yield part

    def is_gone(self, part: Part) -> bool:
        """Whether it is retired itself, or stands in a chapter that is."""
        return part.retired or any(one.retired for one in self.above(part))

    def numbers(self) -> dict[int, str]:
        """``{page id: "2.3"}`` of everything that is not retired."""
        found: dict[int, str] = {}

        def count(parts: list[Part], before: str) -> None:
            staying = [part for part in parts if not part.retired]
            for place, part in enumerate(staying, start=1):
                found[part.id] = f"{before}{place}"
                count(part.children, f"{before}{place}.")

        count(self.top, "")
        return found

    def in_order(self, ids: Iterable[int]) -> list[Part]:
        """The parts of ``ids`` in reading order, without those that go along with another."""
        chosen = set(ids)
        return [
            part
            for part in self
            if part.id in chosen and not any(one.id in chosen for one in self.above(part))
        ]


KIND_OF: dict[type[Page] | None, str] = {
    ChapterPage: ItemKind.CHAPTER,
    LessonPage: ItemKind.LESSON,
}


def read_tree(course: Page) -> Tree:
    """The tree of ``course``, a row of Wagtail's. Two SQL, whatever its size."""
    pages = Page.objects.filter(path__startswith=course.path).exclude(pk=course.pk)
    chapters = ChapterPage.objects.filter(path__startswith=course.path, retired=True)
    lessons = LessonPage.objects.filter(path__startswith=course.path, retired=True)
    keys = chapters.order_by().values_list("pk").union(lessons.order_by().values_list("pk"))
    return Tree(course, pages.order_by("path"), {key for (key,) in keys})
