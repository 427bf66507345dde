"""Every list of an admin shows its last column on a screen of 1440 px, whatever its rows hold."""

import pytest
from playwright.sync_api import expect

from learners.models import LessonProgress, Review
from storefront.checkout import refunds
from storefront.models import Order, WebhookEvent
from storefront.returns.requests import request_return
from tests.builders import a_lesson
from tests.storefront.shop import a_coupon, a_course_on_sale, a_paid_order

from .steps import arrive

pytestmark = pytest.mark.browser

WORDS = "Bought it twice over, as a gift and for themselves, and asked for it in the same week. "
LISTS = [
    *("storefront/order/", "storefront/payment/", "storefront/refund/", "storefront/ledgerentry/"),
    *("storefront/coupon/", "storefront/webhookevent/", "shop/returns/", "learners/enrollment/"),
    *("learners/lessonprogress/", "learners/review/"),
]


@pytest.fixture
def rows(stripesim, ada, cleo, dana, ivo):
    """A row of each list, with the longest words that are common."""
    course = a_course_on_sale(
        by=ada, price="24.00", title="Soil under the microscope: what lives beneath a meadow"
    )
    refunds.refund_order(
        order=a_paid_order(stripesim, buyer=dana, course=course), by=ivo, reason=WORDS[:250]
    )
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    request_return(order=order, by=cleo, words=WORDS)
    Order.objects.update(buyer_email="guadalupe.fernandez-villanueva@correspondencia.example")
    LessonProgress.objects.create(
        enrollment=cleo.enrollments.get(), lesson=a_lesson(under=course, title=WORDS)
    )
    Review.objects.create(course=course, user=dana, rating=4, content=WORDS * 8)
    a_coupon("FOR-EVERYBODY-OF-THE-CLASS", course=course)
    WebhookEvent.objects.create(
        event_id="evt_1PgLk2AbCdEfGhIjKlMnOpQr",
        type="checkout.session.async_payment_succeeded",
        error=WORDS * 3,
        payload={},
    )


def test_no_list_hides_a_column(window, live_site, rows):
    page = arrive(window(), live_site, "ivo", onward="/admin/")

    for path in LISTS:
        page.goto(f"{live_site}/admin/{path}")
        listing = page.locator(".result-list")
        expect(listing.locator("tbody tr").first).to_be_visible()
        held, shown = listing.evaluate("box => [box.scrollWidth, box.clientWidth]")
        assert held <= shown, path
