"""A course as it is being written: its pages as nodes of a tree, in reading order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from wagtail.models import Page, Revision

from courses.models import (
    ChapterPage,
    CoursePage,
    ItemKind,
    LessonPage,
    ReleaseItem,
    ReleaseStatus,
)

from .digest import content_digest, page_of
from .locks import lock_pages_of, pages_of

KIND_OF_MODEL: dict[type[Page], ItemKind] = {
    CoursePage: ItemKind.COURSE,
    ChapterPage: ItemKind.CHAPTER,
    LessonPage: ItemKind.LESSON,
}
MODEL_OF_KIND: dict[str, type[Page]] = {kind: model for model, kind in KIND_OF_MODEL.items()}


@dataclass
class Node:
    """A page of the course as its newest revision has it, and its place in the outline."""

    page: Page  # the row in the tree
    draft: Page  # the page as the revision says
    revision_id: int
    content: dict[str, Any]
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    number: str = ""
    released: ReleaseItem | None = None  # where the current release has the same revision
    fit: bool = False  # was checked in full, and nothing is to mend in the page itself
    media: list[str] | None = None  # what it holds of images and documents, once it was asked

    def take_over(self, before: "Node") -> None:
        """What was worked out of the same revision before."""
        self.fit = before.fit and before.unchanged == self.unchanged
        self.media = before.media
        self.digest = before.digest

    @cached_property
    def digest(self) -> str:
        return content_digest(type(self.draft), self.content)

    @property
    def unchanged(self) -> bool:
        return self.released is not None

    @property
    def kind(self) -> str:
        return KIND_OF_MODEL[type(self.draft)]

    @property
    def minutes(self) -> int:
        if self.kind == ItemKind.LESSON:
            return self.draft.estimated_duration
        return sum(child.minutes for child in self.children)


def read_draft(course: Page) -> list[Node]:
    """The course first, then every page that is not retired, in reading order; locks nothing.

    Reads every body of every lesson: slow work, for which nobody may have to wait. Whoever is
    about to write down what stands here asks ``hold_draft`` afterwards.
    """
    return _nodes(course, _staying(pages_of(course)), known={})


def read_pages(course: Page, pages: list[Page]) -> list[Node]:
    """Some pages of a course as their newest revisions have them; nothing around them is known.

    Their numbers, parents and children are for the caller to give.
    """
    return _nodes(course, pages, known={}) if pages else []


def hold_draft(course: Page, known: Iterable[Node]) -> list[Node]:
    """What ``read_draft`` tells, under the lock on every page: what is written next is true.

    Of ``known``, which was read before, whatever still is the newest revision of its page is
    taken as it is; what was saved meanwhile is read anew.
    """
    pages = _staying(lock_pages_of(course))
    return _nodes(course, pages, known={node.revision_id: node for node in known})


def _nodes(course: Page, pages: list[Page], known: Mapping[int, Node]) -> list[Node]:
    _give_revisions([page for page in pages if page.latest_revision_id is None])
    new = [page for page in pages if page.latest_revision_id not in known]
    contents = _contents(new)
    uuids = _uuids(new)
    released = {
        item.revision_id: item
        for item in ReleaseItem.objects.filter(
            release__course_id=course.pk, release__status=ReleaseStatus.CURRENT
        )
    }
    nodes: list[Node] = []
    ways: dict[str, Node] = {}
    for page in pages:
        before = known.get(page.latest_revision_id)
        content = before.content if before else contents[page.latest_revision_id]
        draft = before.draft if before else page_of(page.specific_class, content)
        uuid = before.draft.uuid if before else uuids[page.pk]
        node = Node(
            page=page,
            draft=_placed(draft, page, uuid),
            revision_id=page.latest_revision_id,
            content=content,
            parent=ways.get(page.path[: -Page.steplen]),
            released=released.get(page.latest_revision_id),
        )
        if before:
            node.take_over(before)
        if node.parent:
            node.parent.children.append(node)
            node.number = f"{node.parent.number}.{len(node.parent.children)}".lstrip(".")
        ways[page.path] = node
        nodes.append(node)
    read = {page.pk for page in new}
    _read_bodies([node for node in nodes if node.kind == ItemKind.LESSON and node.page.pk in read])
    return nodes


def _contents(pages: list[Page]) -> dict[int, dict[str, Any]]:
    keys = [page.latest_revision_id for page in pages]
    if not keys:
        return {}
    return dict(Revision.objects.filter(pk__in=keys).values_list("pk", "content"))


def _staying(pages: list[Page]) -> list[Page]:
    """Without the retired, and without what stands below a retired chapter."""
    below = pages[0].path
    retired: list[str] = []
    for model in (ChapterPage, LessonPage):
        leaving = model.objects.filter(path__startswith=below, retired=True)
        retired += leaving.values_list("path", flat=True)
    return [page for page in pages if not page.path.startswith(tuple(retired))]


def _give_revisions(pages: list[Page]) -> None:
    """Pages made by code may have none yet."""
    for page in pages:
        page.latest_revision_id = page.specific.save_revision(clean=False).pk


def _uuids(pages: list[Page]) -> dict[int, UUID]:
    uuids: dict[int, UUID] = {}
    for model in KIND_OF_MODEL:
        if keys := [page.pk for page in pages if page.specific_class is model]:
            uuids |= dict(model.objects.filter(pk__in=keys).values_list("pk", "uuid"))
    return uuids


def _placed(draft: Page, page: Page, uuid: UUID) -> Page:
    """The page as its revision says, at its place in the tree."""
    draft.uuid = uuid
    draft.path, draft.depth, draft.numchild = page.path, page.depth, page.numchild
    if "slug" in draft.unrevised_fields:
        draft.slug = page.slug
    draft._state.adding = False
    return draft


def _read_bodies(lessons: list[Node]) -> None:
    """Read all bodies at once, so that pictures and files come in a few queries."""
    if not lessons:
        return
    block = LessonPage.body.field.stream_block
    bodies = block.bulk_to_python([list(node.draft.body.raw_data) for node in lessons])
    for node, body in zip(lessons, bodies, strict=True):
        node.draft.body = body
