"""A course as it is being written: its pages as nodes of a tree, in reading order."""

from dataclasses import dataclass, field
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

from .digest import page_of
from .locks import lock_pages_of

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
    """The course first, then every page that is not retired, in reading order."""
    pages = _staying(lock_pages_of(course))
    _give_revisions([page for page in pages if page.latest_revision_id is None])
    contents = dict(
        Revision.objects.filter(pk__in=[page.latest_revision_id for page in pages]).values_list(
            "pk", "content"
        )
    )
    released = {
        item.revision_id: item
        for item in ReleaseItem.objects.filter(
            release__course_id=course.pk, release__status=ReleaseStatus.CURRENT
        )
    }
    uuids = _uuids(pages)
    nodes: list[Node] = []
    ways: dict[str, Node] = {}
    for page in pages:
        content = contents[page.latest_revision_id]
        node = Node(
            page=page,
            draft=_draft(page, content, uuids[page.pk]),
            revision_id=page.latest_revision_id,
            content=content,
            parent=ways.get(page.path[: -Page.steplen]),
            released=released.get(page.latest_revision_id),
        )
        if node.parent:
            node.parent.children.append(node)
            node.number = f"{node.parent.number}.{len(node.parent.children)}".lstrip(".")
        ways[page.path] = node
        nodes.append(node)
    _read_bodies([node for node in nodes if node.kind == ItemKind.LESSON])
    return nodes


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
        keys = [page.pk for page in pages if page.specific_class is model]
        uuids |= dict(model.objects.filter(pk__in=keys).values_list("pk", "uuid"))
    return uuids


def _draft(page: Page, content: dict[str, Any], uuid: UUID) -> Page:
    """The page as its revision says, at its place in the tree."""
    draft = page_of(page.specific_class, content)
    draft.uuid = uuid
    draft.path, draft.depth, draft.numchild = page.path, page.depth, page.numchild
    if "slug" in draft.unrevised_fields:
        draft.slug = page.slug
    draft._state.adding = False
    return draft


def _read_bodies(lessons: list[Node]) -> None:
    """Read all bodies at once, so that pictures and files come in a few queries."""
    block = LessonPage.body.field.stream_block
    bodies = block.bulk_to_python([list(node.draft.body.raw_data) for node in lessons])
    for node, body in zip(lessons, bodies, strict=True):
        node.draft.body = body
