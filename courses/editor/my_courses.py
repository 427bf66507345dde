"""What a producer's courses wait for: the list behind "My courses" and the dashboard."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    Exists,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Revision

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
from courses.records.cursors import KeysetPage, SortKey, keyset_page

ON_A_PAGE = 20
NEVER = Value(datetime(1970, 1, 1, tzinfo=UTC))
TOUCHED_LAST = SortKey("touched_at", kind=datetime)


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


def own_courses(*, user: Person, size: int = ON_A_PAGE, cursor: str = "") -> KeysetPage:
    """A page of the courses of ``user``, the one touched last first.

    Three queries, and none of them reads more than the courses of this page. Raises CursorError.
    """
    page = keyset_page(
        CoursePage.objects.taught_by(user).annotate(
            touched_at=Coalesce("latest_revision_created_at", NEVER),
            is_led=Exists(CourseTeamMember.objects.leading().filter(course=OuterRef("pk"))),
            # PostgreSQL asks these of the rows that are left when the others are cut off.
            draft=Subquery(
                Revision.objects.filter(pk=OuterRef("latest_revision_id")).values("content")
            ),
            learners=Subquery(_learners_of(OuterRef("pk"))),
            told=ArraySubquery(_releases_of(OuterRef("pk"))),
        ),
        order=TOUCHED_LAST,
        size=size,
        cursor=cursor,
        scope=f"own-courses{user.pk}",
    )
    lessons = _lessons_in(page.rows)
    patterns = dict(Category.objects.values_list("pk", "pattern"))
    rows = [_own_course(row, patterns, lessons=lessons.get(row.pk, 0)) for row in page.rows]
    return replace(page, rows=rows)


def _lessons_in(courses: list[CoursePage]) -> dict[int, int]:
    """How many lessons stand anywhere below each course.

    Paths are named one by one: compared with a column, the index on paths would not be used.
    """
    if not courses:
        return {}
    below = {course.pk: Q(path__startswith=course.path) for course in courses}
    lessons = (
        LessonPage.objects.filter(reduce(or_, below.values()), retired=False)
        .order_by()
        .annotate(course_key=Case(*(When(is_in, then=Value(pk)) for pk, is_in in below.items())))
    )
    return dict(lessons.values_list("course_key").annotate(Count("pk")))


def _learners_of(course: OuterRef) -> QuerySet[CoursePage, Any]:
    """How many study a course or have finished it; read from an index alone."""
    kept = FilteredRelation("enrollments", condition=~Q(enrollments__status="refunded"))
    one = CoursePage.objects.filter(pk=course).order_by().annotate(kept=kept).values("pk")
    return one.annotate(learners=Count("kept__course")).values("learners")


def _releases_of(course: OuterRef) -> QuerySet[CourseRelease, Any]:
    """What is said of its releases, the latest first."""
    lasting = CourseRelease.objects.filter(course=course).exclude(status=ReleaseStatus.SUPERSEDED)
    told = JSONObject(number="number", status="status", note="note")
    return lasting.order_by("-number").values(told=told)


def _own_course(course: Any, patterns: dict[int, str], *, lessons: int) -> OwnCourse:
    current = next((one for one in course.told if one["status"] == ReleaseStatus.CURRENT), None)
    last = course.told[0] if course.told else {"status": "", "note": ""}
    # The revision's JSON as it is: building the draft would cost seven queries a course.
    draft: dict[str, Any] = course.draft or _as_written(course)
    return OwnCourse(
        course=course,
        title=draft["title"],
        pattern=patterns.get(draft.get("category") or 0, ""),
        lessons=lessons,
        learners=course.learners,
        number=current["number"] if current else None,
        led=course.is_led,
        in_review=last["status"] == ReleaseStatus.IN_REVIEW,
        note=(last["note"] or _("See the comments in the editor."))
        if last["status"] == ReleaseStatus.CHANGES_REQUESTED
        else "",
        missing=missing(draft, lessons=lessons),
    )


def _as_written(course: CoursePage) -> dict[str, Any]:
    """As much of a revision's JSON as is read here, of a course that has none."""
    return {
        "title": course.title,
        "subtitle": course.subtitle,
        "description": course.description,
        "category": course.category_id,
        "what_you_will_learn": course.outcome_list or "[]",
    }


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
