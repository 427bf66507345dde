"""Views in the editor: my courses, a new course."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.errors import CourseError, CursorError
from courses.models.team import may_teach
from courses.people import signed_in
from courses.teams.members import create_course
from courses.wording.apart import apart

from .forms import NewCourseForm
from .my_courses import own_courses
from .waiting import invitations_that_wait


def my_courses(request: HttpRequest) -> HttpResponse:
    """The courses the person teaches, page by page, with what each of them waits for."""
    here = reverse("studio:my_courses")
    try:
        page = own_courses(user=signed_in(request), cursor=request.GET.get("at", ""))
    except CursorError:
        return redirect(here)
    return render(
        request,
        "courses/editor/my_courses.html",
        {
            "courses": page.rows,
            "newer": page.before and f"{here}?at={page.before}",
            "older": page.after and f"{here}?at={page.after}",
            "waits": invitations_that_wait(signed_in(request)),
            "header_title": _("Courses"),
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": "", "label": _("Courses")},
            ],
            "may_create": may_teach(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def new_course(request: HttpRequest) -> HttpResponse:
    form = NewCourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            course = create_course(producer=signed_in(request), **form.cleaned_data)
        except CourseError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("“%(title)s” is yours. Only your team can see it.")
                % {"title": apart(course.title)},
            )
            return redirect("wagtailadmin_pages:edit", course.pk)
    return render(
        request,
        "courses/editor/new_course.html",
        {
            "form": form,
            "header_title": _("New course"),
            "header_icon": "plus",
            "breadcrumbs_items": [
                {"url": reverse("studio:my_courses"), "label": _("Courses")},
                {"url": "", "label": _("New course")},
            ],
        },
    )
