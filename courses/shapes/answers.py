"""What somebody gets who sent what has no shape: one page, or JSON for a program."""

import logging

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _

from .refusals import Misshapen

logger = logging.getLogger(__name__)

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def misshapen(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, with what to do. ``perfomix.urls.handler400`` names it.

    Only words that were written for a reader are shown; Django's own stay in the log.
    """
    message, code = _told(exception)
    logger.warning(
        "request refused for its shape", extra={"event": "request.misshapen", "code": code}
    )
    response: HttpResponse
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response = JsonResponse({"detail": message, "code": code}, status=400)
    else:
        response = render(request, "400.html", {"message": message}, status=400)
    add_never_cache_headers(response)
    patch_vary_headers(response, ["Accept"])
    return response


def _told(exception: Exception | None) -> tuple[str, str]:
    if isinstance(exception, Misshapen):
        return str(exception), exception.code
    if isinstance(exception, TOO_LARGE):
        return _(
            "This form is larger than can be taken at once, so nothing was saved. Go back, "
            "copy what you wrote last, and send it in smaller parts."
        ), "too_large"
    return _(
        "What your browser sent is not what this page asks for, and nothing was changed. Go "
        "back, reload the page and try again."
    ), "misshapen"
