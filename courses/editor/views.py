"""Views in the editor: my courses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.errors import CursorError
from courses.models.team import may_teach
from courses.people import signed_in

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
