"""Which images and documents a lesson refers to, and those objects, read together."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from wagtail.blocks import ListBlock, StreamBlock, StreamValue, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from courses.blocks.choosers import media_on_hand
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
    for child in body.raw_data:
        block = body.stream_block.child_blocks.get(child["type"])
        if block is not None:
            _walk(block, child["value"], found)
    return found


@contextmanager
def media_read(body: StreamValue):
    """The body renders inside without a query of its own: its media are read before, in two."""
    ids = media_ids(body)
    images = CourseImage.objects.filter(pk__in=ids.images) if ids.images else ()
    documents = CourseDocument.objects.filter(pk__in=ids.documents) if ids.documents else ()
    with media_on_hand([*images, *documents]):
        yield


def _walk(block, value, found: MediaIds) -> None:
    if value is None:
        return
    if isinstance(block, ImageChooserBlock):
        found.images.add(value)
    elif isinstance(block, DocumentChooserBlock):
        found.documents.add(value)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            _walk(child, value.get(name), found)
    elif isinstance(block, ListBlock):
        for item in value:
            _walk(block.child_block, _list_item(item), found)
    elif isinstance(block, StreamBlock):
        for item in value:
            child = block.child_blocks.get(item["type"])
            if child is not None:
                _walk(child, item["value"], found)


def _list_item(item):
    """A list stores its items with a type and an id since Wagtail 2.16, bare before."""
    is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
    return item["value"] if is_wrapped else item
