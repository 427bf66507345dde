"""The people of a course, in the editor."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.errors import CourseError
from courses.isolation.policies import group_page_actions
from courses.models import CoursePage, CourseTeamMember
from courses.people import signed_in
from courses.swaps.answers import page_or_parts

from .forms import InviteForm
from .members import add_instructor, make_lead, may_manage_team, remove_member


def _own_course(request: HttpRequest, course_id: int) -> CoursePage:
    """The course when the person teaches it or administers all; else 404."""
    courses = CoursePage.objects.all()
    if "change" not in group_page_actions(request.user):
        courses = courses.taught_by(request.user)
    return get_object_or_404(courses, pk=course_id)


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, course_id: int) -> HttpResponse:
    """The people of a course; a POST adds one by e-mail address."""
    course = _own_course(request, course_id)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = add_instructor(course=course, by=signed_in(request), **form.cleaned_data)
        except CourseError as refusal:
            form.add_error("email", ValidationError(str(refusal), code=refusal.code))
        else:
            messages.success(request, _("%(person)s is on the team.") % {"person": member.user})
            return redirect("studio:team", course.pk)
    draft = course.get_latest_revision_as_object()
    return page_or_parts(
        request,
        page="courses/teams/team.html",
        parts="courses/teams/team_parts.html",
        context={
            "course": course,
            "form": form,
            "members": (members := list(course.team.select_related("user"))),
            "is_led": any(member.leads for member in members),
            "may_manage": may_manage_team(signed_in(request), course),
            "header_title": _("Team"),
            "header_icon": "group",
            "breadcrumbs_items": [
                {"url": reverse("studio:my_courses"), "label": _("My courses")},
                {
                    "url": reverse("wagtailadmin_pages:edit", args=[course.pk]),
                    "label": draft.title,
                },
                {"url": "", "label": _("Team")},
            ],
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
        messages.success(request, done % {"person": member.user})
    if verb == "remove" and member.user_id == request.user.pk:
        return redirect("studio:my_courses")
    return redirect("studio:team", course.pk)
