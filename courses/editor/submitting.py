"""Views: before a course is submitted, and submitting it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from courses.checks.guidance import pieces_told
from courses.checks.ready import readiness_of
from courses.errors import CourseError, SubmissionRefused
from courses.models import CoursePage
from courses.models.drafts import DraftPage
from courses.people import signed_in
from courses.releases import submit_course
from courses.releases.promptness import median_review_days
from courses.releases.selectors import last_word
from courses.wording.apart import apart
from courses.wording.numbers import in_words

from .advising import what_was_taken
from .frame import course_frame, course_in_frame, frame_context
from .onward import course_of
from .states import CourseState
from .submission import SAVED_AND_SUBMITTED, fine_of, missing_of


@require_safe
def before_you_submit(request: HttpRequest, course_id: int) -> HttpResponse:
    """Every condition a course must meet: what is to mend with the way to it, and what is fine."""
    user = signed_in(request)
    course = course_in_frame(user=user, course_id=course_id)
    readiness = readiness_of(course, anew=True)
    context = frame_context(course, user=user, tab="submit", readiness=readiness)
    frame = context["frame"]
    return render(
        request,
        "courses/editor/before_you_submit.html",
        {
            **context,
            "heading_shown": _heading(len(readiness.problems), frame.state),
            "readiness": readiness,
            "missing": missing_of(course, readiness),
            "fine": fine_of(course, readiness),
            "advice": pieces_told(problem.message for problem in readiness.problems),
            "advice_taken": what_was_taken(request, course),
            "release": last_word(course),
            "who_reads_it": who_reads_it(),
        },
    )


@require_POST
def submit(request: HttpRequest, course_id: int) -> HttpResponse:
    """Hand the course to the moderators; a second press finds it handed in, and says so."""
    return _hand_in(request, course_in_frame(user=signed_in(request), course_id=course_id))


def submit_what_is_typed(request: HttpRequest, page: Page) -> HttpResponse | None:
    """After the editor saved ``page`` of a course: hand the course in, if that was pressed."""
    if SAVED_AND_SUBMITTED not in request.POST or not isinstance(page, DraftPage):
        return None
    # One sentence tells the end of it, so not also that the page is saved.
    list(messages.get_messages(request))
    return _hand_in(request, course_in_frame(user=signed_in(request), course_id=course_of(page)))


@require_safe
def standing(request: HttpRequest, course_id: int) -> HttpResponse:
    """What the frame tells of the course now: fetched when something was saved by itself.

    ``?editor`` where the page around it is Wagtail's form, which saves before it submits.
    """
    user = signed_in(request)
    course = course_in_frame(user=user, course_id=course_id)
    frame = course_frame(course, user=user, tab=request.GET.get("tab", ""))
    told = {"frame": frame, "editor": "editor" in request.GET}
    return render(request, "courses/editor/standing.html", told)


def _hand_in(request: HttpRequest, course: CoursePage) -> HttpResponse:
    user = signed_in(request)
    title = {"title": apart(course.draft_title or course.title)}
    try:
        submit_course(course=course, user=user)
    except SubmissionRefused as refusal:
        count = len(refusal.problems)
        told = ngettext(
            "Not submitted yet: one thing is to mend first.",
            "Not submitted yet: %(count)s things are to mend first.",
            count,
        )
        messages.error(request, told % {"count": count})
    except CourseError as refusal:
        if refusal.code != "in_review_already":
            messages.error(request, str(refusal))
        else:
            messages.info(request, _("“%(title)s” is with the moderators already.") % title)
    else:
        done = _("“%(title)s” is submitted.") % title
        messages.success(request, f"{done} {who_reads_it()}")
    return redirect("studio:before_you_submit", course.pk)


def who_reads_it() -> str:
    """How long a submission waits, as far as past decisions tell it. One SQL."""
    days = median_review_days()
    if days is None:
        return _("A moderator reads it and answers here and by mail.")
    if days == 0:
        return _("A moderator reads it, usually within a day.")
    told = ngettext(
        "A moderator reads it, usually within %(days)s day.",
        "A moderator reads it, usually within %(days)s days.",
        days,
    )
    return told % {"days": days}


def _heading(to_mend: int, state: CourseState) -> str:
    if state.in_review:
        return _("It waits for a moderator")
    if state.tone == "live":
        return _("Learners have all that you wrote")
    if not to_mend:
        if state.note:
            return _("A moderator asked for changes")
        return _("Nothing stands between you and review")
    told = ngettext(
        "%(number)s thing stands between you and review",
        "%(number)s things stand between you and review",
        to_mend,
    )
    return told % {"number": in_words(to_mend, first=True)}
