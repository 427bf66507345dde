"""What a producer's courses wait for: the list behind "My courses" and the dashboard."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.models import (
    Category,
    CoursePage,
    CourseRelease,
    CourseStatus,
    CourseTeamMember,
    LessonPage,
    ReleaseStatus,
)
from courses.people import Person


@dataclass
class OwnCourse:
    """One course as its team sees it in the editor."""

    course: CoursePage
    title: str  # of the latest draft, as all that is said below
    pattern: str
    lessons: int
    learners: int
    number: int | None  # of the current release
    in_review: bool
    led: bool  # by somebody who teaches; else it is neither sold nor reviewed
    note: str  # what a moderator asked for, while it is the last word
    missing: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        if self.in_review:
            return _("In review")
        if self.note:
            return _("Changes requested")
        return str(CourseStatus(self.course.status).label)

    @property
    def tone(self) -> str:
        """Class of the state's mark: waiting, asked, live or plain."""
        if self.in_review:
            return "waiting"
        if self.note:
            return "asked"
        return {"published": "live"}.get(self.course.status, "plain")

    @property
    def has_newer_draft(self) -> bool:
        return self.course.live and self.course.has_unpublished_changes and not self.in_review


def _count(queryset: QuerySet[Any]) -> Coalesce:
    counted = queryset.order_by().values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _lessons() -> QuerySet[Any]:
    """The lessons anywhere below the course of the outer query."""
    below = LessonPage.objects.filter(path__startswith=OuterRef("path"), retired=False)
    return below.annotate(one=OuterRef("pk"))


def own_courses(*, user: Person) -> list[OwnCourse]:
    """The courses of ``user``, the one touched last first. Three queries, at any number."""
    courses = list(
        CoursePage.objects.taught_by(user)
        .annotate(
            lesson_count=_count(_lessons()),
            is_led=Exists(CourseTeamMember.objects.leading().filter(course=OuterRef("pk"))),
            learner_count=Count("enrollments", filter=~Q(enrollments__status="refunded")),
        )
        .select_related("latest_revision")
        .order_by("-latest_revision_created_at", "-pk")
    )
    releases: dict[int, list[CourseRelease]] = {}
    latest_first = CourseRelease.objects.filter(
        Q(course__in=courses), ~Q(status=ReleaseStatus.SUPERSEDED)
    ).order_by("course_id", "-number")
    for release in latest_first:
        releases.setdefault(release.course_id, []).append(release)
    patterns = dict(Category.objects.values_list("pk", "pattern"))
    return [_own_course(course, releases.get(course.pk, []), patterns) for course in courses]


def _own_course(
    course: CoursePage, releases: list[CourseRelease], patterns: dict[int, str]
) -> OwnCourse:
    current = next((r for r in releases if r.status == ReleaseStatus.CURRENT), None)
    last = releases[0] if releases else None
    # The revision's JSON as it is: building the draft would cost seven queries a course.
    draft = course.latest_revision.content if course.latest_revision else course.serializable_data()
    return OwnCourse(
        course=course,
        title=draft["title"],
        pattern=patterns.get(draft.get("category"), ""),
        lessons=course.lesson_count,
        learners=course.learner_count,
        number=current.number if current else None,
        led=course.is_led,
        in_review=bool(last and last.status == ReleaseStatus.IN_REVIEW),
        note=(last.note or _("See the comments in the editor."))
        if last and last.status == ReleaseStatus.CHANGES_REQUESTED
        else "",
        missing=missing(draft, lessons=course.lesson_count),
    )


def missing(draft: dict[str, Any], *, lessons: int) -> list[str]:
    """What a course still lacks before a learner would buy it, in the editor's order."""
    wanted = [
        (draft.get("subtitle"), pgettext("still missing", "a subtitle")),
        (draft.get("description"), pgettext("still missing", "a description")),
        (draft.get("category"), pgettext("still missing", "a category")),
        (
            draft.get("what_you_will_learn", "[]") != "[]",
            pgettext("still missing", "what learners will be able to do"),
        ),
        (lessons, pgettext("still missing", "a first lesson")),
    ]
    return [name for value, name in wanted if not value]
