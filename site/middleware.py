"""What every request passes first."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from courses.whereabouts import in_editor


class NoNullBytes:
    """400 for an address with a null byte: no browser sends one, and no table can hold one.

    Forms refuse them by themselves. Addresses, and in the editor their parameters, reach the
    database as they are, where each would be an error of ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or ("%00" in asked and in_editor(request)):
            raise BadRequest("An address has no null bytes.")
        return self.get_response(request)
