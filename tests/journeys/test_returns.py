"""A course given back by the rule, and one against it, which an admin decides."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from learners.models import Enrollment
from storefront.models import Order, Refund
from tests.builders import a_course, a_released_course

from .steps import arrive, pay

pytestmark = pytest.mark.browser
LESSONS = ["Two needles and a thread", "Cutting straight", "A first seam"]


@pytest.fixture
def course(catalogue, ada):
    draft = a_course(by=ada, title="Sewing by hand", price="24.00", syllabus=LESSONS)
    return a_released_course(by=ada, course=draft)


@pytest.fixture
def learner(window, live_shop, stripesim, mailbox, course, cleo):
    """Cleo has bought the course and stands at its first lesson."""
    page = arrive(window(), live_shop, "cleo")
    page.goto(f"{live_shop}/courses/sewing-by-hand/checkout/")
    page.get_by_role("button", name="Pay €24.00").click()
    pay(page, "€24.00")
    page.get_by_role("link", name="Start learning").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LESSONS[0])
    return page


def the_next_click_finds_it_closed(page) -> None:
    with page.expect_response(lambda response: "/learn/" in response.url) as refusal:
        page.get_by_role("link", name="Next lesson").click()
    assert refusal.value.status == 403
    expect(page.get_by_role("link", name="Buy it again")).to_be_visible()


def test_a_course_is_returned_by_the_rule_and_closes_with_the_next_click(learner, live_shop):
    page = learner.context.new_page()
    page.goto(f"{live_shop}/purchases/")
    expect(page.get_by_text("0 % studied; you can return this until")).to_be_visible()
    page.get_by_role("link", name="Return this course").click()
    expect(page.get_by_role("main")).to_contain_text("It closes at once, and a review of yours")
    page.get_by_label("What was not right for you?").fill("I found my grandmother’s notes.")
    page.get_by_role("button", name="Return it and get €24.00 back").click()
    expect(page.get_by_text("€24.00 is on its way back to the card that paid.")).to_be_visible()
    expect(page.get_by_role("link", name="Return this course")).to_have_count(0)

    the_next_click_finds_it_closed(learner)
    learner.goto(f"{live_shop}/mailbox/")
    expect(learner.get_by_role("link", name="is on its way back to you")).to_have_count(1)
    assert Refund.objects.get().requested_by.name == "Cleo Marchetti"


def test_a_return_against_the_rule_is_decided_by_an_admin(window, learner, live_shop, ivo):
    Order.objects.update(paid_at=timezone.now() - timedelta(days=40))
    page = learner.context.new_page()
    page.goto(f"{live_shop}/purchases/")
    page.get_by_role("link", name="Ask for a return").click()
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text("Say in a sentence why you would like to return it.")).to_be_visible()
    page.get_by_label("Why would you like to return it?").fill("I broke my wrist in week one.")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text("to return this. A person reads it")).to_be_visible()
    assert Enrollment.objects.get().status == "active"

    admin = arrive(window(), live_shop, "ivo", onward="/admin/")
    admin.get_by_role("link", name="Cleo Marchetti").click()
    expect(admin.get_by_text("I broke my wrist in week one.")).to_be_visible()
    expect(admin.get_by_text("40 days before the request")).to_be_visible()
    admin.get_by_label("Answer").fill("Get well soon.")
    admin.get_by_role("button", name="Give €24.00 back").click()
    expect(admin.get_by_text("Cleo Marchetti: granted.")).to_be_visible()

    the_next_click_finds_it_closed(learner)
    page.reload()
    expect(page.get_by_text("Get well soon.")).to_be_visible()


def test_it_works_without_scripts(new_context, course, live_shop, learner, cleo):
    page = new_context(java_script_enabled=False).new_page()
    arrive(page, live_shop, "cleo")
    page.goto(f"{live_shop}/purchases/")
    page.get_by_role("link", name="Return this course").click()
    page.get_by_role("button", name="Return it and get €24.00 back").click()

    expect(page.get_by_text("€24.00 is on its way back to the card that paid.")).to_be_visible()
    assert Order.objects.get().status == "refunded"
