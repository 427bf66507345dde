"""Files and pictures of a lesson: only with the lesson's own permission."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.images.exceptions import InvalidFilterSpecError

from courses.files.sizes import SIZES
from courses.models import CourseDocument, CourseImage

from .doors import Door, door_to, gated, locked, readable_versions
from .files import send_file
from .lesson_media import MediaIds, media_ids


@require_safe
@gated
def lesson_file(request: HttpRequest, uuid: UUID, document_id: int, name: str) -> HttpResponse:
    """A document that the lesson refers to: resource, download, video or captions."""
    door = door_to(request, uuid)
    if not door.access.allowed:
        return locked(request, door)
    if document_id not in _media_of(door).documents:
        raise Http404
    document = CourseDocument.objects.filter(pk=document_id).first()
    if document is None or document.filename != name:
        raise Http404
    return send_file(request, document.file, filename=document.filename)


@require_safe
@gated
def lesson_image(request: HttpRequest, uuid: UUID, image_id: int, spec: str) -> HttpResponse:
    """A picture of the lesson in one of the sizes it asks for."""
    door = door_to(request, uuid)
    if not door.access.allowed:
        return locked(request, door)
    if spec not in SIZES or image_id not in _media_of(door).images:
        raise Http404
    image = CourseImage.objects.filter(pk=image_id).first()
    if image is None:
        raise Http404
    try:
        rendition = image.get_rendition(SIZES[spec])
    except (OSError, InvalidFilterSpecError) as gone:
        raise Http404 from gone
    return send_file(request, rendition.file, filename=rendition.file.name.rsplit("/", 1)[-1])


def _media_of(door: Door) -> MediaIds:
    """The media of every version of the lesson that this reader may see."""
    found = MediaIds()
    for version in readable_versions(door):
        found.update(media_ids(version.body))
    return found
