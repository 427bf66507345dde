"""The outline of a course as one learner sees it: what is done, what is left, what comes next.

Built from the rows of the current release joined with the learner's progress, in one query,
so that drafts are invisible and the cost is the same for ten lessons and for three hundred.
"""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import F, FilteredRelation, Q

from courses.models import ItemKind, ReleaseItem, ReleaseStatus
from learners.models import ProgressStatus


@dataclass(frozen=True)
class Step:
    """A lesson in the outline."""

    page_id: int
    uuid: UUID
    number: str
    title: str
    minutes: int
    content_type: str
    preview: bool
    has_quiz: bool
    status: str
    last_second: int
    is_new: bool
    is_open: bool = True

    @property
    def done(self) -> bool:
        return self.status == ProgressStatus.COMPLETED

    @property
    def percent(self) -> int:
        """How full the ring is: nothing, part of a known length, or done."""
        if self.done:
            return 100
        if self.status != ProgressStatus.IN_PROGRESS:
            return 0
        watched = round(100 * self.last_second / (self.minutes * 60)) if self.minutes else 0
        return max(8, min(92, watched))


@dataclass(frozen=True)
class Section:
    """A chapter and the lessons right below it; the first has no title in a flat course."""

    number: str
    title: str
    depth: int
    steps: list[Step] = field(default_factory=list)

    @property
    def minutes_left(self) -> int:
        return sum(step.minutes for step in self.steps if not step.done)

    @property
    def done(self) -> bool:
        return bool(self.steps) and all(step.done for step in self.steps)


@dataclass(frozen=True)
class Syllabus:
    """Everything the player shows of a course beside the lesson itself."""

    title: str
    slug: str
    sections: list[Section]

    @cached_property
    def steps(self) -> list[Step]:
        return [step for section in self.sections for step in section.steps]

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
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    @property
    def finished(self) -> bool:
        return bool(self.steps) and self.completed == self.total

    def find(self, uuid) -> Step | None:
        return next((step for step in self.steps if step.uuid == uuid), None)

    def neighbours(self, uuid) -> tuple[Step | None, Step | None]:
        """The lessons before and after, in reading order."""
        at = next((i for i, step in enumerate(self.steps) if step.uuid == uuid), None)
        if at is None:
            return None, None
        before = self.steps[at - 1] if at else None
        after = self.steps[at + 1] if at + 1 < self.total else None
        return before, after

    def resume_at(self, last: UUID | None) -> Step | None:
        """Where to go on: where one stopped, else the next that is not done, else the first."""
        if not self.steps:
            return None
        start = next((i for i, step in enumerate(self.steps) if step.uuid == last), 0)
        ahead = self.steps[start:] + self.steps[:start]
        return next((step for step in ahead if not step.done), self.steps[0])


def syllabus_of(*, course_id: int, enrollment=None, all_open: bool = True) -> Syllabus | None:
    """The current release of a course with ``enrollment``'s progress; None without a release.

    With ``all_open`` False only open previews are links. One query.
    """
    items = ReleaseItem.objects.filter(
        release__course=course_id, release__status=ReleaseStatus.CURRENT
    ).order_by("position")
    fields = [
        "page_id",
        "uuid",
        "number",
        "title",
        "slug",
        "minutes",
        "content_type",
        "preview",
        "has_quiz",
        "kind",
        "depth",
        "page__first_published_at",
    ]
    mine = {}
    if enrollment is not None:
        items = items.annotate(
            mine=FilteredRelation(
                "page__lessonpage__progress",
                condition=Q(page__lessonpage__progress__enrollment=enrollment.pk),
            )
        )
        mine = {"state": F("mine__status"), "second": F("mine__last_second")}
    rows = list(items.values(*fields, **mine))
    if not rows:
        return None
    bought_at = enrollment.purchased_at if enrollment is not None else None
    return _arrange(rows, bought_at, all_open)


def _arrange(rows, bought_at, all_open) -> Syllabus:
    course = next((row for row in rows if row["kind"] == ItemKind.COURSE), None)
    sections = [Section("", "", 0)]
    for row in rows:
        if row["kind"] == ItemKind.CHAPTER:
            sections.append(Section(row["number"], row["title"], row["depth"]))
        elif row["kind"] == ItemKind.LESSON:
            sections[-1].steps.append(_step(row, bought_at, all_open))
    if not sections[0].steps:
        sections.pop(0)
    return Syllabus(
        title=course["title"] if course else "",
        slug=course["slug"] if course else "",
        sections=sections,
    )


def _step(row, bought_at, all_open) -> Step:
    came_at = row["page__first_published_at"]
    status = row.get("state") or ProgressStatus.NOT_STARTED
    return Step(
        page_id=row["page_id"],
        uuid=row["uuid"],
        number=row["number"],
        title=row["title"],
        minutes=row["minutes"],
        content_type=row["content_type"],
        preview=row["preview"],
        has_quiz=row["has_quiz"],
        status=status,
        last_second=row.get("second") or 0,
        is_new=bool(
            bought_at and came_at and came_at > bought_at and status == ProgressStatus.NOT_STARTED
        ),
        is_open=all_open or row["preview"],
    )
