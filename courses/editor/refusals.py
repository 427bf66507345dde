"""Refusals that reach Wagtail's own views become a message instead of a broken page.

Our views turn a CourseError into a message themselves. Wagtail's do not know it: a
moderator who decides a moment after another, or a lesson emptied by a colleague between two
steps of submitting, would end in an error page.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from courses.errors import CourseError
from courses.shapes.json_texts import read_json
from courses.whereabouts import in_editor


class RefusalsInTheEditor:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only below the admin; whatever was begun has been rolled back by its verb."""
        if not in_editor(request) or not isinstance(exception, CourseError):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"detail": str(exception), "code": exception.code}, status=409)
        messages.error(request, str(exception))
        if words := _comment_of(request):
            said = _("You wrote, and it was not sent: “%(words)s”")
            messages.warning(request, said % {"words": words})
        back = request.headers.get("Referer", "")
        allowed = url_has_allowed_host_and_scheme(
            back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        return redirect(back if allowed else "wagtailadmin_home")


def _comment_of(request: HttpRequest) -> str:
    """What was said with a decision in Wagtail's dialog; the editor posts it along as JSON."""
    try:
        posted = read_json(request.POST.get("workflow-action-extra-data", "{}"))
    except ValueError:
        posted = None
    said = posted.get("comment") if isinstance(posted, dict) else None
    return str(said or request.POST.get("comment", "")).strip()
