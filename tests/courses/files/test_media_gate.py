"""Files: who is served one, and what may be uploaded."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from courses.models import CourseDocument, CourseImage, CourseRelease
from courses.teams.members import create_course
from tests.media import MP4, PDF, VTT, a_document, an_image, picture
from tests.people import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada, catalogue):
    return create_course(producer=ada, title="Sewing by hand")


@pytest.fixture
def image(course, ada):
    return an_image(title="Seam", course=course, by=ada)


@pytest.fixture
def document(course, ada):
    return a_document(title="Pattern", course=course, by=ada)


def released(course, *, thumbnail):
    """As a first release leaves a course: live, with a current release."""
    type(course).objects.filter(pk=course.pk).update(live=True, thumbnail=thumbnail)
    CourseRelease.objects.create(
        course=course, number=1, status="current", submitted_at=timezone.now()
    )


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def without_tokens(response) -> str:
    """The page without its own address and the form token, which differ each time."""
    page = re.sub(r'value="[A-Za-z0-9]{64}"', "", response.content.decode())
    return re.sub(r"/documents/\d+/", "", page)


def test_a_picture_of_a_draft_is_served_to_its_team_alone(client, ada, bruno, dana, mira, image):
    address = image.get_rendition("width-20").url

    assert client.get(address).status_code == 404
    for person in (bruno, dana, mira):
        assert logged_in(client, person).get(address).status_code == 404
    response = logged_in(client, ada).get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_cover_of_a_released_course_is_public(client, course, image):
    released(course, thumbnail=image)

    response = client.get(image.get_rendition("width-20").url)

    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=3600"
    assert Image.open(BytesIO(body_of(response))).size == (20, 15)


@pytest.mark.parametrize(("live", "status"), [(False, "current"), (True, "in_review")])
def test_the_cover_of_a_course_that_is_not_shown_is_not_public(client, course, image, live, status):
    released(course, thumbnail=image)
    type(course).objects.filter(pk=course.pk).update(live=live)
    CourseRelease.objects.filter(course=course).update(status=status)

    assert client.get(image.get_rendition("width-20").url).status_code == 404


def test_the_cover_of_a_live_course_without_a_release_is_not_public(client, course, image):
    type(course).objects.filter(pk=course.pk).update(live=True, thumbnail=image)

    assert client.get(image.get_rendition("width-20").url).status_code == 404


def test_other_pictures_of_a_released_course_stay_private(client, course, image, ada):
    released(course, thumbnail=image)
    other = an_image(title="Paid drawing", course=course, by=ada)

    assert client.get(other.get_rendition("width-20").url).status_code == 404


def test_a_wrong_name_and_a_missing_rendition_answer_alike(client, course, image):
    released(course, thumbnail=image)
    address = image.get_rendition("width-20").url

    misnamed = client.get(address + "x")
    missing = client.get(reverse("courses:rendition", args=[987_654, "seam.png"]))

    assert (misnamed.status_code, missing.status_code) == (404, 404)


def test_original_files_have_no_address(client, image, ada):
    for person in (None, ada):
        if person:
            logged_in(client, person)
        assert client.get(f"/media/{image.file.name}").status_code == 404


def test_stock_document_addresses_serve_the_team_alone(client, ada, bruno, dana, document):
    address = reverse("wagtaildocs_serve", args=[document.pk, document.filename])
    missing = reverse("wagtaildocs_serve", args=[987_654, document.filename])

    assert client.get(address).status_code == 404
    for person in (bruno, dana):
        logged_in(client, person)
        there, nowhere = client.get(address), client.get(missing)
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert without_tokens(there) == without_tokens(nowhere)
    response = logged_in(client, ada).get(address)
    assert response.status_code == 200
    assert body_of(response) == PDF


def test_an_admin_is_served_every_document_and_picture(client, ivo, document, image):
    logged_in(client, ivo)

    assert (
        client.get(reverse("wagtaildocs_serve", args=[document.pk, document.filename])).status_code
        == 200
    )
    assert client.get(image.get_rendition("width-20").url).status_code == 200


def upload_document(client, course, name, content):
    return client.post(
        reverse("wagtaildocs:add"),
        {
            "title": "Upload",
            "collection": course.collection_id,
            "file": SimpleUploadedFile(name, content),
        },
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pattern.pdf", b"<html><script>alert(1)</script>"),
        ("pattern.pdf", b"MZ\x90\x00" + b"\x00" * 60),
        ("film.mp4", PDF),
        ("words.vtt", b"<html>WEBVTT"),
        ("words.vtt", PDF),
        ("notes.txt", picture()),
        ("notes.md", b"a\x00b"),
        ("archive.zip", PDF),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("page.html", b"<html></html>"),
        ("tool.exe", b"MZ\x90\x00"),
        ("noname", PDF),
    ],
)
def test_a_document_must_be_what_its_name_says(client, ada, course, name, content):
    response = upload_document(logged_in(client, ada), course, name, content)

    assert response.status_code == 200
    assert "error-message" in response.content.decode()
    assert CourseDocument.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pattern.pdf", PDF),
        ("film.mp4", MP4),
        ("words.vtt", VTT),
        ("notes.txt", "Zweierlei Maß".encode()),
    ],
)
def test_honest_documents_are_taken(client, ada, course, name, content):
    response = upload_document(logged_in(client, ada), course, name, content)

    assert response.status_code == 302
    document = CourseDocument.objects.get()
    assert document.collection == course.collection
    assert document.uploaded_by_user == ada


def upload_image(client, course, name, content):
    return client.post(
        reverse("wagtailimages:add"),
        {
            "title": "Upload",
            "collection": course.collection_id,
            "file": SimpleUploadedFile(name, content),
        },
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("drawing.png", b"<html><script>alert(1)</script>"),
        ("drawing.png", picture(kind="BMP")),
        ("drawing.jpg", picture(kind="PNG")),
        ("drawing.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
        ("drawing.png", picture()[:60]),
    ],
)
def test_a_picture_must_be_what_its_name_says(client, ada, course, name, content):
    response = upload_image(logged_in(client, ada), course, name, content)

    assert response.status_code == 200
    assert CourseImage.objects.count() == 0


def test_a_picture_with_too_many_pixels_is_refused(client, ada, course, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100
    assert (
        upload_image(logged_in(client, ada), course, "big.png", picture(size=(20, 20))).status_code
        == 200
    )
    assert CourseImage.objects.count() == 0


def test_nothing_can_be_uploaded_into_a_foreign_collection(client, ada, bruno, course):
    his = create_course(producer=bruno, title="Maps")
    create_course(producer=ada, title="Knitting")
    logged_in(client, ada)

    assert upload_image(client, his, "seam.png", picture()).status_code == 200
    assert upload_document(client, his, "pattern.pdf", PDF).status_code == 200
    assert CourseImage.objects.count() == CourseDocument.objects.count() == 0


def test_the_same_name_twice_keeps_both_files(client, ada, bruno, course):
    his = create_course(producer=bruno, title="Maps")
    first = a_document(title="One", course=course, by=ada, name="same.txt", content=b"first")
    second = a_document(title="Two", course=his, by=bruno, name="same.txt", content=b"second")

    assert first.file.name != second.file.name
    assert first.file.read() == b"first"
    assert second.file.read() == b"second"
