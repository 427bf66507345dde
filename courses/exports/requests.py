"""A list asked by a worker, as a person asks it: through the same door, with the same rights."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve

from courses.isolation.door import DoorKeeper
from courses.people import Person

_WRITER = "_writes_an_export"

Writer = Callable[[Any, Any, Any], HttpResponse]


def writer_of(request: HttpRequest) -> Writer | None:
    """What a worker wants done with the rows, in a request of a worker."""
    return getattr(request, _WRITER, None)


def ask_again(*, person: Person, address: str, writer: Writer) -> None:
    """Have the list at ``address`` hand its rows to ``writer``, as ``person`` sees them now.

    Raises PermissionDenied when it is closed to them, Http404 when it is not there.
    """
    request = _request(person, address)
    setattr(request, _WRITER, writer)
    match = resolve(request.path)  # Resolver404 is one
    request.resolver_match = match
    if not person.is_active or not person.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    if _door(request, match.func, match.args, match.kwargs) is not None:
        raise PermissionDenied
    if match.func(request, *match.args, **match.kwargs).status_code == HTTPStatus.NOT_FOUND:
        raise Http404


def may_open(*, person: Person, address: str) -> bool:
    """Whether the list would hand its rows to them now; none is read."""
    asked: list[bool] = []

    def writer(*_: Any) -> HttpResponse:
        asked.append(True)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    try:
        ask_again(person=person, address=address, writer=writer)
    except (PermissionDenied, Http404):
        return False
    return bool(asked)


def _nothing_behind(request: HttpRequest) -> HttpResponse:
    raise Http404


_door = DoorKeeper(_nothing_behind).process_view


def _request(person: Person, address: str) -> HttpRequest:
    asked, home = urlsplit(address), urlsplit(settings.WAGTAILADMIN_BASE_URL)
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = asked.path
    request.GET = QueryDict(asked.query)
    request.user = person
    request.META = {
        "SERVER_NAME": home.hostname or "localhost",
        "SERVER_PORT": str(home.port or (443 if home.scheme == "https" else 80)),
        "QUERY_STRING": asked.query,
        # Wagtail refuses with an exception then, and not with a page for somebody who reads.
        "HTTP_X_REQUESTED_WITH": "XMLHttpRequest",
    }
    return request
