"""Views in the editor: my courses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.errors import CursorError
from courses.models.team import may_teach
from courses.people import signed_in
from courses.teams.invitations import invitations_to

from .my_courses import own_courses


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
            "invitations": invitations_to(signed_in(request)),
            "header_title": _("My courses"),
            "header_icon": "folder-open-inverse",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": "", "label": _("My courses")},
            ],
            "may_create": may_teach(request.user),
        },
    )
