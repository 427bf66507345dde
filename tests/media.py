"""Images and documents for tests, small and real."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection

from courses.models import CourseDocument, CourseImage

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 64
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nLay the cloth flat.\n"


def picture(*, size=(40, 30), kind="PNG", colour="teal") -> bytes:
    """The bytes of an image of one colour."""
    stream = BytesIO()
    Image.new("RGB", size, colour).save(stream, kind)
    return stream.getvalue()


def the_collection_of(course) -> Collection:
    """Where the files of a course are kept; made now for a course of the builders."""
    course.refresh_from_db(fields=["collection"])
    if course.collection is None:
        root = Collection.get_first_root_node()
        course.collection = root.add_child(instance=Collection(name=course.title))
        type(course).objects.filter(pk=course.pk).update(collection=course.collection)
    return course.collection


def an_image(*, title: str, course, by=None, name="seam.png", content=None) -> CourseImage:
    return CourseImage.objects.create(
        title=title,
        file=ContentFile(content or picture(), name=name),
        collection=the_collection_of(course),
        uploaded_by_user=by,
    )


def a_document(*, title: str, course, by=None, name="pattern.pdf", content=PDF) -> CourseDocument:
    return CourseDocument.objects.create(
        title=title,
        file=ContentFile(content, name=name),
        collection=the_collection_of(course),
        uploaded_by_user=by,
    )
