"""Pictures stand there in every size that a page asks for before anybody opens the page."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.images.models import SourceImageIOError

from courses.files.sizes import SIZES, make_sizes
from courses.models import (
    CourseImage,
    CourseRelease,
    CourseRendition,
    LessonPage,
    Promise,
    ReleaseItem,
)
from tests.builders import a_course, a_released_course, a_submission, an_enrollment
from tests.media import a_file, an_image, picture, video_with
from tests.people import logged_in
from tests.study import lessons_of

pytestmark = pytest.mark.django_db
PHOTOGRAPH = {"name": "seam.png", "content": picture(size=(1800, 1200))}


@pytest.fixture
def course(catalogue, ada):
    """A draft with a thumbnail, a picture in a text, and a film with a still."""
    course = a_course(by=ada, title="Sewing by hand")
    course = course.get_latest_revision_as_object()
    course.thumbnail = an_image(title="Cloth", course=course, by=ada, **PHOTOGRAPH)
    course.save_revision(user=ada)
    last = LessonPage.objects.descendant_of(course).order_by("path").last()
    lesson = last.get_latest_revision_as_object()
    still = an_image(title="Still", course=course, by=ada, **PHOTOGRAPH)
    seam = an_image(title="Seam", course=course, by=ada, **PHOTOGRAPH)
    lesson.body.insert(0, ("image", {"image": seam, "alt": "A seam", "caption": ""}))
    lesson.body.insert(0, video_with(a_file(), thumbnail=still))
    lesson.save_revision(user=ada)
    return course


def made() -> set[tuple[str, str]]:
    return set(CourseRendition.objects.values_list("image__title", "filter_spec"))


def pictures_on(client, address: str) -> set[str]:
    """What the page asks for: in ``src``, ``srcset``, posters and ahead."""
    page = BeautifulSoup(client.get(address).text, "html.parser")
    found = {each.get("src") for each in page.select("img[src]")}
    found |= {each.get("poster") for each in page.select("video[poster]")}
    found |= {each.get("href") for each in page.select("link[as=image]")}
    for each in page.select("img[srcset]"):
        assert each.get("sizes")
        found |= set(re.findall(r"(\S+) \d+w", each["srcset"]))
    return found


def test_what_is_submitted_has_every_size_that_its_lessons_show(commit, course, ada):
    with commit():
        a_submission(by=ada, course=course)

    assert made() == {
        ("Cloth", "fill-320x180|format-webp"),
        ("Cloth", "fill-640x360|format-webp"),
        ("Cloth", "fill-960x540|format-webp"),
        ("Still", "fill-640x360|format-webp|webpquality-75"),
        ("Still", "fill-1280x720|format-webp|webpquality-75"),
        ("Seam", "width-480|format-webp"),
        ("Seam", "width-960|format-webp"),
        ("Seam", "width-1600|format-webp"),
    }


def test_no_visit_of_a_page_makes_a_picture(commit, course, ada, cleo, monkeypatch):
    with commit():
        a_released_course(by=ada, course=course)
    an_enrollment(user=cleo, course=course)
    lesson = lessons_of(course)[-1]
    before = made()
    monkeypatch.setattr(
        CourseImage, "create_rendition", lambda *args: pytest.fail("made while somebody waits")
    )
    everybody, learner = Client(), logged_in(Client(), cleo)

    for client, address, ours in (
        (everybody, "/", 3),
        (everybody, "/courses/", 3),
        (everybody, "/courses/sewing-by-hand/", 3),
        (everybody, f"/producers/{ada.pk}/", 3),
        (everybody, f"/learn/{lesson.uuid}/", 4),
        (learner, "/", 3),
        (learner, "/my-learning/", 3),
        (learner, f"/learn/{lesson.uuid}/", 4),
    ):
        pictures = {url for url in pictures_on(client, address) if "/images/" in url}
        assert len(pictures) == ours, address
        assert {client.get(url).status_code for url in pictures} == {200}
    assert made() == before


def test_a_card_lets_a_phone_choose_a_smaller_picture(commit, course, ada, client):
    with commit():
        a_released_course(by=ada, course=course)

    page = BeautifulSoup(client.get("/courses/").text, "html.parser")

    image = page.select_one(".card img")
    widths = re.findall(r"/images/\d+/\S+ (\d+)w", image["srcset"])
    assert widths == ["320", "640", "960"]
    assert image["src"] in image["srcset"]
    assert (image["width"], image["height"]) == ("960", "540")
    weights = [len(client.get(url).getvalue()) for url in image["srcset"].split()[::2]]
    assert weights == sorted(weights)


def test_a_thumbnail_that_was_never_made_leaves_the_drawn_cover(course, client, ada, cleo):
    """Whoever looks at a page does not make it either."""
    a_released_course(by=ada, course=course)
    CourseRendition.objects.all().delete()
    an_enrollment(user=cleo, course=course)

    page = BeautifulSoup(logged_in(client, cleo).get("/my-learning/").text, "html.parser")

    assert page.select_one(".cover img")["src"].startswith("/covers/")
    assert made() == set()


def test_many_lessons_are_done_a_few_at_a_time_and_one_broken_picture_stops_none(
    commit, course, ada, monkeypatch, caplog
):
    monkeypatch.setattr("courses.files.sizes.LESSONS_AT_ONCE", 1)
    first = lessons_of(course)[0]
    lesson = first.get_latest_revision_as_object()
    torn = an_image(title="Torn", course=course, by=ada, **PHOTOGRAPH)
    lesson.body.insert(0, ("image", {"image": torn, "alt": "A tear", "caption": ""}))
    lesson.save_revision(user=ada)
    really = CourseImage.get_rendition

    def broken(self, spec):
        if self.title == "Torn":
            raise SourceImageIOError("gone")
        return really(self, spec)

    monkeypatch.setattr(CourseImage, "get_rendition", broken)
    with commit():
        release = a_submission(by=ada, course=course)

    assert {title for title, _spec in made()} == {"Cloth", "Still", "Seam"}
    assert "picture not made" in caplog.text
    assert not Promise.objects.filter(name="courses.make_sizes").exists()
    items = ReleaseItem.objects.filter(release=release).exclude(media=[]).order_by("pk")
    assert make_sizes(release_id=release.pk)["after"] in set(items.values_list("pk", flat=True))


def test_all_that_is_shown_is_done_where_it_was_released_before(commit, course, ada):
    a_released_course(by=ada, course=course)
    CourseRendition.objects.all().delete()
    assert CourseRelease.objects.get().status == "current"

    make_sizes()

    assert {title for title, _spec in made()} == {"Still", "Seam"}


def test_addresses_name_the_sizes_that_are_made(course):
    lesson = lessons_of(course)[-1]

    for spec in SIZES:
        assert reverse("learners:image", args=[lesson.uuid, 1, spec]).endswith(f"/{spec}/")
