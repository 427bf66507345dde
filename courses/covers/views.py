"""Serves generated covers, which anybody may cache for ever."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from courses.covers import FAMILIES, SHAPES, cover
from courses.covers.addresses import ANY_ROOM


@require_safe
def cover_view(request: HttpRequest, seed: UUID) -> HttpResponse:
    """``/covers/<uuid>.svg?room=science&shape=book``: the picture, or 404 for an unknown room.

    Any UUID has a cover, whether a course has it or not, so nothing is asked of the
    database and nothing is told about which courses exist.
    """
    room = request.GET.get("room", ANY_ROOM)
    shape = request.GET.get("shape", "wide")
    if room not in FAMILIES or shape not in SHAPES:
        raise Http404("No such room or shape.")
    response = HttpResponse(cover(seed, room, shape), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
