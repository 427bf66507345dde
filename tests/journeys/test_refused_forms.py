"""Whoever sent a form that was refused stands where it is to be mended, with or without scripts."""

import pytest
from playwright.sync_api import expect

from learners.enrollment.enrollments import enroll
from tests.builders import a_released_course

from .steps import arrive

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request, browser, cleo):
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def test_the_first_field_with_a_mistake_has_the_focus(page, live_site):
    page.goto(f"{live_site}/accounts/signup/")
    page.get_by_label("Your name").fill("Noor")
    page.get_by_label("E-mail").fill("noor@example.com")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Create account").click()

    expect(page.get_by_label("Password")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Password")).to_be_focused()
    assert page.locator("[autofocus]").count() == 1


def test_what_is_wrong_with_the_whole_form_has_the_focus(page, live_site):
    page.goto(f"{live_site}/accounts/login/")
    page.get_by_label("E-mail").fill("cleo@example.com")
    page.get_by_label("Password").fill("not her password")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("alert")).to_be_focused()
    assert page.locator("[autofocus]").count() == 1


def test_stars_that_are_missing_have_the_focus(page, live_site, ada, cleo, catalogue):
    course = a_released_course(by=ada)
    enroll(user=cleo, course=course)
    arrive(page, live_site, "cleo")
    page.goto(f"{live_site}/my-learning/{course.uuid}/review/")
    page.get_by_role("button", name="Publish the review").click()

    expect(page.get_by_role("group", name="Your rating")).to_be_focused()


def test_a_code_that_is_not_taken_has_the_focus(page, live_site, ada, cleo, catalogue):
    course = a_released_course(by=ada)
    arrive(page, live_site, "cleo")
    page.goto(f"{live_site}/courses/{course.slug}/checkout/?code=NOTHING")

    expect(page.get_by_label("Code")).to_be_focused()


def test_a_form_that_was_not_sent_takes_no_focus(page, live_site):
    page.goto(f"{live_site}/accounts/signup/")

    assert page.locator("[autofocus]").count() == 0
