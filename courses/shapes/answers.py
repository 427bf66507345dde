"""What somebody gets who sent what has no shape: one page, or JSON for a program."""

import logging
from collections.abc import Callable

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
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
    if _is_program(request):
        response = JsonResponse({"detail": message, "code": code}, status=400)
    else:
        response = render(request, "400.html", {"message": message}, status=400)
    add_never_cache_headers(response)
    patch_vary_headers(response, ["Accept"])
    return response


class AddressesOfButtons:
    """405 in words. Django's own answer is a blank page, which is what somebody sees who opens the
    address of a button: by reloading, from the history, or once they have signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        if _is_program(request):
            detail = _("This address takes no %(method)s.") % {"method": request.method}
            told: HttpResponse = JsonResponse(
                {"detail": detail, "code": "method_not_allowed"}, status=405
            )
        else:
            told = render(request, "405.html", status=405)
        told["Allow"] = response["Allow"]
        add_never_cache_headers(told)
        patch_vary_headers(told, ["Accept"])
        return told


def _is_program(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


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
