"""One view, two sizes of answer: the whole page, or only those of its parts that can change."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

# Read by swaps.js: an answer without it is a page, and is shown as one.
PARTS = "X-Parts"
ASKED_BY = "HX-Request"
OUT_OF_HISTORY = "HX-History-Restore-Request"


def page_or_parts(
    request: HttpRequest,
    *,
    page: str | Callable[[], str],
    parts: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """The template ``page``, or ``parts`` when htmx asks: same context, same status.

    ``page`` may be what draws it instead, for a page of which most was drawn before.

    Who may see it and what is refused was decided before, once for both.
    """
    asked = _asks_for_parts(request)
    if asked or isinstance(page, str):
        response = render(request, parts if asked else str(page), context, status=status)
    else:
        response = HttpResponse(page(), status=status)
    patch_vary_headers(response, [ASKED_BY, OUT_OF_HISTORY])
    if asked:
        response[PARTS] = "1"
    return response


def _asks_for_parts(request: HttpRequest) -> bool:
    """A page that comes back out of the browser's history comes back whole."""
    return ASKED_BY in request.headers and OUT_OF_HISTORY not in request.headers
