"""What a producer's courses wait for: the list behind "My courses" and the dashboard."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

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
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import pgettext
from wagtail.models import Revision

from courses.checks.ready import Summary, place, state_told, summaries_of
from courses.covers.addresses import generated_cover_url
from courses.covers.pictures import CoverImage, thumbnails_of
from courses.models import Category, CoursePage, CourseTeamMember, LessonPage
from courses.people import Person
from courses.records.cursors import KeysetPage, SortKey, keyset_page

from .states import (
    CourseState,
    differs_from_release,
    leaving_chapters,
    state_of,
    told_of_releases,
)
from .submission import SUBMITTABLE
from .tabs import outline_address

ON_A_PAGE = 20
NEVER = Value(datetime(1970, 1, 1, tzinfo=UTC))
TOUCHED_LAST = SortKey("touched_at", kind=datetime)


@dataclass(frozen=True)
class MissingPart:
    name: str
    url: str


@dataclass(frozen=True)
class OwnCourse:
    """One course as its team sees it in the studio."""

    course: CoursePage
    title: str  # of the latest draft, as all that is said below
    cover: CoverImage  # the draft's thumbnail, else what is drawn
    lessons: int
    learners: int
    state: CourseState
    led: bool  # by somebody who teaches; else it is neither sold nor reviewed
    ready: Summary | None  # what the checks found last, where that is still true
    missing: list[MissingPart] = field(default_factory=list)
    is_told_above: bool = False  # what a moderator asked for stands in a row of its own

    @property
    def outline_url(self) -> str:
        return outline_address(self.course.pk)

    @property
    def submit_url(self) -> str:
        return reverse("studio:submit", args=[self.course.pk])

    @property
    def before_url(self) -> str:
        return reverse("studio:before_you_submit", args=[self.course.pk])

    @property
    def waits_for_submission(self) -> bool:
        return self.state.tone in SUBMITTABLE

    @property
    def next_step(self) -> str:
        """What comes next: ``submit``, ``mend``, ``answer`` what was asked, or ``write``."""
        if self.state.note:
            return "answer"
        if self.waits_for_submission and self.ready is not None:
            return "mend" if self.ready.problems else "submit"
        return "write"


def own_courses(*, user: Person, size: int = ON_A_PAGE, cursor: str = "") -> KeysetPage:
    """A page of the courses of ``user``, the one touched last first.

    Three queries and one for their pictures, and none of them reads more than the courses of this
    page. Raises CursorError.
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
            told=ArraySubquery(told_of_releases(OuterRef("pk"))),
            leaving=ArraySubquery(leaving_chapters()),
            differs=Case(When(differs_from_release(), then=Value(True)), default=Value(False)),
        ),
        order=TOUCHED_LAST,
        size=size,
        cursor=cursor,
        scope=f"own-courses{user.pk}",
    )
    lessons = _lessons_in(page.rows)
    patterns = dict(Category.objects.values_list("pk", "pattern"))
    told = {
        row.pk: state_told(row, lessons.get(row.pk, NONE).places, leaving=row.leaving)
        for row in page.rows
    }
    ready = summaries_of(told)
    # The revision's JSON as it is: building the draft would cost seven queries a course.
    drafts = {row.pk: row.draft or _as_written(row) for row in page.rows}
    covers = _covers_of(page.rows, drafts, patterns)
    rows = [
        _own_course(
            row,
            drafts[row.pk],
            cover=covers[row.pk],
            lessons=lessons.get(row.pk, NONE).number,
            ready=ready.get(row.pk),
        )
        for row in page.rows
    ]
    return replace(page, rows=rows)


class _Lessons(NamedTuple):
    """How many stay, and the sum of their places: see ``courses.checks.ready``."""

    number: int
    places: int


NONE = _Lessons(0, 0)


def _lessons_in(courses: list[Any]) -> dict[int, _Lessons]:
    """How many lessons stand anywhere below each course, and in no chapter that leaves it.

    Paths are named one by one: compared with a column, the index on paths would not be used.
    """
    if not courses:
        return {}
    below = {course.pk: Q(path__startswith=course.path) for course in courses}
    lessons = (
        LessonPage.objects.filter(reduce(or_, below.values()))
        .order_by()
        .annotate(course_key=Case(*(When(is_in, then=Value(pk)) for pk, is_in in below.items())))
    )
    stays = Q(retired=False)
    for path in (path for course in courses for path in course.leaving):
        stays &= ~Q(path__startswith=path)
    counted = lessons.values_list("course_key").annotate(
        number=Count("pk", filter=stays), places=Sum(place())
    )
    return {key: _Lessons(number, places) for key, number, places in counted}


def _learners_of(course: OuterRef) -> QuerySet[CoursePage, Any]:
    """How many study a course or have finished it; read from an index alone."""
    kept = FilteredRelation("enrollments", condition=~Q(enrollments__status="refunded"))
    one = CoursePage.objects.filter(pk=course).order_by().annotate(kept=kept).values("pk")
    return one.annotate(learners=Count("kept__course")).values("learners")


def _covers_of(
    courses: list[CoursePage], drafts: dict[int, dict[str, Any]], patterns: dict[int, str]
) -> dict[int, CoverImage]:
    """What each draft shows, as the public site would."""
    thumbnails = {key: draft.get("thumbnail") or 0 for key, draft in drafts.items()}
    made = thumbnails_of(filter(None, thumbnails.values()))

    def drawn(course: CoursePage) -> CoverImage:
        pattern = patterns.get(drafts[course.pk].get("category") or 0, "")
        return CoverImage(generated_cover_url(seed=course.uuid, pattern=pattern))

    return {one.pk: made.get(thumbnails[one.pk]) or drawn(one) for one in courses}


def _own_course(
    course: Any,
    draft: dict[str, Any],
    *,
    cover: CoverImage,
    lessons: int,
    ready: Summary | None,
) -> OwnCourse:
    return OwnCourse(
        course=course,
        title=draft["title"],
        cover=cover,
        lessons=lessons,
        learners=course.learners,
        state=state_of(course, course.told, differs=course.differs),
        led=course.is_led,
        ready=ready,
        missing=missing(draft, course_id=course.pk, lessons=lessons),
    )


def _as_written(course: CoursePage) -> dict[str, Any]:
    """As much of a revision's JSON as is read here, of a course that has none."""
    return {
        "title": course.title,
        "subtitle": course.subtitle,
        "description": course.description,
        "category": course.category_id,
        "thumbnail": course.thumbnail_id,
        "what_you_will_learn": json.dumps([{"value": line} for line in course.outcome_list]),
    }


def _has_lines(written: str) -> bool:
    """Whether anything stands in a list of a revision."""
    return any((line.get("value") or "").strip() for line in json.loads(written))


def missing(draft: dict[str, Any], *, course_id: int, lessons: int) -> list[MissingPart]:
    """What a course still lacks before a learner would buy it, in the editor's order."""
    wanted = [
        ("subtitle", draft.get("subtitle"), pgettext("still missing", "a subtitle")),
        ("description", draft.get("description"), pgettext("still missing", "a description")),
        ("category", draft.get("category"), pgettext("still missing", "a category")),
        (
            "what_you_will_learn",
            _has_lines(draft.get("what_you_will_learn", "[]")),
            pgettext("still missing", "what learners will be able to do"),
        ),
    ]
    edit = reverse("wagtailadmin_pages:edit", args=[course_id])
    found = [
        MissingPart(name, f"{edit}#:w:contentpath={field}")
        for field, value, name in wanted
        if not value
    ]
    if not lessons:
        first = pgettext("still missing", "a first lesson")
        found.append(MissingPart(first, outline_address(course_id)))
    return found
