"""The outline of a course as one learner sees it: what is done, what is left, what comes next.

The outline of the current release with the learner's marks on it, in two queries, so that
drafts are invisible and the cost is the same for ten lessons and for three hundred.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from courses.releases.outline import Outline, OutlineNode, get_outline
from learners.access.facts import IS_BEGUN, IS_DONE, Mark
from learners.models import Enrollment, LessonProgress, ProgressStatus

# A lesson that was begun shows some of its ring, and never all of it before it is done.
BEGUN, NEARLY = 8, 92
KINDS = {ProgressStatus.IN_PROGRESS.value: IS_BEGUN, ProgressStatus.COMPLETED.value: IS_DONE}
# Seconds before its end at which a film is over.
CREDITS = 5


@dataclass(frozen=True)
class Step:
    """A lesson in the outline."""

    node: OutlineNode
    mark: Mark | None  # of one that was opened
    is_open: bool
    is_new: bool = False  # came into the course after it was bought, and was not opened

    @property
    def uuid(self) -> UUID:
        return self.node.uuid

    @property
    def uuid_if_open(self) -> UUID | None:
        return self.node.uuid if self.is_open else None

    @property
    def number(self) -> str:
        return self.node.number

    @property
    def title(self) -> str:
        return self.node.title

    @property
    def minutes(self) -> int:
        return self.node.minutes

    @property
    def page_id(self) -> int:
        return self.node.page_id

    @property
    def starts_at(self) -> int:
        """The second its video goes on at; one that was watched to its end begins again."""
        second, end = self.mark.last_second if self.mark else 0, self.node.video_seconds
        return 0 if end and second >= end - CREDITS else second

    @property
    def done(self) -> bool:
        return bool(self.mark and self.mark.done)

    @property
    def percent(self) -> int:
        """How full the ring is: nothing, part of a known length, or done."""
        if self.done:
            return 100
        if not (self.mark and self.mark.begun):
            return 0
        seconds = self.node.video_seconds
        watched = round(100 * self.mark.last_second / seconds) if seconds else 0
        return max(BEGUN, min(NEARLY, watched))


@dataclass(frozen=True)
class Syllabus:
    """Everything the player shows of a course beside the lesson itself."""

    outline: Outline
    marks: Mapping[int, Mark]  # of lessons that were opened, by page
    since: datetime | None = None  # when the course was bought
    all_open: bool = True

    @property
    def title(self) -> str:
        return self.outline.course_item.title if self.outline.course_item else ""

    @cached_property
    def steps(self) -> list[Step]:
        return [self.step(node) for node in self.outline.lessons]

    @property
    def total(self) -> int:
        return self.outline.lesson_count

    @cached_property
    def done(self) -> set[int]:
        """Pages of the lessons that are done and still stand in the course."""
        return {pk for pk, mark in self.marks.items() if mark.done} & self.outline.minutes_of.keys()

    @property
    def completed(self) -> int:
        return len(self.done)

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means finished."""
        return 100 * self.completed // self.total if self.total else 0

    @cached_property
    def minutes_left(self) -> int:
        return self.outline.minutes - sum(map(self.outline.minutes_of.__getitem__, self.done))

    @property
    def finished(self) -> bool:
        return 0 < self.total == self.completed

    def find(self, uuid: UUID) -> Step | None:
        node = self.outline.find(uuid)
        return self.step(node) if node and node.is_lesson else None

    def neighbours(self, uuid: UUID) -> tuple[Step | None, Step | None]:
        """The lessons before and after, in reading order."""
        before, after = self.outline.neighbours(uuid)
        return (self.step(before) if before else None, self.step(after) if after else None)

    def resume_at(self, last: UUID | None) -> Step | None:
        """Where to go on: where one stopped, else the next that is not done, else the first."""
        if not self.steps:
            return None
        start = next((i for i, step in enumerate(self.steps) if step.uuid == last), 0)
        ahead = self.steps[start:] + self.steps[:start]
        return next((step for step in ahead if not step.done), self.steps[0])

    def step(self, node: OutlineNode) -> Step:
        mark = self.marks.get(node.page_id)
        is_new = bool(not mark and self.since and node.came_at and node.came_at > self.since)
        return Step(node, mark, is_open=self.all_open or node.preview, is_new=is_new)


def syllabus_of(
    *, course_id: int, enrollment: Enrollment | None = None, all_open: bool = True
) -> Syllabus | None:
    """The current release of a course with ``enrollment``'s marks; None without a release.

    With ``all_open`` False only open previews may be entered. Two queries, one without an
    enrollment.
    """
    return with_marks(
        get_outline(course_id),
        _marks(enrollment) if enrollment else {},
        enrollment=enrollment,
        all_open=all_open,
    )


def with_marks(
    outline: Outline,
    marks: Mapping[int, Mark],
    *,
    enrollment: Enrollment | None,
    all_open: bool = True,
) -> Syllabus | None:
    """An outline that was read, with marks that were. None when nothing is released."""
    if not outline:
        return None
    since = enrollment.purchased_at if enrollment else None
    return Syllabus(outline, marks, since, all_open)


def _marks(enrollment: Enrollment) -> dict[int, Mark]:
    """What the learner did in each lesson they opened, those that have left the course too."""
    rows = LessonProgress.objects.filter(enrollment=enrollment)
    return marks_of(rows.values_list(*MARKED))


# What of the progress in a lesson makes its mark.
MARKED = ("lesson_id", "status", "last_second")


def marks_of(rows: Iterable[tuple[int, str, int]]) -> dict[int, Mark]:
    """By lesson, in the order of ``rows``."""
    return {pk: Mark(pk, KINDS.get(status, 0), second) for pk, status, second in rows}
