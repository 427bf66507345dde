"""Renditions of images: public for the covers of released courses, else for their team."""

import mimetypes

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from courses.models import CourseRendition

from .gate import is_public_image, may_meet

PUBLIC_SECONDS = 3600


@require_safe
def rendition(request: HttpRequest, rendition_id: int, name: str) -> FileResponse:
    """The file of a rendition; one 404 for what is missing, misnamed or not for the person."""
    picture = get_object_or_404(
        CourseRendition.objects.select_related("image__collection"), pk=rendition_id
    )
    if picture.file.name.rsplit("/", 1)[-1] != name:
        raise Http404
    public = is_public_image(picture.image_id)
    if not public and not may_meet(request.user, picture.image):
        raise Http404
    return serve_picture(picture, public=public)


def serve_picture(picture: CourseRendition, *, public: bool) -> FileResponse:
    """Its file, for whom it is has been asked; raises Http404 where the file is gone."""
    kind = mimetypes.guess_type(picture.file.name)[0] or "application/octet-stream"
    try:
        response = FileResponse(picture.file.open("rb"), content_type=kind)
    except FileNotFoundError as error:
        raise Http404 from error
    if public:
        # Not for ever: a course may be archived, or get another cover.
        response["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
    else:
        response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
