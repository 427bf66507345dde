"""The front page and what belongs to the site as a whole."""

import re
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils import timezone

from courses import releases
from courses.models import CourseRelease, LessonPage, ReleaseItem
from courses.releases import promptness
from home.front import contents as front
from home.front.contents import open_page, teaching_facts
from home.models import HomePage, PlainPage
from learners.enrollment.progress import mark_complete, open_lesson
from learners.models import LessonProgress
from storefront.catalogue import selectors
from storefront.models import CatalogueEntry
from tests.builders import a_category, a_course, a_released_course, an_enrollment
from tests.bulk import many_courses
from tests.forgetting import forget_what_is_kept
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
    assert "85\u00a0%" in page


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


def test_of_very_many_producers_it_is_said_that_there_are_more(course, bruno, client, monkeypatch):
    a_released_course(by=bruno, title="Rye bread")
    a_released_course(by=bruno, title="Wheat bread")
    assert "15 courses from 2 producers" in client.get("/").content.decode()

    monkeypatch.setattr(selectors, "MOST_PRODUCERS", 1)
    forget_what_is_kept()

    assert "15 courses from more than 1 producer" in client.get("/").content.decode()


def test_the_median_is_of_the_last_decisions_and_not_of_all(course, monkeypatch):
    now = timezone.now()
    for number, release in enumerate(CourseRelease.objects.order_by("pk")):
        decided = now - timedelta(hours=number)
        took = timedelta(days=2 if number < 6 else 40)
        CourseRelease.objects.filter(pk=release.pk).update(
            decided_at=decided, submitted_at=decided - took
        )
    assert ("Median time to review", "40 days") in teaching_facts()

    monkeypatch.setattr(promptness, "LAST", 6)

    assert ("Median time to review", "2 days") in teaching_facts()


def test_an_open_reading_is_looked_for_among_the_most_popular_courses_only(course, monkeypatch):
    CatalogueEntry.objects.filter(pk=course.pk).update(students=0)
    others = ReleaseItem.objects.exclude(release__course=course)
    others.update(preview=False)
    assert open_page().course == "Sewing by hand"

    monkeypatch.setattr(front, "LOOKED_THROUGH", 12)

    assert open_page() is None


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
    assert "You opened this course" in response.content.decode()


def test_a_course_that_was_never_opened_is_not_gone_on_with(course, client, cleo):
    an_enrollment(user=cleo, course=course)

    assert logged_in(client, cleo).get("/").context["resume"] is None


def test_what_is_not_on_sale_is_nowhere_on_the_front_page(course, client):
    CatalogueEntry.objects.update(listed=False)

    shown = client.get("/").context

    assert (shown["window"], shown["shelf"], shown["rooms"]) == ([], [], [])
    assert shown["open_page"] is None


def test_a_shelf_that_nobody_finished_shows_the_newest_first(course, client):
    CatalogueEntry.objects.update(completions=0)
    newest = CatalogueEntry.objects.order_by("students").first()
    CatalogueEntry.objects.filter(pk=newest.pk).update(published_at=timezone.now())

    shown = client.get("/").context

    assert (shown["shelf_title"], shown["shelf_sort"]) == ("New on the shelf", "?sort=newest")
    assert shown["shelf"][0] == newest


def test_the_open_page_is_of_the_most_popular_course_that_has_an_open_reading(course, ada):
    bread = a_released_course(by=ada, title="Rye bread", syllabus=["Leaven", "Loaf"])
    CatalogueEntry.objects.filter(pk=course.pk).update(students=50)
    CatalogueEntry.objects.filter(pk=bread.pk).update(students=100)
    assert (open_page().course, open_page().title) == ("Rye bread", "Loaf")

    shown = ReleaseItem.objects.filter(release__course=bread, kind="lesson", preview=True)
    shown.update(content_type="video")

    assert open_page().course == "Sewing by hand"


def test_a_lesson_that_was_open_once_is_not_shown_any_more(course, ada, mira):
    CatalogueEntry.objects.filter(pk=course.pk).update(students=100)
    first, *_, last = LessonPage.objects.descendant_of(course).order_by("path")
    assert open_page().title == first.title
    for lesson, is_open in ((first, False), (last, True)):
        draft = lesson.get_latest_revision_as_object()
        draft.is_preview = is_open
        draft.save_revision(user=ada)

    release = releases.submit_course(course=course, user=ada)
    releases.approve_release(release=release, user=mira)
    CatalogueEntry.objects.filter(pk=course.pk).update(students=100)

    assert open_page().title == last.title


def test_the_open_page_is_named_as_it_was_released_and_not_as_it_was_submitted(course, ada):
    CatalogueEntry.objects.filter(pk=course.pk).update(students=100)
    first = LessonPage.objects.descendant_of(course).order_by("path").first()
    released = first.title
    draft = first.get_latest_revision_as_object()
    draft.title = "Nobody has read this"
    draft.save_revision(user=ada)

    releases.submit_course(course=course, user=ada)

    assert open_page().title == released


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


def test_a_cookie_that_somebody_made_up_chooses_no_colours(catalogue, client):
    client.cookies["theme"] = "neon"

    assert "neon" not in client.get("/").content.decode()


def test_a_choice_of_colours_never_leads_from_https_to_http(client):
    response = client.post(
        "/theme/", {"theme": "dark"}, headers={"referer": "http://testserver/"}, secure=True
    )

    assert response.url == "/"


def test_a_page_names_itself_without_what_its_visitor_brought_along(catalogue, client):
    for address in ("/", "/help/", "/account/teach/"):
        page = client.get(f"{address}?utm_source=a+friend").content.decode()

        assert f'<link rel="canonical" href="http://testserver{address}">' in page


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
