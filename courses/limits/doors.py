"""The doors that take a guess, a mail, an upload or a search, each counted before it opens.

Which they are and how often each opens says ``LIMITED_DOORS`` (``perfomix.settings.doors``), by the
names of addresses. A view that counts something of its own calls ``trying.limit`` besides.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from courses.errors import TooOften

from .answers import too_often
from .rates import CountedDoor
from .trying import limit
from .visitors import network_of


class LimitedDoors:
    """Stands before every view: what is refused here has run nothing and written nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        doors = settings.LIMITED_DOORS.get(match.view_name, ()) if match else ()
        try:
            for door in doors:
                if is_tried(door, request):
                    count(door, request)
        except TooOften as refusal:
            return too_often(request, refusal)
        return None


def is_tried(door: CountedDoor, request: HttpRequest) -> bool:
    """HEAD is a GET without its body, and finds as much."""
    method = "GET" if request.method == "HEAD" else request.method
    return method == door.method and (not door.asks or bool(request.GET.get(door.asks)))


def count(door: CountedDoor, request: HttpRequest) -> None:
    """One try more. Raises TooOften; who is signed in is asked only where it counts."""
    for rate in door.per_network:
        limit(action=f"{door.action} from", who=network_of(request), rate=rate)
    if not (door.per_person or door.per_visitor):
        return
    if request.user.is_authenticated:
        for rate in door.per_person:
            limit(action=door.action, who=request.user.pk, rate=rate)
    else:
        for rate in door.per_visitor:
            limit(action=f"{door.action} from", who=network_of(request), rate=rate)
