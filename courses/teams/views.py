"""The people of a course, in the editor."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.errors import CourseError
from courses.isolation.policies import group_page_actions
from courses.models import CoursePage, CourseTeamMember, TeamInvitation
from courses.people import signed_in
from courses.swaps.answers import page_or_parts
from courses.wording.apart import apart

from .forms import InviteForm
from .invitations import (
    accept_invitation,
    decline_invitation,
    invite,
    withdraw_invitation,
)
from .members import make_lead, may_manage_team, remove_member


def _own_course(request: HttpRequest, course_id: int) -> CoursePage:
    """The course when the person teaches it or administers all; else 404."""
    courses = CoursePage.objects.all()
    if "change" not in group_page_actions(request.user):
        courses = courses.taught_by(request.user)
    return get_object_or_404(courses, pk=course_id)


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, course_id: int) -> HttpResponse:
    """The people of a course; a POST asks one to join by e-mail address."""
    course = _own_course(request, course_id)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite(course=course, by=signed_in(request), **form.cleaned_data)
        except CourseError as refusal:
            form.add_error("email", ValidationError(str(refusal), code=refusal.code))
        else:
            messages.success(
                request,
                _("%(address)s is invited. Whoever has this address decides.")
                % {"address": invitation.email},
            )
            return redirect("studio:team", course.pk)
    heading = _("Team of “%(title)s”") % {"title": apart(course.draft_title or course.title)}
    may_manage = may_manage_team(signed_in(request), course)
    return page_or_parts(
        request,
        page="courses/teams/team.html",
        parts="courses/teams/team_parts.html",
        context={
            "course": course,
            "form": form,
            "members": (members := list(course.team.select_related("user"))),
            "is_led": any(member.leads for member in members),
            "may_manage": may_manage,
            "invitations": course.invitations.waiting() if may_manage else [],
            "tab": "team",
            "header_title": heading,
            "heading": "",  # the page shows one
        },
    )


@require_POST
def change_member(request: HttpRequest, course_id: int, member_id: int, verb: str) -> HttpResponse:
    """Removes a member or makes them the lead."""
    course = _own_course(request, course_id)
    member = get_object_or_404(
        CourseTeamMember.objects.select_related("user", "course"), pk=member_id, course=course
    )
    try:
        match verb:
            case "remove":
                remove_member(member=member, by=signed_in(request))
                done = _("%(person)s is no longer on the team.")
            case "lead":
                make_lead(member=member, by=signed_in(request))
                done = _("%(person)s leads the course now.")
            case _:
                raise Http404
    except CourseError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done % {"person": apart(member.user)})
    if verb == "remove" and member.user_id == request.user.pk:
        return redirect("studio:my_courses")
    return redirect("studio:team", course.pk)


@require_POST
def withdraw(request: HttpRequest, course_id: int, invitation_id: int) -> HttpResponse:
    """The lead takes an invitation back."""
    course = _own_course(request, course_id)
    invitation = get_object_or_404(course.invitations, pk=invitation_id)
    try:
        withdraw_invitation(invitation=invitation, by=signed_in(request))
    except CourseError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("The invitation to %(address)s is taken back.") % {"address": invitation.email},
        )
    return redirect("studio:team", course.pk)


@require_POST
def answer(request: HttpRequest, invitation_id: int, verb: str) -> HttpResponse:
    """Whoever is invited says yes or no; an invitation to somebody else is not there."""
    invitation = get_object_or_404(
        TeamInvitation.objects.to(signed_in(request)).select_related("course"), pk=invitation_id
    )
    course = invitation.course
    try:
        match verb:
            case "accept":
                accept_invitation(invitation=invitation, by=signed_in(request))
            case "decline":
                decline_invitation(invitation=invitation, by=signed_in(request))
            case _other:
                raise Http404
    except CourseError as refusal:
        messages.error(request, str(refusal))
        return redirect("studio:my_courses")
    title = {"title": apart(course.draft_title or course.title)}
    if verb == "decline":
        messages.success(request, _("You declined the invitation to “%(title)s”.") % title)
        return redirect("studio:my_courses")
    messages.success(request, _("You are on the team of “%(title)s”.") % title)
    return redirect("studio:team", course.pk)
