"""Which images and documents a lesson refers to, and those objects, read together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from wagtail.blocks import StreamValue
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from courses.blocks.choosers import media_on_hand
from courses.blocks.walk import walk_stored
from courses.models import CourseDocument, CourseImage


@dataclass
class MediaIds:
    """Primary keys a body refers to. Read from the stored JSON: no query."""

    images: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)

    def update(self, other: "MediaIds") -> None:
        self.images |= other.images
        self.documents |= other.documents


def media_ids(body: StreamValue) -> MediaIds:
    """All images and documents that ``body`` refers to, at any depth."""
    found = MediaIds()
    for place in walk_stored(body):
        if place.value is None:
            continue
        if isinstance(place.block, ImageChooserBlock):
            found.images.add(place.value)
        elif isinstance(place.block, DocumentChooserBlock):
            found.documents.add(place.value)
    return found


@contextmanager
def media_read(body: StreamValue) -> Iterator[bool]:
    """The body renders inside without a query of its own: its media are read before, in two.

    Says whether all of them are there.
    """
    ids = media_ids(body)
    images = CourseImage.objects.filter(pk__in=ids.images) if ids.images else ()
    documents = CourseDocument.objects.filter(pk__in=ids.documents) if ids.documents else ()
    found = [*images, *documents]
    with media_on_hand(found):
        yield len(found) == len(ids.images) + len(ids.documents)
