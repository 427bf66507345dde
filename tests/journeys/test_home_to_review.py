"""A producer comes home, opens a course, mends what is missing and submits it."""

import re

import pytest
from playwright.sync_api import expect

from courses.models import CourseRelease, LessonPage
from tests.builders import a_course

from .steps import arrive

pytestmark = pytest.mark.browser


def test_a_course_goes_from_home_to_review_by_what_its_pages_say(window, live_site, ada, mira):
    course = a_course(by=ada, subtitle="")
    page = window()
    arrive(page, live_site, "ada", onward="/admin/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody waits for an answer from you")
    page.get_by_role("main").get_by_role("link", name="a subtitle").click()
    page.get_by_role("textbox", name="Subtitle").fill("Make one garment that fits.")
    page.get_by_role("button", name="Save draft").click()
    tabs = page.get_by_role("navigation", name="Course", exact=True)
    header = page.locator(".w-slim-header")
    expect(header.get_by_role("button", name="Submit for review")).to_be_visible()
    tabs.get_by_role("link", name="Before you submit").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Nothing stands between you and review"
    )
    page.get_by_role("main").get_by_role("button", name="Submit for review").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("It waits for a moderator")
    expect(page.get_by_text("is submitted. A moderator reads it")).to_be_visible()
    assert CourseRelease.objects.get(course=course).status == "in_review"
    page.get_by_role("link", name="Home", exact=True).click()
    expect(page.locator(".st-course")).to_contain_text("In review")


def test_what_is_missing_is_a_press_away_from_any_page_of_the_course(window, live_site, ada):
    course = a_course(by=ada, subtitle="", description="")
    page = window()
    arrive(page, live_site, "ada", onward=f"/admin/my-courses/{course.pk}/team/")

    page.get_by_role("button", name="7 of 9 ready").click()
    page.get_by_role("link", name=re.compile("Write the subtitle")).click()

    expect(page.get_by_role("textbox", name="Subtitle")).to_be_focused()


def test_from_lesson_to_lesson_and_back_without_losing_a_word(window, live_site, ada):
    course = a_course(by=ada)
    page = window()
    arrive(page, live_site, "ada", onward=f"/admin/pages/{course.pk}/")
    page.goto(f"{live_site}/admin/pages/{_lesson(course)}/edit/")

    page.get_by_role("textbox", name="Title").fill("Cutting true")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Save, then the outline").click()

    page.wait_for_url(re.compile(r"/admin/my-courses/\d+/outline/"))
    page.go_back()
    page.get_by_role("link", name="Next: Measure yourself").click()
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Measure yourself")
    expect(page.get_by_role("link", name="Before: Cutting true")).to_be_visible()


def _lesson(course) -> int:
    return LessonPage.objects.descendant_of(course).get(title="Cutting straight").pk
