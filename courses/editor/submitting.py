"""Views: before a course is submitted, and submitting it."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from courses.checks.conditions import Condition
from courses.checks.ready import readiness_of
from courses.errors import CourseError, SubmissionRefused
from courses.models import CoursePage
from courses.models.drafts import DraftPage
from courses.people import signed_in
from courses.releases import submit_course
from courses.releases.promptness import median_review_days
from courses.releases.selectors import last_word
from courses.wording.apart import apart
from courses.wording.money import format_price
from courses.wording.numbers import in_words

from .advice import Taken, advice_told, put_advice_back, take_advice_out
from .frame import course_frame, course_in_frame, frame_context
from .onward import course_of
from .states import CourseState
from .submission import SAVED_AND_SUBMITTED, missing_of


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
            "fine": [_told_of(condition, course) for condition in readiness.fine],
            "advice": advice_told(readiness),
            "advice_taken": request.session.get(_key(course)),
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


@require_POST
def take_out_advice(request: HttpRequest, course_id: int) -> HttpResponse:
    """What is left of a template's words leaves all drafts of the course."""
    user = signed_in(request)
    course = _taught(request, course_id)
    taken = take_advice_out(course=course, by=user)
    if taken.pieces:
        request.session[_key(course)] = asdict(taken)
    else:
        messages.info(request, _("None of the template’s advice is left."))
    return redirect("studio:before_you_submit", course.pk)


@require_POST
def put_back_advice(request: HttpRequest, course_id: int) -> HttpResponse:
    user = signed_in(request)
    course = _taught(request, course_id)
    told = request.session.pop(_key(course), None)
    back = put_advice_back(course=course, taken=Taken(**told), by=user) if told else 0
    if back:
        messages.success(request, _("The template’s advice is back where nobody wrote since."))
    else:
        messages.info(request, _("There is no advice to put back."))
    return redirect("studio:before_you_submit", course.pk)


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


def _taught(request: HttpRequest, course_id: int) -> CoursePage:
    """Whoever only looks on, as an admin does, changes no words. Raises Http404."""
    course: Any = course_in_frame(user=signed_in(request), course_id=course_id)
    if not course.permissions_for_user(request.user).can_edit():
        raise Http404
    return course


def _key(course: CoursePage) -> str:
    """In the session: what was taken out last."""
    return f"advice-taken-{course.pk}"


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


@dataclass(frozen=True)
class Fine:
    """What is fine, in one sentence; ``url`` leads to where it may still be chosen otherwise."""

    label: str
    url: str = ""


def _told_of(condition: Condition, course: CoursePage) -> Fine:
    """Of the price, what it is: nobody shall find out later that a course went out free."""
    if condition != Condition.PRICE:
        return Fine(str(condition.label))
    price, currency = course.price, course.currency
    if course.latest_revision:
        # From the draft's JSON: to build the page asks for all its relations.
        draft = course.latest_revision.content
        price, currency = Decimal(draft["price"] or 0), draft["currency"]
    edit = reverse("wagtailadmin_pages:edit", args=[course.pk])
    if price:
        told = _("Learners pay %(price)s") % {"price": format_price(price, currency)}
    else:
        told = _("Free: learners pay nothing")
    return Fine(told, f"{edit}#:w:contentpath=price")


def _heading(to_mend: int, state: CourseState) -> str:
    if state.in_review:
        return _("It waits for a moderator")
    if state.tone == "live":
        return _("Learners have all that you wrote")
    if not to_mend:
        return _("Nothing stands between you and review")
    told = ngettext(
        "%(number)s thing stands between you and review",
        "%(number)s things stand between you and review",
        to_mend,
    )
    return told % {"number": in_words(to_mend, first=True)}
