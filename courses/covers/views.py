"""Serves generated covers, which anybody may cache for ever."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from courses.covers import FAMILIES, SHAPES, cover
from courses.covers.addresses import ANY_PATTERN


@require_safe
def cover_view(request: HttpRequest, seed: UUID) -> HttpResponse:
    """``/covers/<uuid>.svg?pattern=science&shape=book``: the picture, or 404 for unknown words.

    Any UUID has a cover, whether a course has it or not, so nothing is asked of the
    database and nothing is told about which courses exist.
    """
    # Pages and mails of earlier versions call it ``room``.
    pattern = request.GET.get("pattern", request.GET.get("room", ANY_PATTERN))
    shape = request.GET.get("shape", "wide")
    if pattern not in FAMILIES or shape not in SHAPES:
        raise Http404("No such pattern or shape.")
    response = HttpResponse(cover(seed, pattern, shape), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
