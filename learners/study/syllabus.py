"""The outline of a course as one learner sees it: what is done, what is left, what comes next.

The outline of the current release with the learner's marks on it, in two queries, so that
drafts are invisible and the cost is the same for ten lessons and for three hundred.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import F, FilteredRelation, Q

from courses.models import ItemKind, ReleaseItem, ReleaseStatus
from courses.releases.outline import Outline, OutlineNode, get_outline
from learners.models import Enrollment, ProgressStatus

# A lesson that was begun shows some of its ring, and never all of it before it is done.
BEGUN, NEARLY = 8, 92
# Seconds before its end at which a film is over.
CREDITS = 5


@dataclass(frozen=True)
class Mark:
    """What one learner did in a lesson."""

    status: str = ProgressStatus.NOT_STARTED
    last_second: int = 0
    is_new: bool = False


@dataclass(frozen=True)
class Step:
    """A lesson in the outline."""

    node: OutlineNode
    mark: Mark
    is_open: bool

    @property
    def uuid(self) -> UUID:
        return self.node.uuid

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
        second, end = self.mark.last_second, self.node.video_seconds
        return 0 if end and second >= end - CREDITS else second

    @property
    def is_new(self) -> bool:
        """Came into the course after it was bought and has not been opened."""
        return self.mark.is_new

    @property
    def done(self) -> bool:
        return self.mark.status == ProgressStatus.COMPLETED

    @property
    def percent(self) -> int:
        """How full the ring is: nothing, part of a known length, or done."""
        if self.done:
            return 100
        if self.mark.status != ProgressStatus.IN_PROGRESS:
            return 0
        seconds = self.node.video_seconds
        watched = round(100 * self.mark.last_second / seconds) if seconds else 0
        return max(BEGUN, min(NEARLY, watched))


@dataclass(frozen=True)
class Chapter:
    """A chapter in the outline, with what is left of all lessons below it."""

    node: OutlineNode
    minutes_left: int
    done: bool


@dataclass(frozen=True)
class Turn:
    """One thing met on the way through the outline; templates need no recursion for it."""

    opens: Chapter | None = None
    step: Step | None = None
    closes: bool = False


@dataclass(frozen=True)
class Syllabus:
    """Everything the player shows of a course beside the lesson itself."""

    outline: Outline
    marks: dict[int, Mark]
    all_open: bool = True

    @property
    def title(self) -> str:
        return self.outline.course_item.title if self.outline.course_item else ""

    @cached_property
    def steps(self) -> list[Step]:
        return [self._step(node) for node in self.outline.lessons]

    @property
    def total(self) -> int:
        return len(self.steps)

    @cached_property
    def completed(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means finished."""
        return 100 * self.completed // self.total if self.total else 0

    @cached_property
    def minutes_left(self) -> int:
        return sum(step.minutes for step in self.steps if not step.done)

    @property
    def finished(self) -> bool:
        return bool(self.steps) and self.completed == self.total

    def turns(self) -> Iterator[Turn]:
        """Chapters and lessons in reading order, each chapter opened and closed."""
        yield from self._turns(self.outline.nodes)

    def find(self, uuid: UUID) -> Step | None:
        return next((step for step in self.steps if step.uuid == uuid), None)

    def neighbours(self, uuid: UUID) -> tuple[Step | None, Step | None]:
        """The lessons before and after, in reading order."""
        before, after = self.outline.neighbours(uuid)
        return (self._step(before) if before else None, self._step(after) if after else None)

    def resume_at(self, last: UUID | None) -> Step | None:
        """Where to go on: where one stopped, else the next that is not done, else the first."""
        if not self.steps:
            return None
        start = next((i for i, step in enumerate(self.steps) if step.uuid == last), 0)
        ahead = self.steps[start:] + self.steps[:start]
        return next((step for step in ahead if not step.done), self.steps[0])

    def _step(self, node: OutlineNode) -> Step:
        mark = self.marks.get(node.page_id, Mark())
        return Step(node, mark, is_open=self.all_open or node.preview)

    def _turns(self, nodes: list[OutlineNode]) -> Iterator[Turn]:
        for node in nodes:
            if node.is_lesson:
                yield Turn(step=self._step(node))
                continue
            left = [step for step in map(self._step, node.lessons) if not step.done]
            yield Turn(
                opens=Chapter(
                    node,
                    minutes_left=sum(step.minutes for step in left),
                    done=bool(node.lessons) and not left,
                )
            )
            yield from self._turns(node.children)
            yield Turn(closes=True)


def syllabus_of(
    *, course_id: int, enrollment: Enrollment | None = None, all_open: bool = True
) -> Syllabus | None:
    """The current release of a course with ``enrollment``'s marks; None without a release.

    With ``all_open`` False only open previews may be entered. Two queries, one without an
    enrollment.
    """
    outline = get_outline(course_id)
    if not outline:
        return None
    return Syllabus(outline, _marks(enrollment) if enrollment else {}, all_open)


def _marks(enrollment: Enrollment) -> dict[int, Mark]:
    """What the learner did in each lesson of the current release, and which are new to them."""
    rows = (
        ReleaseItem.objects.filter(
            release__course=enrollment.course_id,
            release__status=ReleaseStatus.CURRENT,
            kind=ItemKind.LESSON,
        )
        .annotate(
            mine=FilteredRelation(
                "page__lessonpage__progress",
                condition=Q(page__lessonpage__progress__enrollment=enrollment.pk),
            )
        )
        .values_list(
            "page_id",
            F("mine__status"),
            F("mine__last_second"),
            F("page__first_published_at"),
        )
        .order_by()
    )
    return {
        page_id: Mark(
            status=status or ProgressStatus.NOT_STARTED,
            last_second=second or 0,
            is_new=bool(not status and came_at and came_at > enrollment.purchased_at),
        )
        for page_id, status, second, came_at in rows
    }
