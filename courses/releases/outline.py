"""The outline that learners see: chapters and lessons of a release, in reading order.

Everything comes from the rows of the release in one query, so the outline costs the same at
any size, and draft moves, renames and new lessons do not show until they are approved.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from cachetools import LRUCache
from django.db.models import F, QuerySet

from courses.models import CourseRelease, ItemKind, LessonKind, ReleaseItem, ReleaseStatus

# Names in the icon sprite.
ICONS: dict[str, str] = {
    LessonKind.VIDEO: "play",
    LessonKind.ARTICLE: "book-open",
    LessonKind.MIXED: "play",
}
QUIZ_ICON = "list-checks"
# Chapters and lessons that a process remembers, of all releases together: some 10 MB.
MOST = 10_000


@dataclass(eq=False)
class OutlineNode:
    """A chapter or a lesson; ``minutes`` of a chapter are those of its lessons together."""

    item_id: int
    page_id: int
    uuid: UUID
    kind: str
    number: str
    title: str
    description: str
    minutes: int
    video_seconds: int
    depth: int
    content_type: str
    preview: bool
    has_quiz: bool
    came_at: datetime | None = None  # into the course, with its first release
    children: list["OutlineNode"] = field(default_factory=list)

    @property
    def is_lesson(self) -> bool:
        return self.kind == ItemKind.LESSON

    @property
    def is_chapter(self) -> bool:
        return self.kind == ItemKind.CHAPTER

    @property
    def icon(self) -> str:
        """Name of the icon of a lesson's kind; chapters have none."""
        if not self.is_lesson:
            return ""
        if self.has_quiz and self.content_type == LessonKind.ARTICLE:
            return QUIZ_ICON
        return ICONS.get(self.content_type, ICONS[LessonKind.ARTICLE])

    @cached_property
    def lessons(self) -> list["OutlineNode"]:
        """The lessons below a chapter, or the lesson itself, in reading order."""
        if self.is_lesson:
            return [self]
        return [lesson for child in self.children for lesson in child.lessons]

    @property
    def lesson_count(self) -> int:
        return len(self.lessons)

    @cached_property
    def minutes_below(self) -> int:
        """Of all lessons below a chapter, or of the lesson itself."""
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def has_video(self) -> bool:
        return self.is_lesson and self.content_type != LessonKind.ARTICLE


class Turn(NamedTuple):
    """One thing met on the way through the outline: a chapter that opens, or closes; a lesson."""

    node: OutlineNode
    closes: bool = False


@dataclass(eq=False)
class Outline:
    """A release as learners walk through it. Empty, and false, when nothing is released."""

    release: CourseRelease | None = None
    course_item: ReleaseItem | None = None
    nodes: list[OutlineNode] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.nodes)

    @cached_property
    def lessons(self) -> list[OutlineNode]:
        """Every lesson in reading order."""
        return [lesson for node in self.nodes for lesson in node.lessons]

    @cached_property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)

    @cached_property
    def minutes_of(self) -> dict[int, int]:
        """Minutes of each lesson, by its page."""
        return {lesson.page_id: lesson.minutes for lesson in self.lessons}

    @cached_property
    def turns(self) -> list[Turn]:
        """Chapters and lessons in reading order, each chapter opened and closed."""
        return list(_turns(self.nodes))

    @property
    def lesson_count(self) -> int:
        return len(self.lessons)

    @property
    def chapter_count(self) -> int:
        """As a reader counts them: a chapter inside a chapter is part of it."""
        return sum(node.is_chapter for node in self.nodes)

    @cached_property
    def preview(self) -> OutlineNode | None:
        """The first lesson that anybody may open."""
        return next((lesson for lesson in self.lessons if lesson.preview), None)

    def walk(self) -> Iterable[OutlineNode]:
        """Chapters and lessons in reading order."""
        stack = list(reversed(self.nodes))
        while stack:
            node = stack.pop()
            yield node
            stack += reversed(node.children)

    def find(self, uuid: UUID | str) -> OutlineNode | None:
        """The chapter or lesson with this UUID."""
        return self._by_uuid.get(UUID(str(uuid)))

    def neighbours(self, uuid: UUID | str) -> tuple[OutlineNode | None, OutlineNode | None]:
        """The lessons before and after; (None, None) for a lesson that is not in the outline."""
        node = self.find(uuid)
        if node is None or not node.is_lesson:
            return None, None
        at = self._place_of[node.page_id]
        before = self.lessons[at - 1] if at else None
        after = self.lessons[at + 1] if at + 1 < len(self.lessons) else None
        return before, after

    @cached_property
    def _place_of(self) -> dict[int, int]:
        return {lesson.page_id: place for place, lesson in enumerate(self.lessons)}

    @cached_property
    def _by_uuid(self) -> dict[UUID, OutlineNode]:
        return {node.uuid: node for node in self.walk()}


def get_outline(course_id: int) -> Outline:
    """The outline of the current release; one query."""
    current = ReleaseItem.objects.filter(
        release__course_id=course_id, release__status=ReleaseStatus.CURRENT
    )
    return _outline(_items(current).select_related("release"))


def get_release_outline(release: CourseRelease) -> Outline:
    """The outline of any release, for reviewers and history; one query."""
    outline = _outline(_items(ReleaseItem.objects.filter(release=release)))
    outline.release = release
    return outline


_kept: LRUCache[tuple[int, Hashable], Outline] = LRUCache(
    MOST, getsizeof=lambda one: len(one.turns) + 1
)
_lock = Lock()


def kept_outline(release_id: int, *, version: Hashable = None) -> Outline:
    """The outline of a release that learners saw, read once in a process: nobody edits one.

    But minutes may be worked out in a new way (``rereading``): for who must not be late even
    then, ``version`` is another one after it.
    """
    key = (release_id, version)
    with _lock:
        found = _kept.get(key)
    if found is None:
        shown = ReleaseItem.objects.filter(release=release_id)
        found = _outline(_items(shown).select_related("release"))
        if len(found.turns) < MOST:
            with _lock:
                _kept[key] = found
    return found


def forget() -> None:
    """For tests, which write releases over."""
    with _lock:
        _kept.clear()


def _items(rows: QuerySet[ReleaseItem]) -> QuerySet[ReleaseItem]:
    return rows.annotate(came_at=F("page__first_published_at")).order_by("position")


def _turns(nodes: Iterable[OutlineNode]) -> Iterator[Turn]:
    for node in nodes:
        yield Turn(node)
        if not node.is_lesson:
            yield from _turns(node.children)
            yield Turn(node, closes=True)


def _outline(items: Iterable[ReleaseItem]) -> Outline:
    outline = Outline()
    nodes: dict[int | None, OutlineNode] = {}
    for item in items:
        if item.kind == ItemKind.COURSE:
            outline.release, outline.course_item = item.release, item
            continue
        parent = nodes.get(item.parent_id)
        node = OutlineNode(
            item_id=item.pk,
            page_id=item.page_id,
            uuid=item.uuid,
            kind=item.kind,
            number=item.number,
            title=item.title,
            description=item.description,
            minutes=item.minutes,
            video_seconds=item.video_seconds,
            depth=item.depth,
            content_type=item.content_type,
            preview=item.preview,
            has_quiz=item.has_quiz,
            came_at=getattr(item, "came_at", None),
        )
        nodes[item.pk] = node
        (parent.children if parent else outline.nodes).append(node)
    return outline
