"""The front page and what belongs to the site as a whole."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import resolve

from courses.models import LessonPage
from home.models import HomePage, PlainPage
from learners.enrollment.progress import mark_complete, open_lesson
from learners.models import LessonProgress
from storefront.models import CatalogueEntry
from tests.builders import a_category, a_course, a_released_course, an_enrollment
from tests.bulk import many_courses
from tests.people import logged_in

pytestmark = pytest.mark.django_db

OPEN = "<p>A seam is two stitches that agree.</p><p>Begin with the thread.</p><p>Third.</p>"


@pytest.fixture
def course(ada):
    """A course whose first lesson is open, and twelve copies of it."""
    draft = a_course(by=ada, title="Sewing by hand", category=a_category("Craft"))
    lesson = LessonPage.objects.descendant_of(draft).order_by("path").first()
    lesson.is_preview = True
    lesson.body = [("rich_text", OPEN)]
    lesson.save_revision()
    course = a_released_course(by=ada, course=draft)
    many_courses(like=course, count=12)
    return course


def test_an_empty_house_still_has_a_front_page(catalogue, client):
    page = client.get("/").content.decode()

    assert "Courses by people who do the work" in page
    assert "Your share of each sale" in page
    assert "85 %" in page


def test_the_front_page_shows_courses_rooms_and_an_open_lesson(course, client):
    CatalogueEntry.objects.filter(pk=course.pk).update(students=1000)

    response = client.get("/")
    page = response.content.decode()

    assert [entry.title for entry in response.context["window"]] == [
        "Sewing by hand",
        *[f"Sewing by hand {i}" for i in range(12, 8, -1)],
    ]
    assert "13 courses from 1 producer" in page
    assert 'href="/courses/?category=craft"' in page
    assert "Finished most" in page
    assert "A seam is two stitches that agree." in page
    assert "Third." not in page
    assert "Continue" not in page
    assert response["Cache-Control"].startswith("public")


def test_somebody_who_studies_is_led_back_to_where_they_stopped(course, client, cleo):
    first, *_, last = LessonPage.objects.descendant_of(course).order_by("path")
    enrollment = an_enrollment(user=cleo, course=course)
    mark_complete(enrollment=enrollment, lesson=first)
    open_lesson(enrollment=enrollment, lesson=last)
    LessonProgress.objects.filter(lesson=last).update(last_second=462)

    response = logged_in(client, cleo).get("/")
    page = response.content.decode()

    assert last.title == "Sew the side seams"
    assert last.title in page
    assert "Sewing by hand, lesson 2.2." in page
    assert "You stopped at 7:42" in page
    assert "Continue at 7:42" in page
    assert "1 of 4 lessons" in page
    assert response["Cache-Control"] == "private, no-cache"


def test_after_a_finished_lesson_the_front_page_names_the_next(course, client, cleo):
    first, second, *_ = LessonPage.objects.descendant_of(course).order_by("path")
    enrollment = an_enrollment(user=cleo, course=course)
    open_lesson(enrollment=enrollment, lesson=first)
    mark_complete(enrollment=enrollment, lesson=first)

    response = logged_in(client, cleo).get("/")

    assert response.context["resume"].lesson == second.title
    assert "You were here" in response.content.decode()


def test_a_plain_page_is_read_by_anybody(catalogue, client):
    HomePage.objects.get().add_child(
        instance=PlainPage(title="Refunds", slug="refunds", body="<p>Within 30 days.</p>")
    )

    response = client.get("/refunds/")

    assert "Within 30 days." in response.content.decode()
    assert response["Cache-Control"].startswith("public")


@pytest.mark.parametrize(
    ("asked", "kept"), [("dark", "dark"), ("light", "light"), ("system", ""), ("neon", "")]
)
def test_the_colours_are_remembered_in_a_cookie(catalogue, client, asked, kept):
    response = client.post(
        "/theme/", {"theme": asked}, headers={"referer": "http://testserver/courses/"}
    )

    assert response.status_code == 302
    assert response.url == "http://testserver/courses/"
    assert client.cookies["theme"].value == kept
    attribute = f'data-theme="{kept}"'
    assert (attribute in client.get("/").content.decode()) == bool(kept)


def test_a_choice_of_colours_never_leads_to_another_site(client):
    response = client.post(
        "/theme/", {"theme": "dark"}, headers={"referer": "https://elsewhere.example/"}
    )

    assert response.url == "/"


def test_what_is_missing_is_said_in_the_same_hand(catalogue, client):
    response = client.get("/nothing-here/")

    assert response.status_code == 404
    assert "This page is not on the shelf" in response.content.decode()


def test_the_page_for_a_failure_needs_nothing_that_may_have_failed():
    page = render_to_string("500.html")

    assert "Something fell off the shelf" in page
    assert "/static/" not in page


def test_every_link_of_header_and_footer_has_an_address(catalogue, client, ada, mira, cleo):
    for reader in (None, ada, mira, cleo):
        client.logout()
        if reader:
            logged_in(client, reader)
        page = client.get("/").content.decode()
        for href in set(re.findall(r'<a [^>]*href="(/[^"#?]*)"', page)):
            assert resolve(href)
