"""The whole job: a course is written, approved, found, bought, studied, and certified."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from learners.models import Enrollment
from storefront.models import Order, WebhookEvent
from tests.builders import a_category

from .steps import approve, open_submission, pay, sign_in, sign_up
from .studio import add_chapter, add_lesson, describe_course, new_course, question, submit, text

pytestmark = pytest.mark.browser

COURSE = "Read a contour map"
FIRST = "Every point on a contour lies equally high."
SECOND = "Where contours crowd together the ground is steep."


def test_a_course_is_written_approved_found_bought_studied_and_certified(
    window, live_shop, stripesim, mailbox, ada, mira
):
    a_category("Maps and fieldwork", pattern="science")

    a_producer_writes_and_submits(window(), live_shop)
    a_moderator_reads_and_approves(window(), live_shop)
    learner = window()
    a_guest_finds_the_course_and_looks_inside(learner, live_shop)
    the_guest_signs_up_and_buys(learner, live_shop, stripesim)
    the_learner_studies_to_the_end(learner)
    anybody_can_check_the_certificate(learner, window(), live_shop)


def a_producer_writes_and_submits(page, site):
    sign_in(page, site, "ada", onward="/admin/")
    editor = new_course(page, COURSE)
    describe_course(
        page,
        subtitle="See the hills in the lines.",
        description="From the first line to a walk that you planned yourself.",
        category="Maps and fieldwork",
        outcome="Tell a spur from a valley",
        price="36.00",
    )
    chapter = add_chapter(page, course=COURSE, title="Lines and heights")
    add_lesson(page, chapter, "What a line says", text(FIRST), preview=True)
    add_lesson(
        page,
        chapter,
        "Steep and gentle ground",
        text(SECOND),
        question(
            "Where is the ground steep?",
            right="Where the lines crowd",
            wrong="Where the lines part",
            feedback="Look again at how far one walks from line to line.",
        ),
    )
    submit(page, editor)
    page.goto(f"{site}/admin/my-courses/")
    expect(page.locator(".st-course")).to_contain_text("In review")


def a_moderator_reads_and_approves(page, site):
    sign_in(page, site, "mira", onward="/admin/")
    open_submission(page, site, COURSE)
    expect(page.get_by_text("1 chapter, 2 lessons")).to_be_visible()
    page.get_by_role("link", name="Steep and gentle ground").click()
    expect(page.frame_locator("iframe").get_by_text(SECOND)).to_be_visible()
    approve(page, site, COURSE)


def a_guest_finds_the_course_and_looks_inside(page, site):
    page.goto(f"{site}/courses/")
    # Its role is another as soon as it can suggest something.
    page.get_by_role("banner").get_by_role("searchbox", name="Search courses").fill(
        "contours hill map"
    )
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name=COURSE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(COURSE)
    course = page.url

    page.wait_for_load_state()  # before its script has run, the link leads to the lesson's own page
    page.get_by_role("link", name="What a line says").click()
    preview = page.get_by_role("dialog")
    expect(preview.get_by_text(FIRST)).to_be_visible()
    assert page.url == course
    page.keyboard.press("Escape")
    expect(preview).not_to_be_visible()
    expect(page.get_by_role("link", name="Steep and gentle ground")).to_have_count(0)


def the_guest_signs_up_and_buys(page, site, stripesim):
    page.get_by_role("link", name="Buy this course").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Create your account")
    sign_up(page, site, name="Noor Brandt-Adeyo", email="noor@example.com")
    expect(page).to_have_url(f"{site}/courses/read-a-contour-map/checkout/")
    expect(page.get_by_text("Buying as noor@example.com")).to_be_visible()

    page.get_by_role("button", name="Pay €36.00").click()
    pay(page, "€36.00")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{COURSE} is yours")
    assert stripesim.order("settle", timeout=30)["settled"]
    assert [order.status for order in Order.objects.all()] == ["paid"]
    assert Enrollment.objects.get().user.email == "noor@example.com"
    assert not WebhookEvent.objects.exclude(status__in=["handled", "ignored"]).exists()


def the_learner_studies_to_the_end(page):
    page.get_by_role("link", name="Start learning").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What a line says")
    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_role("button", name="Not done after all")).to_be_visible()
    page.get_by_role("link", name="Next lesson").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Steep and gentle ground")
    page.get_by_role("radio", name="Where the lines part").check()
    page.get_by_role("button", name="Check my answers").click()
    expect(page.get_by_text("0 of 1 right.")).to_be_visible()
    expect(page.get_by_text("how far one walks from line to line")).to_be_visible()
    page.get_by_role("link", name="Try again").click()
    page.get_by_role("radio", name="Where the lines crowd").check()
    page.get_by_role("button", name="Check my answers").click()
    expect(page.get_by_text("Passed: 1 of 1 right.")).to_be_visible()
    expect(page.get_by_text(f"You have finished {COURSE}.")).to_be_visible()


def anybody_can_check_the_certificate(learner, stranger, site):
    learner.get_by_role("link", name="Your certificate").click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("Certificate of Noor Brandt-Adeyo")
    with learner.expect_download() as download:
        learner.get_by_role("link", name="Save as PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")

    code = learner.locator("dd.code").inner_text()
    stranger.goto(f"{site}/certificates/verify/")
    stranger.get_by_label("Code").fill(code)
    stranger.get_by_role("button", name="Verify").click()
    expect(stranger).to_have_url(learner.url)
    expect(stranger.get_by_text("This certificate is genuine.")).to_be_visible()
    expect(stranger.get_by_role("heading", name="Noor Brandt-Adeyo", exact=True)).to_be_visible()

    learner.goto(f"{site}/mailbox/")
    letters = learner.locator(".mail-list a").filter(has_text="noor@example.com").locator("b")
    expect(letters).to_have_text(
        [f"You have finished {COURSE}", f"{COURSE} is yours", "Your code for Perfomix"]
    )
