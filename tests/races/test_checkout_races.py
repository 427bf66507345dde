"""Checkouts begun at once: one order however often "Buy" is pressed, one buyer per last use.

Every race ships with its control: the same race with the guard removed, which must do the
damage that the guard prevents.
"""

import pytest
from django.test import Client

from learners.models import Enrollment
from storefront.checkout import coupons, orders
from storefront.errors import OrderError
from storefront.models import Coupon, Order
from storefront.payments import stripe
from tests.people import logged_in, somebody
from tests.storefront.shop import a_coupon

from .together import Meeting, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


# A double click


def presses(buyer, course, times):
    browsers = [logged_in(Client(), buyer) for _ in range(times)]
    return [
        lambda browser=browser: browser.post(
            f"/courses/{course.slug}/checkout/", {"action": "pay", "shown": "24.00"}
        )
        for browser in browsers
    ]


def test_pressing_buy_many_times_at_once_is_one_order_and_one_payment_page(
    stripesim, course, cleo, monkeypatch
):
    monkeypatch.setattr(orders, "_sort_out", Meeting(2).before(orders._sort_out))

    answers = together(*presses(cleo, course, 6))

    assert Order.objects.count() == 1
    assert len(stripe.client().v1.checkout.sessions.list().data) == 1
    # Whoever lost the race for the key is told to press again; nobody gets another page.
    assert {answer.status_code for answer in answers} <= {302, 503}
    assert len({answer.url for answer in answers if answer.status_code == 302}) == 1


def test_control_pressing_buy_twice_at_once_is_two_orders_without_locks(
    stripesim, course, cleo, monkeypatch, without_locks
):
    monkeypatch.setattr(orders, "_sort_out", Meeting(2).before(orders._sort_out))

    together(*presses(cleo, course, 2))

    assert Order.objects.count() == 2


# The last use of a code


def claims(course, people):
    return [
        lambda buyer=buyer: orders.start_checkout(buyer=buyer, course=course, code="GIFT")
        for buyer in people
    ]


@pytest.fixture
def people(db):
    return [somebody(email=f"claimant{number}@example.com") for number in range(6)]


def test_the_last_use_of_a_code_goes_to_one(stripesim, course, people, monkeypatch):
    a_coupon("GIFT", 100, max_uses=1)
    monkeypatch.setattr(coupons, "take", Meeting(6).before(coupons.take))

    results = together(*claims(course, people))

    refused = [result for result in results if isinstance(result, OrderError)]
    assert len(refused) == 5
    assert {str(refusal) for refusal in refused} == {coupons.USED_UP}
    assert (Order.objects.count(), Enrollment.objects.count()) == (1, 1)
    assert Coupon.objects.get().used == 1


def test_control_a_code_counted_by_reading_and_writing_is_oversold(
    stripesim, course, people, monkeypatch
):
    a_coupon("GIFT", 100, max_uses=1)
    meeting = Meeting(6)

    def naive(coupon):
        coupon.refresh_from_db()
        if coupon.used >= coupon.max_uses:
            raise OrderError(coupons.USED_UP)
        meeting.wait()
        coupon.used += 1
        coupon.save(update_fields=["used"])

    monkeypatch.setattr(coupons, "take", naive)

    together(*claims(course, people))

    assert Order.objects.count() == 6
    assert Coupon.objects.get().used == 1
