"""The sizes in which pages show the pictures of lessons, made before anybody asks for one.

Making one takes a second of a large photograph, so a worker does it when a release is
submitted; whoever previews a draft before that waits for the picture itself, not for the page.
WebP is a third of what JPEG and PNG need, and every browser of today shows it.
"""

import logging
from collections.abc import Iterator
from typing import Any

from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from courses.blocks.walk import walk_stored
from courses.models import CourseImage, ItemKind, LessonPage, ReleaseItem, ReleaseStatus
from courses.promises.keeping import keeper
from courses.promises.promising import promise
from courses.promises.queues import MEDIA

logger = logging.getLogger(__name__)

# What an address names, and how it is made: pictures in a text, and stills of films.
IN_TEXTS = {f"width-{width}": f"width-{width}|format-webp" for width in (480, 960, 1600)}
OF_FILMS = {
    f"fill-{size}": f"fill-{size}|format-webp|webpquality-75" for size in ("640x360", "1280x720")
}
# Nobody else's sizes: each one costs work and room on disk.
SIZES = IN_TEXTS | OF_FILMS
LESSONS_AT_ONCE = 10
NOT_MADE = (SourceImageIOError, InvalidFilterSpecError, OSError)


def promise_sizes(*, release_id: int) -> None:
    """Call in the transaction that pins the release."""
    promise("courses.make_sizes", key=f"sizes:{release_id}", release_id=release_id)


@keeper("courses.make_sizes", queue=MEDIA)
def make_sizes(*, release_id: int | None = None, after: int = 0) -> dict[str, Any] | None:
    """Every picture of a release in its sizes, a few lessons at a time; of all that are shown,
    without a release."""
    items = ReleaseItem.objects.filter(kind=ItemKind.LESSON, pk__gt=after).exclude(media=[])
    if release_id is None:
        items = items.filter(release__status=ReleaseStatus.CURRENT)
    else:
        items = items.filter(release_id=release_id)
    lessons = list(items.select_related("revision").order_by("pk")[:LESSONS_AT_ONCE])
    for lesson in lessons:
        _make_sizes_of(lesson)
    if len(lessons) < LESSONS_AT_ONCE:
        return None
    return {"release_id": release_id, "after": lessons[-1].pk}


def _make_sizes_of(lesson: ReleaseItem) -> None:
    wanted = dict(_pictures(lesson))
    for image in CourseImage.objects.filter(pk__in=wanted):
        try:
            for size in sorted(wanted[image.pk]):
                image.get_rendition(size)
        except NOT_MADE:  # the others are made all the same
            logger.warning(
                "picture not made",
                exc_info=True,
                extra={"event": "picture.not_made", "image": image.pk, "page": lesson.page_id},
            )


def _pictures(lesson: ReleaseItem) -> Iterator[tuple[int, set[str]]]:
    """The pictures that a lesson pins, and how each is shown there."""
    field: Any = LessonPage._meta.get_field("body")
    body = field.to_python(lesson.revision.content["body"])
    found: dict[int, set[str]] = {}
    for place in walk_stored(body):
        if isinstance(place.block, ImageChooserBlock) and place.value is not None:
            of_a_film = place.path[-1] == "thumbnail"
            shown = OF_FILMS if of_a_film else IN_TEXTS
            found.setdefault(place.value, set()).update(shown.values())
    yield from found.items()
