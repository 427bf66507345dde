"""Views: a template's advice is taken out of a course with one press, and put back."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.errors import CourseError
from courses.models import CoursePage
from courses.people import signed_in

from .advice import Taken, put_advice_back, take_advice_out
from .frame import course_in_frame


@require_POST
def take_out_advice(request: HttpRequest, course_id: int) -> HttpResponse:
    """What is left of a template's words leaves all drafts of the course."""
    user = signed_in(request)
    course = course_in_frame(user=user, course_id=course_id)
    try:
        taken = take_advice_out(course=course, by=user)
    except CourseError as refusal:
        messages.error(request, str(refusal))
    else:
        if taken.pieces:
            request.session[_key(course)] = asdict(taken)
        else:
            messages.info(request, _("None of the template’s advice is left."))
    return redirect("studio:before_you_submit", course.pk)


@require_POST
def put_back_advice(request: HttpRequest, course_id: int) -> HttpResponse:
    """Where somebody wrote meanwhile, their words stay."""
    user = signed_in(request)
    course = course_in_frame(user=user, course_id=course_id)
    told = what_was_taken(request, course)
    try:
        back = put_advice_back(course=course, taken=Taken(**told), by=user) if told else 0
    except CourseError as refusal:
        messages.error(request, str(refusal))
        return redirect("studio:before_you_submit", course.pk)
    request.session.pop(_key(course), None)
    if back:
        messages.success(request, _("The template’s advice is back where nobody wrote since."))
    else:
        messages.info(request, _("There is no advice to put back."))
    return redirect("studio:before_you_submit", course.pk)


def what_was_taken(request: HttpRequest, course: CoursePage) -> dict[str, Any] | None:
    """Of the last press of this person: a ``Taken`` as the session keeps it."""
    found: dict[str, Any] | None = request.session.get(_key(course))
    return found


def _key(course: CoursePage) -> str:
    return f"advice-taken-{course.pk}"
