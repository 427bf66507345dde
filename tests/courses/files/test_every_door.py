"""Every door that takes a file looks at its content, not at its name."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.models import CourseDocument, CourseImage
from courses.teams.members import create_course
from tests.media import PDF, a_document, an_image, picture
from tests.people import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada, catalogue):
    return create_course(producer=ada, title="Sewing")


def packed(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


PNG, GIF, JPEG, WEBP = (
    picture(kind=kind, size=(60, 40)) for kind in ("PNG", "GIF", "JPEG", "WEBP")
)
SCRIPT = b"#!/bin/sh\nrm -rf /\n"
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

PICTURES = {
    "a script": ("seam.png", SCRIPT),
    "a page": ("seam.gif", PAGE),
    "a drawing with a script": ("seam.svg", SVG),
    "a drawing under another name": ("seam.png", SVG),
    "another kind of picture": ("seam.jpg", PNG),
    "a picture that is an archive": ("seam.gif", GIF + packed(Evil__class=b"\xca\xfe\xba\xbe")),
    "a picture that begins like a page": ("seam.gif", b"GIF89a<html><script>alert(1)</script>"),
    "half a PNG": ("seam.png", PNG[: len(PNG) // 2]),
    "half a JPEG": ("seam.jpg", JPEG[: len(JPEG) // 2]),
    "half a GIF": ("seam.gif", GIF[: len(GIF) * 2 // 3]),
    "half a WebP": ("seam.webp", WEBP[: len(WEBP) // 2]),
}
DOCUMENTS = {
    "a script": ("pattern.pdf", SCRIPT),
    "a page": ("pattern.pdf", PAGE),
    "a page behind a signature": ("pattern.pdf", b"%PDF-1.4\n" + PAGE),
    "a drawing": ("pattern.svg", SVG),
    "an archive called a document": ("pattern.docx", packed(evil__sh=SCRIPT)),
    "a Word file called a workbook": ("pattern.xlsx", packed(word__document_xml=b"<w/>")),
    "an archive called a book": ("pattern.epub", packed(mimetype=b"text/html")),
    "the head of an archive": ("pattern.zip", b"PK\x03\x04" + bytes(60)),
    "a program called a film": ("film.mp4", b"MZ\x90\x00" + bytes(60)),
    "a page called captions": ("words.vtt", PAGE),
    "a program called notes": ("notes.txt", b"MZ\x90\x00" + bytes(60)),
}


# name: (address, prefix of its fields, its field for the file)
IMAGE_DOORS = {
    "adding": ("wagtailimages:add", "", "file"),
    "adding many": ("wagtailimages:add_multiple", "", "files[]"),
    "choosing": ("wagtailimages_chooser:create", "image-chooser-upload-", "file"),
    "replacing": ("wagtailimages:edit", "", "file"),
}
DOCUMENT_DOORS = {
    "adding": ("wagtaildocs:add", "", "file"),
    "adding many": ("wagtaildocs:add_multiple", "", "files[]"),
    "choosing": ("wagtaildocs_chooser:create", "document-chooser-upload-", "file"),
    "replacing": ("wagtaildocs:edit", "", "file"),
}


@pytest.fixture
def send(client, ada, course, settings):
    """Post a file at a door; the answer, and what is stored before and after."""

    def run(doors, door, kept, name, content):
        address, prefix, field = doors[door]
        pk = [kept.pk] if door == "replacing" else []
        data = {"title": "Upload", "collection": course.collection_id}
        written = {f"{prefix}{key}": value for key, value in data.items()}
        written[f"{prefix}{field}"] = SimpleUploadedFile(name, content)
        before = files_in(settings.MEDIA_ROOT), rows()
        headers = {"X-Requested-With": "XMLHttpRequest"} if door == "adding many" else {}
        answer = logged_in(client, ada).post(reverse(address, args=pk), written, headers=headers)
        return answer, before, (files_in(settings.MEDIA_ROOT), rows())

    return run


def files_in(folder):
    """Originals and documents; a page that shows a picture makes renditions of it."""
    kept = [Path(folder) / name for name in ("original_images", "documents")]
    return sorted(str(path) for home in kept for path in home.rglob("*") if path.is_file())


def rows():
    models = (CourseImage, CourseDocument)
    return [list(model.objects.values_list("pk", "file", "file_hash")) for model in models]


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("door", IMAGE_DOORS)
def test_no_door_takes_a_picture_that_is_something_else(send, course, ada, door, kind):
    kept = an_image(title="Seam", course=course, by=ada)
    answer, before, after = send(IMAGE_DOORS, door, kept, *PICTURES[kind])
    assert answer.status_code == 200
    assert after == before


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("door", DOCUMENT_DOORS)
def test_no_door_takes_a_document_that_is_something_else(send, course, ada, door, kind):
    kept = a_document(title="Pattern", course=course, by=ada)
    answer, before, after = send(DOCUMENT_DOORS, door, kept, *DOCUMENTS[kind])
    assert answer.status_code == 200
    assert after == before


@pytest.mark.parametrize("door", IMAGE_DOORS)
@pytest.mark.parametrize(("name", "content"), [("a.png", PNG), ("a.gif", GIF), ("a.jpg", JPEG)])
def test_each_door_takes_an_honest_picture(send, course, ada, door, name, content):
    """The control: what the doors refuse above they refuse for its content alone."""
    kept = an_image(title="Seam", course=course, by=ada)
    _answer, before, after = send(IMAGE_DOORS, door, kept, name, content)
    assert after[1][0] != before[1][0]


HONEST = {
    "pattern.pdf": PDF,
    "words.docx": packed(word__document_xml=b"<w/>").replace(b"document_xml", b"document.xml"),
    "book.epub": packed(mimetype=b"application/epub+zip"),
    "all.zip": packed(a__txt=b"a"),
}


@pytest.mark.parametrize("door", DOCUMENT_DOORS)
@pytest.mark.parametrize("name", HONEST)
def test_each_door_takes_an_honest_document(send, course, ada, door, name):
    kept = a_document(title="Pattern", course=course, by=ada, name="old.txt", content=b"old")
    _answer, before, after = send(DOCUMENT_DOORS, door, kept, name, HONEST[name])
    assert after[1][1] != before[1][1]


@pytest.mark.parametrize("kind", {**PICTURES, **DOCUMENTS})
def test_what_was_stored_before_the_doors_looked_runs_nowhere(kind, client, ada, course):
    """Files of before this rule: saved or shown as what they are called, never sniffed."""
    name, content = {**PICTURES, **DOCUMENTS}[kind]
    document = a_document(title="Old", course=course, by=ada, name=name, content=content)

    answer = logged_in(client, ada).get(document.url)

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert not answer.headers["Content-Type"].startswith(("text/html", "application/xhtml"))
    in_place = answer.headers["Content-Type"] == "application/pdf"  # by the browser's own viewer
    assert answer.headers["Content-Disposition"].startswith("inline" if in_place else "attachment")
