"""What stands around the outline follows what is done in it, and leads back into it."""

import pytest
from playwright.sync_api import expect

from courses.models import CourseRelease
from tests.builders import a_course

from .outline import focus, open_outline, row, saved

pytestmark = pytest.mark.browser


@pytest.fixture
def course(ada, mira):
    return a_course(by=ada, syllabus={"Tools": ["Needles"], "Stitches": ["Running"]})


@pytest.fixture
def page(window, live_site, course):
    return open_outline(window(), live_site, course)


def standing(page):
    return page.locator(".st-submission")


def test_the_frame_follows_each_change_and_undo(page, course):
    expect(standing(page)).to_contain_text("9 of 9 ready")
    focus(page, "Needles").press("Delete")
    expect(standing(page)).to_contain_text("8 of 9 ready")
    expect(standing(page)).to_contain_text("Mend 1 thing")
    expect(page.get_by_role("link", name="Before you submit")).to_contain_text("1")

    page.keyboard.press("Control+z")
    expect(standing(page)).to_contain_text("9 of 9 ready")
    page.get_by_role("button", name="Submit for review").click()
    page.wait_for_url("**/before-you-submit/")
    assert CourseRelease.objects.get(course=course).status == "in_review"


def test_what_is_just_used_is_told_anew_afterwards(page, course):
    focus(page, "Needles").press("Delete")
    expect(standing(page)).to_contain_text("Mend 1 thing")
    page.locator(".st-submission__met").click()
    expect(page.get_by_role("heading", name="Still to mend")).to_be_visible()
    with page.expect_response("**/standing/**"):
        page.evaluate("document.querySelector('#outline-undo').click()")
    expect(standing(page)).to_contain_text("8 of 9 ready")

    page.keyboard.press("Escape")
    page.locator("#outline-find").focus()
    expect(standing(page)).to_contain_text("9 of 9 ready")


def test_what_is_to_mend_in_a_row_leads_to_it(page, course):
    focus(page, "Running").press("Delete")
    saved(page, course)
    row(page, "Tools").focus()
    page.locator(".st-submission__met").click()
    page.get_by_role("link", name="This chapter is empty").click()
    expect(row(page, "Stitches")).to_be_focused()
    expect(row(page, "Stitches")).to_contain_text("1 missing")

    page.get_by_role("link", name="Before you submit").click()
    page.get_by_role("main").locator("a[href*='#part-']").last.click()
    expect(row(page, "Stitches")).to_be_focused()
    expect(row(page, "Stitches")).to_be_in_viewport(ratio=1)
