"""Images and documents for tests, small and real.

``an_image`` and ``a_document`` lie in the collection of a course, as uploads do; ``a_picture``
and ``a_file`` in nobody's, for lessons that only have to refer to something.
"""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection

from courses.models import CourseDocument, CourseImage

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 64
FILM = bytes(range(256)) * 4  # no film, but every range of it is different
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


def a_picture(title="Hill") -> CourseImage:
    return CourseImage.objects.create(
        title=title, file=ContentFile(picture(), name=f"{title.lower()}.png")
    )


def a_file(name="film.mp4", content=FILM) -> CourseDocument:
    return CourseDocument.objects.create(title=name, file=ContentFile(content, name=name))


def video_with(file, captions=None, thumbnail=None) -> tuple[str, dict]:
    """A video block of 20 seconds that plays ``file``."""
    return (
        "video",
        {
            "title": "Film",
            "url": "",
            "file": file,
            "thumbnail": thumbnail,
            "duration": 20,
            "captions": [{"language": "en", "file": captions}] if captions else [],
            "transcript": "",
        },
    )
