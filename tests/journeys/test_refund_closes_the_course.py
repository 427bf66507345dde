"""Money back, course closed: from the admin's press of the button on."""

import pytest
from playwright.sync_api import expect

from learners.models import Enrollment
from storefront.models import Order
from tests.builders import a_chapter, a_course, a_lesson, a_released_course
from tests.media import PDF, a_document

from .steps import pay, sign_in

pytestmark = pytest.mark.browser

COURSE = "Sewing by hand"


@pytest.fixture
def course(catalogue, ada):
    """Two lessons and an open one; with the first comes a pattern to print."""
    draft = a_course(by=ada, title=COURSE, price="24.00", syllabus={})
    tools = a_chapter(under=draft, title="Tools")
    pattern = a_document(title="A shirt, size M", course=draft, by=ada)
    files = [{"title": "The pattern", "file": pattern}]
    body = [("rich_text", "<p>Print it.</p>"), ("downloads", {"heading": "Print", "files": files})]
    a_lesson(under=tools, title="Two needles and a thread", body=body)
    a_lesson(under=tools, title="Cutting straight")
    a_lesson(under=tools, title="Threading a needle", is_preview=True)
    return a_released_course(by=ada, course=draft)


def test_a_refund_closes_the_course_with_the_next_click(
    window, live_shop, stripesim, mailbox, course, cleo, ivo
):
    learner = sign_in(window(), live_shop, "cleo")
    learner.goto(f"{live_shop}/courses/sewing-by-hand/checkout/")
    learner.get_by_role("button", name="Pay €24.00").click()
    pay(learner, "€24.00")
    learner.get_by_role("link", name="Start learning").click()
    pattern = learner.get_by_role("link", name="The pattern").evaluate("link => link.href")
    answer = learner.request.get(pattern)
    assert (answer.status, answer.body()) == (200, PDF)

    an_admin_gives_the_money_back(sign_in(window(), live_shop, "ivo", onward="/admin/"))

    with learner.expect_response(lambda response: "/learn/" in response.url) as refusal:
        learner.get_by_role("link", name="Next lesson").click()
    assert refusal.value.status == 403
    expect(learner.get_by_role("link", name="Buy it again")).to_be_visible()
    expect(learner.get_by_text("Cutting straight: begin with")).to_have_count(0)
    answer = learner.request.get(pattern)
    assert answer.status == 403
    assert PDF not in answer.body()

    assert stripesim.order("settle", timeout=30)["settled"]
    assert [order.status for order in Order.objects.all()] == ["refunded"]
    assert Enrollment.objects.get().status == "refunded"
    learner.goto(f"{live_shop}/my-learning/")
    expect(learner.get_by_role("main")).to_contain_text("Its lessons are closed.")
    learner.goto(f"{live_shop}/mailbox/")
    expect(learner.get_by_role("link", name="is on its way back to you")).to_have_count(1)


def an_admin_gives_the_money_back(page):
    page.get_by_role("button", name="Shop").click()
    page.get_by_role("link", name="Orders", exact=True).click()
    page.get_by_role("row").filter(has_text=COURSE).get_by_role("link", name="Refund").click()
    page.get_by_label("Reason").fill("Bought by mistake")
    page.get_by_role("button", name="Refund €24.00").click()
    expect(page.get_by_text("is refunded. The buyer has been told.")).to_be_visible()
