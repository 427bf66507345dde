"""What stands around every page of a course in the studio: trail, state, tabs, next verb.

A view asks ``course_in_frame`` for the course (one statement, 404 for what is not the person's),
puts ``frame_context`` into its context and extends ``courses/editor/course_frame.html``. Views
on a floor below, and Wagtail's own editor, leave it to the tag ``course_frame``.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.checks.ready import Readiness, readiness_of
from courses.isolation.policies import group_page_actions
from courses.models import CourseImport, CoursePage, CourseTeamMember, LessonPage
from courses.people import Person, Visitor
from courses.wording.apart import apart

from .onward import Neighbours, neighbours_of
from .states import CourseState, differs_from_release, state_of, told_of_releases
from .submission import SUBMITTABLE, Submission, submission_of
from .tabs import CourseTab, outline_address, tabs_of

Crumb = dict[str, str | None]


@dataclass(frozen=True)
class CourseFrame:
    """``page`` is the chapter or lesson that is edited, where it is not the course itself."""

    course: CoursePage
    title: str  # of the latest draft
    language: str
    state: CourseState
    tab: str  # which one is open
    tabs: list[CourseTab]
    outline_url: str
    view_url: str  # as a learner would see it
    public_url: str  # as learners see it, once they can
    history_url: str
    submission: Submission | None  # for the team, while something waits to be submitted
    report_url: str = ""  # of what the person brought it from
    page: Page | None = None
    neighbours: Neighbours | None = None  # of a lesson that is edited

    @property
    def standing_url(self) -> str:
        return f"{reverse('studio:standing', args=[self.course.pk])}?tab={self.tab}"

    @property
    def trail(self) -> list[Crumb]:
        """Courses, the course, and the page in it that is open."""
        trail: list[Crumb] = [
            {"url": reverse("studio:my_courses"), "label": _("Courses")},
            {"url": self.outline_url, "label": self.title},
        ]
        if self.page is not None:
            trail.append({"url": None, "label": self.page.get_admin_display_title()})
        return trail


def course_in_frame(*, user: Visitor, course_id: int) -> CoursePage:
    """A course that the person teaches, or any for an admin, with all that its frame tells.

    One statement. Raises Http404 for what is foreign as for what does not exist.
    """
    courses = _told(CoursePage.objects.filter(pk=course_id), user)
    if "change" not in group_page_actions(user):
        courses = courses.taught_by(user)
    course: CoursePage | None = courses.first()
    if course is None:
        raise Http404
    return course


def course_around(page: Page, *, user: Visitor) -> CoursePage | None:
    """The course of a chapter or lesson, or the course itself; refuses nobody. One statement."""
    ways = [page.path[:end] for end in range(Page.steplen, len(page.path) + 1, Page.steplen)]
    course: CoursePage | None = _told(CoursePage.objects.filter(path__in=ways), user).first()
    return course


def course_frame(
    course: CoursePage,
    *,
    user: Person,
    tab: str,
    page: Page | None = None,
    readiness: Readiness | None = None,
) -> CourseFrame:
    """``course`` as ``course_in_frame`` or ``course_around`` give it; ``tab`` names the open one.

    One statement for what is missing, where the view does not give it as ``readiness``; beyond
    it no more than the tabs do that count what waits.
    """
    told: Any = course if hasattr(course, "told") else course_around(course, user=user)
    state = state_of(told, told.told, differs=told.differs)
    submission = None
    if told.is_taught and state.tone in SUBMITTABLE:
        submission = submission_of(told, state, readiness or readiness_of(told))
    is_lesson = page is not None and page.specific_class is LessonPage
    to_mend = len(submission.missing) if submission else 0
    return CourseFrame(
        course=told,
        title=told.draft_title or told.title,
        language=told.language,
        state=state,
        tab=tab,
        tabs=[
            replace(one, is_current=one.name == tab) for one in tabs_of(told, user, to_mend=to_mend)
        ],
        outline_url=outline_address(told.pk),
        # Of a chapter there is nothing to see but the course around it.
        view_url=reverse(
            "wagtailadmin_pages:view_draft", args=[page.pk if page and is_lesson else told.pk]
        ),
        public_url=_public_address(told, state),
        history_url=reverse("wagtailadmin_pages:history", args=[(page or told).pk]),
        submission=submission,
        report_url=_report_of(told, user),
        page=page if page is not None and page.pk != told.pk else None,
        neighbours=neighbours_of(page, told) if page is not None and is_lesson else None,
    )


def frame_context(
    course: CoursePage,
    *,
    user: Person,
    tab: str,
    heading: str = "",
    readiness: Readiness | None = None,
) -> dict[str, Any]:
    """What ``course_frame.html`` reads.

    ``heading`` is said to screen readers, on pages that show no heading of the first order.
    """
    frame = course_frame(course, user=user, tab=tab, readiness=readiness)
    here = next((str(one.label) for one in frame.tabs if one.is_current), "")
    return {
        "course": course,
        "frame": frame,
        "header_title": f"{here}: {apart(frame.title)}" if here else frame.title,
        "heading": heading,
    }


def _public_address(course: CoursePage, state: CourseState) -> str:
    if state.number is None or course.archived_at:
        return ""
    return reverse("storefront:course", args=[course.slug])


def _report_of(told: Any, user: Person) -> str:
    """Whoever brought a course from elsewhere sees what came in, and nobody else."""
    if not told.brought_as or told.brought_by != user.pk:
        return ""
    return reverse("studio:import_report", args=[told.brought_as])


def _told(courses: QuerySet[CoursePage, Any], user: Visitor) -> Any:
    theirs = CourseTeamMember.objects.teaching().of(user).filter(course=OuterRef("pk"))
    # Of a copy there is no report.
    brought = CourseImport.objects.filter(course=OuterRef("pk")).exclude(file="").order_by("pk")
    return courses.annotate(
        is_taught=Exists(theirs),
        brought_as=Subquery(brought.values("key")[:1]),
        brought_by=Subquery(brought.values("person")[:1]),
        told=ArraySubquery(told_of_releases(OuterRef("pk"))),
        differs=Case(When(differs_from_release(), then=Value(True)), default=Value(False)),
    )
