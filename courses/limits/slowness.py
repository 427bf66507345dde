"""What somebody gets whose question took the database too long: a page, and not an error of ours.

The web role's statements end after ``statement_timeout`` (``perfomix.settings.base``), so that one
heavy question does not hold a process while others wait for it.
"""

import logging
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

QUERY_CANCELLED = "57014"  # PostgreSQL's name for it
AGAIN_IN = 60  # seconds


class TooSlowAnswered:
    """503 with what to do, wherever a statement of a view was cancelled."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not was_cancelled(exception):
            return None
        found = request.resolver_match
        logger.error(
            "a statement took too long",
            exc_info=exception,
            extra={"event": "statement.cancelled", "view": found.view_name if found else ""},
        )
        response: HttpResponse
        if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            detail = _("This took too long and was ended. Nothing was changed.")
            response = JsonResponse({"detail": detail, "code": "took_too_long"}, status=503)
        else:
            response = render(request, "503.html", status=503)
        response["Retry-After"] = str(AGAIN_IN)
        add_never_cache_headers(response)
        patch_vary_headers(response, ["Accept"])
        return response


def was_cancelled(exception: Exception) -> bool:
    """Whether PostgreSQL ended a statement of ours for its time."""
    cause = exception.__cause__
    return isinstance(exception, OperationalError) and (
        getattr(cause, "sqlstate", None) == QUERY_CANCELLED
    )
