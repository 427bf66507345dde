"""Where a course stands, in one word with its mark, as its team reads it everywhere."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.models import (
    ChapterPage,
    CoursePage,
    CourseRelease,
    LessonPage,
    ReleaseStatus,
)

# Behind every path below a page, and before that of the next page: steps are of A to Z and digits.
LAST = Value("ZZZZZ")


@dataclass(frozen=True)
class CourseState:
    """``tone`` is the class of its mark: draft, changed, review, live or retired."""

    tone: str
    word: str
    number: int | None  # of the release that learners see
    note: str  # what a moderator asked for, while it is the last word

    @property
    def in_review(self) -> bool:
        return self.tone == "review"


def told_of_releases(course: OuterRef) -> QuerySet[CourseRelease, Any]:
    """What ``state_of`` wants to know of a course: its last submission, and what learners see."""
    submissions = CourseRelease.objects.submissions().filter(course=OuterRef("course"))
    last = Subquery(submissions.order_by("-number").values("number")[:1])
    telling = Q(status=ReleaseStatus.CURRENT) | Q(number=last)
    told = JSONObject(
        number="shown_number",
        status="status",
        note="note",
        is_submission=Q(workflow_state__isnull=False),
    )
    return (
        CourseRelease.objects.filter(telling, course=course).order_by("-number").values(told=told)
    )


def leaving_chapters() -> QuerySet[ChapterPage, Any]:
    """Of courses: the paths of their chapters that leave, with all that stands in them."""
    return ChapterPage.objects.filter(retired=True, **_below()).order_by().values("path")


def differs_from_release() -> Q:
    """Of courses: that a page of theirs has words that learners do not see, or leaves."""
    below = _below()
    staying = Q(retired=False, has_unpublished_changes=True)
    leaving = Q(retired=True, live=True)
    parts = [
        model.objects.filter(staying | leaving, **below) for model in (LessonPage, ChapterPage)
    ]
    differs = Q(has_unpublished_changes=True)
    for pages in parts:
        differs |= Q(Exists(pages.order_by()))
    return differs


def state_of(course: CoursePage, told: list[dict[str, Any]], *, differs: bool) -> CourseState:
    """``told`` as ``told_of_releases`` has it, ``differs`` as ``differs_from_release``."""
    current = next((one for one in told if one["status"] == ReleaseStatus.CURRENT), None)
    submitted = [one for one in told if one["is_submission"]]
    last = submitted[0] if submitted else {"status": "", "note": ""}
    number = current["number"] if current else None
    note = ""
    if last["status"] == ReleaseStatus.CHANGES_REQUESTED:
        note = last["note"] or _("See the comments in the editor.")
    tone, word = _mark(course, last["status"], number, differs=differs)
    return CourseState(tone=tone, word=word, number=number, note=note)


def _mark(course: CoursePage, last: str, number: int | None, *, differs: bool) -> tuple[str, str]:
    if last == ReleaseStatus.IN_REVIEW:
        return "review", pgettext("state of a course", "In review")
    if last == ReleaseStatus.CHANGES_REQUESTED:
        return "changed", pgettext("state of a course", "Changes requested")
    if course.archived_at:
        return "retired", pgettext("state of a course", "Archived")
    if not course.live:
        return "draft", pgettext("state of a course", "Draft")
    if not differs:
        return "live", pgettext("state of a course", "Live")
    if number is None:
        return "changed", pgettext("state of a course", "Changed")
    return "changed", _("Changed since release %(number)s") % {"number": number}


def _below() -> dict[str, Any]:
    """What stands anywhere below the course of an outer query."""
    return {"path__gt": OuterRef("path"), "path__lt": Concat(OuterRef("path"), LAST)}
