"""The table of contents that a course page shows: the current release as a tree."""

from dataclasses import dataclass, field
from uuid import UUID

from courses.models import ItemKind, LessonKind, ReleaseItem, ReleaseStatus

QUIZ, READING, VIDEO = "Quiz", "Reading", "Video"
ICONS = {QUIZ: "list-checks", READING: "book-open", VIDEO: "play"}


@dataclass
class Line:
    """A chapter or a lesson of the contents; a chapter's minutes and lessons are its sums."""

    uuid: UUID
    number: str
    title: str
    kind: str
    minutes: int
    preview: bool = False
    description: str = ""
    lines: list["Line"] = field(default_factory=list)
    lessons: int = 0

    @property
    def is_chapter(self) -> bool:
        return self.kind == ItemKind.CHAPTER

    @property
    def icon(self) -> str:
        return ICONS.get(self.kind, "book-open")


@dataclass
class Contents:
    """What a release holds: the tree, and the sums that the buy box names.

    ``chapters`` are those on top; a chapter inside a chapter is part of it.
    """

    lines: list[Line]
    chapters: int
    lessons: int
    minutes: int
    videos: int
    video_minutes: int
    readings: int
    quizzes: int
    first_preview: Line | None

    @property
    def chapters_on_top(self) -> bool:
        return any(line.is_chapter for line in self.lines)


def course_contents(course_id: int) -> Contents:
    """Contents of the current release of a course, in one SQL at any number of lessons."""
    items = ReleaseItem.objects.filter(
        release__course_id=course_id, release__status=ReleaseStatus.CURRENT
    ).exclude(kind=ItemKind.COURSE)
    top: list[Line] = []
    by_item: dict[int, Line] = {}
    parents: dict[int, int | None] = {}
    lessons: list[tuple[Line, ReleaseItem]] = []
    for item in items.order_by("position"):
        line = by_item[item.pk] = _line(item)
        parents[item.pk] = item.parent_id
        above = by_item.get(item.parent_id)
        (above.lines if above else top).append(line)
        if line.is_chapter:
            continue
        lessons.append((line, item))
        parent = item.parent_id
        while parent in by_item:
            by_item[parent].minutes += line.minutes
            by_item[parent].lessons += 1
            parent = parents[parent]
    videos = [line for line, item in lessons if item.content_type != LessonKind.ARTICLE]
    return Contents(
        lines=top,
        chapters=sum(line.is_chapter for line in top),
        lessons=len(lessons),
        minutes=sum(line.minutes for line, _ in lessons),
        videos=len(videos),
        video_minutes=sum(line.minutes for line in videos),
        readings=len(lessons) - len(videos),
        quizzes=sum(item.has_quiz for _, item in lessons),
        first_preview=next((line for line, _ in lessons if line.preview), None),
    )


def _line(item: ReleaseItem) -> Line:
    kind = item.kind
    if kind == ItemKind.LESSON:
        reading = QUIZ if item.has_quiz else READING
        kind = reading if item.content_type == LessonKind.ARTICLE else VIDEO
    return Line(
        uuid=item.uuid,
        number=item.number,
        title=item.title,
        kind=kind,
        minutes=item.minutes if item.kind == ItemKind.LESSON else 0,
        preview=item.preview,
        description=item.description,
    )
