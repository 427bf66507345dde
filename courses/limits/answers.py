"""What somebody gets who tries too often: one page, or JSON for a program."""

from collections.abc import Callable
from math import ceil

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from courses.errors import TooOften


def too_often(request: HttpRequest, refusal: TooOften | None = None) -> HttpResponse:
    """429, with the seconds to wait where they are known.

    ``perfomix.urls.handler429`` names it: that is where allauth looks.
    """
    refusal = refusal or TooOften()
    response: HttpResponse
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response = JsonResponse({"detail": str(refusal), "code": refusal.code}, status=429)
    else:
        minutes = ceil(refusal.wait / 60)
        response = render(request, "429.html", {"minutes": minutes}, status=429)
    if refusal.wait:
        response["Retry-After"] = str(refusal.wait)
    add_never_cache_headers(response)
    patch_vary_headers(response, ["Accept"])
    return response


class TooOftenAnswered:
    """Wherever a view was tried too often, the answer is the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_often(request, exception) if isinstance(exception, TooOften) else None
