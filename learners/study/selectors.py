"""Reads across tables for the pages of learners."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from courses.covers.pictures import COVER_FILTERS
from courses.models import CourseRendition, CourseTeamMember, ReleaseItem, TeamRole
from courses.people import Person
from courses.wording.facts import format_number, in_a_row
from learners.models import (
    Enrollment,
    EnrollmentStatus,
    LessonProgress,
    ProgressStatus,
    Review,
)

from .syllabus import Step, Syllabus, syllabus_of


@dataclass
class Shelf:
    """All courses of one person: where they stopped, and the rest by state."""

    current: Enrollment | None = None
    syllabus: Syllabus | None = None
    step: Step | None = None
    in_progress: list[Enrollment] = field(default_factory=list)
    not_started: list[Enrollment] = field(default_factory=list)
    finished: list[Enrollment] = field(default_factory=list)
    refunded: list[Enrollment] = field(default_factory=list)

    @property
    def tabs(self) -> list[tuple[str, str]]:
        """(anchor, text) of every state that has courses."""
        states = [
            ("in-progress", _("In progress"), self.in_progress),
            ("not-started", _("Not started"), self.not_started),
            ("finished", _("Finished"), self.finished),
            ("refunded", _("Refunded"), self.refunded),
        ]
        return [
            (anchor, in_a_row(text, format_number(n)))
            for anchor, text, rows in states
            if (n := len(rows))
        ]

    @property
    def is_empty(self) -> bool:
        lists = (self.in_progress, self.not_started, self.finished, self.refunded)
        return self.current is None and not any(lists)


def shelf_of(user: Person) -> Shelf:
    """My learning, in six queries whatever the number of courses.

    What was opened last and is not finished comes first and alone; within a state the
    latest opened or bought is on top.
    """
    leads = CourseTeamMember.objects.filter(role=TeamRole.LEAD).select_related("user")
    covers = CourseRendition.objects.filter(filter_spec__in=COVER_FILTERS.values())
    enrollments = list(
        _with_reviewed(Enrollment.objects.filter(user=user))
        .select_related("course__category", "course__thumbnail", "certificate")
        .prefetch_related(
            Prefetch("course__team", queryset=leads, to_attr="leads"),
            Prefetch("course__thumbnail__renditions", queryset=covers),
        )
    )
    enrollments.sort(key=lambda e: e.last_accessed or e.purchased_at, reverse=True)
    shelf = Shelf()
    for enrollment in enrollments:
        _list_for(shelf, enrollment).append(enrollment)
    if shelf.in_progress:
        latest = shelf.in_progress[0]
        shelf.syllabus = syllabus_of(course_id=latest.course_id, enrollment=latest)
        if shelf.syllabus:
            shelf.current = shelf.in_progress.pop(0)
            shelf.step = shelf.syllabus.resume_at(last_lesson(shelf.current))
    return shelf


def _with_reviewed(enrollments: QuerySet[Enrollment]) -> QuerySet[Enrollment]:
    """With ``reviewed``: whether their learner has said how the course was."""
    theirs = Review.objects.filter(course=OuterRef("course"), user=OuterRef("user"))
    return enrollments.annotate(reviewed=Exists(theirs))


def _list_for(shelf: Shelf, enrollment: Enrollment) -> list[Enrollment]:
    if enrollment.status == EnrollmentStatus.REFUNDED:
        return shelf.refunded
    if enrollment.status == EnrollmentStatus.COMPLETED:
        return shelf.finished
    return shelf.in_progress if enrollment.last_accessed else shelf.not_started


def last_lesson(enrollment: Enrollment | None) -> UUID | None:
    """The UUID of the lesson that was opened last, or None."""
    if enrollment is None:
        return None
    return (
        LessonProgress.objects.filter(enrollment=enrollment)
        .order_by("-last_accessed", "-pk")
        .values_list("lesson__uuid", flat=True)
        .first()
    )


@dataclass(frozen=True)
class PastLesson:
    """A lesson in somebody's history, under the title it was last released with."""

    uuid: UUID
    title: str
    status: str
    completion_date: datetime | None
    last_accessed: datetime | None
    retired: bool

    @property
    def done(self) -> bool:
        return self.status == ProgressStatus.COMPLETED


def history_of(enrollment: Enrollment, syllabus: Syllabus | None) -> list[PastLesson]:
    """Everything that was opened, in the order of the course; then what has left it since.

    What has left stands with the latest opened first.
    """
    opened = LessonProgress.objects.filter(enrollment=enrollment)
    rows = list(
        opened.order_by("-last_accessed", "-pk").values(
            "lesson_id", "lesson__uuid", "status", "completion_date", "last_accessed"
        )
    )
    current = {step.page_id: step for step in syllabus.steps} if syllabus else {}
    places = {pk: place for place, pk in enumerate(current)}
    rows.sort(key=lambda row: places.get(row["lesson_id"], len(places)))
    gone = [row["lesson_id"] for row in rows if row["lesson_id"] not in current]
    titles = dict(
        ReleaseItem.objects.filter(page_id__in=gone, release__course=enrollment.course_id)
        .order_by("page_id", "release__number")
        .values_list("page_id", "title")
    )
    return [
        PastLesson(
            uuid=row["lesson__uuid"],
            title=current[pk].title if (pk := row["lesson_id"]) in current else titles.get(pk, ""),
            status=row["status"],
            completion_date=row["completion_date"],
            last_accessed=row["last_accessed"],
            retired=pk not in current,
        )
        for row in rows
    ]


def enrollment_in(uuid: UUID, user: Person) -> Enrollment | None:
    """The enrollment of ``user`` in the course with this UUID, the course with it; also one
    that was refunded.
    """
    return (
        _with_reviewed(Enrollment.objects.filter(course__uuid=uuid, user=user))
        .select_related("course__category", "certificate")
        .first()
    )
