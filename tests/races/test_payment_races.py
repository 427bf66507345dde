"""Money when two things happen at once. Every race ships with its control: the same race
with the guard removed, which must do the damage that the guard prevents."""

from decimal import Decimal

import pytest
from django.db.models import F
from django.test import Client

from courses.models import OutboxMail
from learners.models import Enrollment
from storefront import coupons, fulfilment, orders, refunds
from storefront.errors import OrderError
from storefront.models import Coupon, LedgerEntry, Order, OrderStatus, Refund, WebhookEvent
from storefront.models.orders import OrderQuerySet
from storefront.payments import stripe
from tests.people import logged_in, somebody
from tests.storefront.shop import (
    a_checkout,
    a_coupon,
    a_course_on_sale,
    a_paid_order,
    balances,
    send,
)

from .together import Meeting, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

SALE = {"cash": Decimal("24.00"), "producer": Decimal("-20.40"), "revenue": Decimal("-3.60")}


@pytest.fixture
def course(ada):
    return a_course_on_sale(by=ada, price="24.00")


@pytest.fixture
def without_locks(monkeypatch):
    """The control: nobody waits for anybody."""
    monkeypatch.setattr("storefront.locks.lock_buyer", lambda buyer_id: None)
    monkeypatch.setattr("storefront.orders.lock_buyer", lambda buyer_id: None)
    monkeypatch.setattr(OrderQuerySet, "locked", lambda self: self.order_by("pk"))


def times_booked() -> int:
    """How often the ledger says that the one payment came in."""
    return LedgerEntry.objects.filter(account="cash", amount__gt=0).count()


# Two webhooks, a webhook and the return page


@pytest.fixture
def paid(stripesim, course, cleo, monkeypatch):
    """(order, message) of a checkout just paid; deliveries meet between look and write."""
    order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)
    monkeypatch.setattr(fulfilment, "_check", Meeting().before(fulfilment._check))
    return order, stripesim.event("checkout.session.completed")


def test_two_messages_at_once_deliver_once(paid):
    """M1."""
    _, event = paid

    answers = together(*[lambda: send(Client(), event).status_code] * 3)

    assert answers == [200, 200, 200]
    assert balances() == SALE
    assert times_booked() == 1
    assert Order.objects.get().status == OrderStatus.PAID
    assert Enrollment.objects.count() == 1
    assert OutboxMail.objects.count() == 1
    assert WebhookEvent.objects.get().status == "handled"


def test_control_two_messages_at_once_book_twice_without_locks(paid, without_locks):
    _, event = paid

    together(*[lambda: send(Client(), event).status_code] * 2)

    assert times_booked() == 2


def test_a_message_and_the_returning_buyer_deliver_once(paid, cleo):
    """M10."""
    order, event = paid
    browser = logged_in(Client(), cleo)

    answers = together(
        lambda: send(Client(), event).status_code,
        lambda: browser.get(f"/checkout/{order.pk}/return/").status_code,
    )

    assert answers == [200, 200]
    assert balances() == SALE
    assert times_booked() == 1
    assert Enrollment.objects.count() == 1
    assert OutboxMail.objects.count() == 1


def test_control_a_message_and_the_returning_buyer_book_twice_without_locks(
    paid, cleo, without_locks
):
    order, event = paid
    browser = logged_in(Client(), cleo)

    together(
        lambda: send(Client(), event).status_code,
        lambda: browser.get(f"/checkout/{order.pk}/return/").status_code,
    )

    assert times_booked() == 2


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
    """M8."""
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


# Two sessions paid at once


def test_two_payments_for_one_course_at_once_enroll_once_and_give_one_back(
    stripesim, course, cleo, monkeypatch
):
    """M11: two open pages, left by a fault; both paid, both messages at once."""
    with monkeypatch.context() as without:
        without.setattr(orders, "_sort_out", lambda found, course, code, shown: (None, []))
        pairs = [a_checkout(buyer=cleo, course=course) for _ in range(2)]
    for _, session in pairs:
        stripesim.pay(session)
    events = stripesim.events("checkout.session.completed")

    answers = together(*[lambda event=event: send(Client(), event).status_code for event in events])

    assert answers == [200, 200]
    assert sorted(Order.objects.values_list("status", flat=True)) == ["paid", "refunded"]
    assert Enrollment.objects.get().status == "active"
    assert Refund.objects.get().status == "succeeded"
    assert balances() == SALE


# A double refund


def test_two_refunds_at_once_give_back_once(stripesim, course, cleo, ivo, monkeypatch):
    """M19."""
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    monkeypatch.setattr(refunds, "promise", Meeting().before(refunds.promise))

    together(*[lambda: refunds.refund_order(order=order, by=ivo)] * 2)

    assert Refund.objects.get().status == "succeeded"
    assert len(stripesim.events("refund.created")) == 1
    assert balances() == {}
    assert OutboxMail.objects.filter(key__startswith="refund:").count() == 1


def test_control_two_refunds_at_once_are_promised_twice_without_locks(
    stripesim, course, cleo, ivo, monkeypatch, without_locks
):
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    meeting = Meeting()
    create = Refund.objects.create
    monkeypatch.setattr(Refund.objects, "create", meeting.before(create))

    together(*[lambda: refunds.refund_order(order=order, by=ivo)] * 2)

    assert Refund.objects.count() == 2


def test_an_admin_and_stripes_message_about_a_refund_record_it_once(
    stripesim, course, cleo, ivo, monkeypatch
):
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    stripe.client().v1.refunds.create({"payment_intent": order.payments.get().payment_intent})
    event = stripesim.event("charge.refunded")
    monkeypatch.setattr(refunds, "_row_of", Meeting().before(refunds._row_of))

    together(*[lambda: send(Client(), event).status_code] * 2)

    assert Refund.objects.count() == 1
    assert balances() == {}
    assert LedgerEntry.objects.values("transaction").distinct().count() == 2


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
    """M15, M28."""
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


def test_uses_given_back_at_once_are_counted_once(stripesim, course, cleo, monkeypatch):
    """M16: an order that two sweepers close at the same moment."""
    coupon = a_coupon("FIELDBOOK", 25, max_uses=5)
    order, _ = a_checkout(buyer=cleo, course=course, code="FIELDBOOK")
    Coupon.objects.update(used=F("used") + 2)

    together(*[lambda: orders.expire_order(order=order)] * 3)

    coupon.refresh_from_db()
    assert coupon.used == 2
    assert Order.objects.get().status == OrderStatus.EXPIRED
