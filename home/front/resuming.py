"""Where a reader goes on: theirs alone, so it is read each time. In two statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from courses.covers.addresses import generated_cover_url
from courses.covers.pictures import CoverImage
from courses.models import CourseRelease, ReleaseStatus
from courses.people import Person
from courses.releases.outline import kept_outline
from courses.statements.compiled import Compiled
from learners.models import Enrollment, EnrollmentStatus, LessonProgress
from learners.study.syllabus import MARKED, Syllabus, marks_of


def _latest(user: UUID) -> QuerySet[Any, Any]:
    """The course that was opened last, with its card."""
    current = CourseRelease.objects.filter(
        course=OuterRef("course"), status=ReleaseStatus.CURRENT
    ).values("pk")
    card = ("uuid", "title", "language", "cover_url", "cover_srcset", "category__pattern")
    return (
        Enrollment.objects.filter(user=user, status=EnrollmentStatus.ACTIVE)
        .exclude(last_accessed=None)
        .order_by("-last_accessed", "-pk")
        .annotate(release=Subquery(current[:1]))
        .values_list(
            "pk", "last_accessed", "release", *(f"course__catalogue_entry__{name}" for name in card)
        )[:1]
    )


def _opened(enrollment: UUID) -> QuerySet[Any, Any]:
    """What was done in each lesson, the one that was opened last first."""
    return (
        LessonProgress.objects.filter(enrollment=enrollment)
        .order_by("-last_accessed", "-pk")
        .values_list(*MARKED)
    )


LATEST = Compiled(_latest, user=UUID)
OPENED = Compiled(_opened, enrollment=UUID)


@dataclass(frozen=True)
class Resume:
    """Where a reader goes on: the lesson that "Continue" opens."""

    course_uuid: UUID
    course: str
    language: str
    cover: CoverImage
    lesson: str
    number: str
    second: int  # where its video stands
    completed: int
    total: int
    percent: int
    at: datetime


def resume(user: Person) -> Resume | None:
    """The course that was opened last, at the lesson to continue with. Two SQL."""
    for pk, at, release, uuid, title, language, *cover in LATEST(user=user.pk):
        if release is None or uuid is None:
            return None
        marks = marks_of(OPENED(enrollment=pk))
        syllabus = Syllabus(kept_outline(release), marks)
        step = syllabus.resume_at(_uuid_of(next(iter(marks)), syllabus) if marks else None)
        if step is None:
            return None
        return Resume(
            course_uuid=uuid,
            course=title,
            language=language,
            cover=_cover(uuid, *cover),
            lesson=step.title,
            number=step.number,
            second=step.starts_at,
            completed=syllabus.completed,
            total=syllabus.total,
            percent=syllabus.percent,
            at=at,
        )
    return None


def _uuid_of(lesson: int, syllabus: Syllabus) -> UUID | None:
    """Of a lesson that still stands in the course."""
    return next((one.uuid for one in syllabus.outline.lessons if one.page_id == lesson), None)


def _cover(uuid: UUID, url: str, srcset: str, pattern: str | None) -> CoverImage:
    return CoverImage(url or generated_cover_url(seed=uuid, pattern=pattern or ""), srcset)
