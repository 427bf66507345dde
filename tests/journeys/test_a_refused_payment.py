"""A card is declined, a checkout is left: nothing is bought until somebody has paid."""

import pytest
from playwright.sync_api import expect

from learners.models import Enrollment
from storefront.models import LedgerEntry, Order
from tests.builders import a_released_course

from .steps import pay, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def course(catalogue, ada):
    return a_released_course(by=ada, title="Sewing by hand", price="24.00")


@pytest.fixture
def at_the_payment_page(window, live_shop, course, cleo):
    """Cleo, who pressed Buy and then Pay."""
    page = sign_in(window(), live_shop, "cleo")
    page.goto(f"{live_shop}/courses/sewing-by-hand/")
    page.get_by_role("link", name="Buy this course").first.click()
    page.get_by_role("button", name="Pay €24.00").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pay €24.00")
    return page


def test_a_declined_card_buys_nothing_and_another_one_pays(
    at_the_payment_page, live_shop, stripesim
):
    page = at_the_payment_page

    pay(page, "€24.00", card="is declined")
    expect(page.get_by_role("alert")).to_contain_text("declined")
    assert stripesim.order("settle", timeout=30)["settled"]
    assert [order.status for order in Order.objects.all()] == ["pending"]
    assert not Enrollment.objects.exists()
    assert not LedgerEntry.objects.exists()

    pay(page, "€24.00")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sewing by hand is yours")
    assert stripesim.order("settle", timeout=30)["settled"]
    assert [order.status for order in Order.objects.all()] == ["paid"]
    assert Enrollment.objects.count() == 1
    page.goto(f"{live_shop}/purchases/")
    expect(page.get_by_role("main")).to_contain_text("Sewing by hand")
    page.goto(f"{live_shop}/my-learning/")
    expect(page.get_by_role("region", name="Not started")).to_contain_text("Sewing by hand")


def test_a_checkout_left_open_buys_nothing_and_can_be_begun_again(
    at_the_payment_page, live_shop, stripesim
):
    page = at_the_payment_page
    page.goto(f"{live_shop}/my-learning/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your shelf has room")

    stripesim.advance(days=2)
    assert stripesim.order("settle", timeout=30)["settled"]
    assert [order.status for order in Order.objects.all()] == ["expired"]
    assert not Enrollment.objects.exists()
    assert not LedgerEntry.objects.exists()
    stripesim.advance(days=-2)  # the shop's own clock did not move

    page.goto(f"{live_shop}/courses/sewing-by-hand/")
    page.get_by_role("link", name="Buy this course").first.click()
    page.get_by_role("button", name="Pay €24.00").click()
    pay(page, "€24.00")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sewing by hand is yours")
    assert Enrollment.objects.count() == 1
