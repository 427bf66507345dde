"""Buying in a real browser: site, payment page and Stripe's messages, all over HTTP."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from courses.models import OutboxMail
from learners.models import Enrollment
from storefront.models import Order, OrderStatus, WebhookEvent
from tests.people import PASSWORD
from tests.storefront.shop import a_coupon, a_course_on_sale

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"phone": (390, 844), "desk": (1440, 900)}


@pytest.fixture
def course(ada):
    return a_course_on_sale(by=ada, price="24.00")


@pytest.fixture
def buyer(page, live_shop, cleo, client):
    """Cleo, signed in, in a browser."""
    client.force_login(cleo)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_shop}])
    return page


ROWS_FILL_THEIR_TABLE = """() => [...document.querySelectorAll("table tbody tr")].every(
  (row) => Math.abs(row.getBoundingClientRect().width - row.closest("table").clientWidth) < 2
)"""


def looks_right(page, name: str) -> None:
    """No axe violation and no sideways scrolling, narrow and wide, light and dark."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page)
            assert found.violations_count == 0, (
                f"{name}, {size}, {scheme}: {found.generate_report()}"
            )
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(ROWS_FILL_THEIR_TABLE), f"{name}, {size}: a table is torn"


def test_somebody_buys_a_course_with_a_code(buyer, live_shop, stripesim, course):
    a_coupon("FIELDBOOK", 25)
    page = buyer

    page.goto(f"{live_shop}/courses/{course.slug}/checkout/")
    looks_right(page, "checkout")
    page.get_by_label("Code").fill("fieldbook")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("−€6.00")).to_be_visible()
    looks_right(page, "checkout with a code")
    page.get_by_role("button", name="Pay €18.00").click()

    expect(page.get_by_text("Test payments: no real money moves")).to_be_visible()
    looks_right(page, "payment page")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the whole payment page works with the keyboard

    expect(page.get_by_role("heading", name="Sewing by hand is yours")).to_be_visible()
    looks_right(page, "return")
    assert stripesim.order("settle", timeout=30)["settled"]
    assert Order.objects.get().status == OrderStatus.PAID
    assert Enrollment.objects.get().status == "active"
    assert OutboxMail.objects.filter(key__startswith="receipt:").count() == 1
    assert not WebhookEvent.objects.filter(status="failed").exists()

    page.get_by_role("link", name="Receipt").first.click()
    expect(
        page.get_by_role("heading", name=f"Receipt {Order.objects.get().number}")
    ).to_be_visible()
    looks_right(page, "receipt")
    page.goto(f"{live_shop}/purchases/")
    looks_right(page, "purchases")


def test_a_refused_card_leads_back_with_a_reason_and_another_one_pays(
    buyer, live_shop, course, cleo
):
    page = buyer
    page.goto(f"{live_shop}/courses/{course.slug}/checkout/")
    page.get_by_role("button", name="Pay €24.00").click()

    page.get_by_text("has too little money").click()
    page.get_by_role("button", name="Pay €24.00").click()
    expect(page.get_by_role("alert")).to_contain_text("Your card has insufficient funds.")
    looks_right(page, "declined")
    page.get_by_role("link", name="Go back without paying").click()

    expect(page.get_by_role("alert")).to_contain_text("Your card has insufficient funds.")
    looks_right(page, "cancelled")
    assert not Enrollment.objects.exists()
    page.get_by_role("link", name="Pay €24.00").click()
    page.get_by_role("button", name="Pay €24.00").click()

    expect(page.get_by_role("heading", name="Sewing by hand is yours")).to_be_visible()
    assert Enrollment.objects.get().user == cleo


def test_a_visitor_who_presses_buy_is_back_at_the_checkout_after_signing_in(
    page, live_shop, course, cleo
):
    page.goto(f"{live_shop}/courses/{course.slug}/checkout/")
    expect(page).to_have_url(f"{live_shop}/accounts/signup/?next=/courses/{course.slug}/checkout/")
    page.goto(f"{live_shop}/accounts/login/?next=/courses/{course.slug}/checkout/")
    page.locator("[name=login]").fill(cleo.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")

    expect(page.get_by_role("heading", name="Checkout")).to_be_visible()
