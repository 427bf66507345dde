"""Whatever order messages arrive in, and however often: one end, and the books say so.

Stripe's news about one payment are delivered in every order, each twice, a message about an
expired page among them that a paid session never sends. Then money that buys nothing: for an
order that was closed, for one that another payment has paid, and for a course no longer sold.
"""

import itertools
import math
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from courses.models import CoursePage
from learners.models import Enrollment
from storefront.accounting.sales import sales_of
from storefront.checkout import refunds
from storefront.checkout.fulfilment import settle
from storefront.checkout.orders import _payment_page
from storefront.errors import OrderError
from storefront.models import Order, OrderStatus, Payment, PaymentStatus, Refund
from storefront.payments import stripe
from tests.people import logged_in
from tests.storefront.shop import a_checkout, a_course_on_sale, balances, send

from .outcome import state_of_the_world

pytestmark = pytest.mark.django_db

SALE = {"cash": Decimal("24.00"), "producer": Decimal("-20.40"), "revenue": Decimal("-3.60")}


@pytest.fixture
def course(ada):
    return a_course_on_sale(by=ada, price="24.00")


def news(stripesim, kinds: list[str]) -> list[dict]:
    """The newest message of each kind, and one about the page's end made of the first."""
    told = [stripesim.event(kind) for kind in kinds]
    ended = {**told[0], "id": "evt_ended", "type": "checkout.session.expired"}
    return [*told, ended]


def ends_of(client, stripesim, commit, *, begin, kinds: list[str], read=state_of_the_world) -> list:
    """What the shop comes to for each order of the messages, each of them told twice.

    ``begin`` tells the story up to them, from an empty shop and an empty Stripe each time.
    """
    ends = []
    for in_order in itertools.permutations(range(len(kinds) + 1)):
        with transaction.atomic():
            stripesim.order("reset")
            begin()
            told = news(stripesim, kinds)
            for number in in_order * 2:
                with commit():
                    assert send(client, told[number]).status_code == 200
            ends.append(read())
            transaction.set_rollback(True)
    assert len(ends) == math.factorial(len(kinds) + 1)
    assert all(end == ends[0] for end in ends)
    return ends


COMPLETED, SUCCEEDED = "checkout.session.completed", "payment_intent.succeeded"


def paid_twice(stripesim, *, buyer, course) -> tuple[Order, str, str]:
    """An order with two payment pages that were both paid, of which the shop has not heard.

    The first was given up here while it stayed open there, as a lost answer may leave it.
    """
    order, first = a_checkout(buyer=buyer, course=course)
    Payment.objects.update(status=PaymentStatus.EXPIRED)
    second = order.payments.create(amount=order.total, currency="EUR", idempotency_key="second")
    _payment_page(order)
    second.refresh_from_db()
    stripesim.pay(first)
    stripesim.pay(second.session_id)
    return order, first, second.session_id


def payments() -> list[str]:
    return list(Payment.objects.order_by("pk").values_list("status", flat=True))


def test_a_sale_comes_to_one_end(client, stripesim, course, cleo, commit):
    def begin():
        _order, session = a_checkout(buyer=cleo, course=course)
        stripesim.pay(session)

    end, *_ = ends_of(client, stripesim, commit, begin=begin, kinds=[COMPLETED, SUCCEEDED])

    assert (end["order"], end["payment"]) == ("paid", "succeeded")
    assert (end["enrollment"], end["ledger"]) == ("active", SALE)
    assert end["mails"] == ["receipt"]


def test_a_sale_that_was_given_back_comes_to_one_end(client, stripesim, course, cleo, commit):
    def begin():
        _order, session = a_checkout(buyer=cleo, course=course)
        intent = stripesim.pay(session)["payment_intent"]
        stripe.client().v1.refunds.create({"payment_intent": intent})

    kinds = [COMPLETED, SUCCEEDED, "charge.refunded"]
    end, *_ = ends_of(client, stripesim, commit, begin=begin, kinds=kinds)

    assert (end["order"], end["payment"]) == ("refunded", "refunded")
    assert (end["enrollment"], end["ledger"]) == ("refunded", {})
    assert end["mails"] == ["receipt", "refund"]


def whole_shop() -> dict:
    order = Order.objects.get()
    return {
        "order": (order.status, bool(order.paid_at), bool(order.refunded_at)),
        "payments": payments(),
        "refunds": sorted(Refund.objects.values_list("status", "amount")),
        "ledger": balances(),
        "enrollments": list(Enrollment.objects.values_list("status", flat=True)),
    }


def test_money_for_a_course_no_longer_sold_comes_to_one_end(
    client, stripesim, course, cleo, commit
):
    def begin():
        _order, session = a_checkout(buyer=cleo, course=course)
        stripesim.pay(session)
        CoursePage.objects.update(archived_at=timezone.now())

    kinds = [COMPLETED, SUCCEEDED]
    end, *_ = ends_of(client, stripesim, commit, begin=begin, kinds=kinds, read=whole_shop)

    assert end == {
        "order": ("refunded", False, True),
        "payments": ["refunded"],
        "refunds": [("succeeded", Decimal("24.00"))],
        "ledger": {},
        "enrollments": [],
    }


def test_a_later_payment_of_a_closed_order_goes_back(client, stripesim, course, cleo, ivo, commit):
    def begin():
        order, first, _second = paid_twice(stripesim, buyer=cleo, course=course)
        settle(session_id=first)
        refunds.refund_order(order=order, by=ivo)
        assert whole_shop()["order"] == ("refunded", True, True)

    kinds = [COMPLETED, SUCCEEDED]
    end, *_ = ends_of(client, stripesim, commit, begin=begin, kinds=kinds, read=whole_shop)

    assert end == {
        "order": ("refunded", True, True),
        "payments": ["refunded", "refunded"],
        "refunds": [("succeeded", Decimal("24.00"))] * 2,
        "ledger": {},
        "enrollments": ["refunded"],
    }


def test_a_second_payment_of_a_paid_order_goes_back_and_the_order_stays(
    client, stripesim, course, cleo, ivo, commit
):
    order, first, second = paid_twice(stripesim, buyer=cleo, course=course)
    settle(session_id=first)

    with commit():
        settle(session_id=second)

    assert (Order.objects.get().status, payments()) == ("paid", ["succeeded", "refunded"])
    assert Order.objects.get().refunded_at is None
    assert Enrollment.objects.get().status == "active"
    assert Refund.objects.get().reason_for_buyer == "This course had already been bought."
    assert balances() == SALE

    refunds.refund_order(order=order, by=ivo)

    assert (Order.objects.get().status, payments()) == ("refunded", ["refunded", "refunded"])
    assert Enrollment.objects.get().status == "refunded"
    assert balances() == {}


def test_what_paid_the_order_goes_back_while_the_other_still_waits(
    client, stripesim, course, cleo, ivo
):
    """The automatic refund has not been carried out when an admin refunds the order."""
    order, first, second = paid_twice(stripesim, buyer=cleo, course=course)
    settle(session_id=first)
    settle(session_id=second)
    assert payments() == ["succeeded", "owed_back"]

    refunds.refund_order(order=order, by=ivo)

    assert (Order.objects.get().status, payments()) == ("refunded", ["refunded", "owed_back"])
    assert Enrollment.objects.get().status == "refunded"
    assert balances() == {"cash": Decimal("24.00"), "buyers": Decimal("-24.00")}

    refunds.finish_waiting(older_than=-timedelta(minutes=1))

    assert payments() == ["refunded", "refunded"]
    assert balances() == {}


def test_money_owed_back_that_stripe_refused_can_be_given_back_by_an_admin(
    stripesim, course, cleo, ivo, commit, logged, monkeypatch
):
    order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)
    CoursePage.objects.update(archived_at=timezone.now())

    def refuse(**asked):
        raise OrderError("The payment was not accepted.", code="stripe_refused")

    with monkeypatch.context() as refusing, commit():
        refusing.setattr(stripe, "refund_payment", refuse)
        settle(session_id=session)
    failed = [line for line in logged() if line.event == "refund.failed"]
    assert [line.levelname for line in failed] == ["ERROR"]
    assert (Order.objects.get().status, payments()) == ("refunded", ["owed_back"])

    refunds.refund_order(order=order, by=ivo)

    assert payments() == ["refunded"]
    assert balances() == {}


def test_a_declined_order_stands_among_purchases_and_is_no_sale(
    client, stripesim, course, cleo, ada, commit
):
    order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)
    CoursePage.objects.update(archived_at=timezone.now())
    with commit():
        settle(session_id=session)

    listed = logged_in(client, cleo).get("/purchases/").content.decode()
    receipt = client.get(f"/purchases/{order.pk}/").content.decode()

    assert f"{order.created_at:%Y-%m-%d}" in listed
    assert "Refunded" in listed
    assert "Ordered" in receipt
    assert not sales_of(ada).exists()


def test_one_refund_that_stripe_refuses_to_show_keeps_no_other_waiting(
    stripesim, ada, cleo, dana, monkeypatch
):
    course = a_course_on_sale(by=ada, price="24.00")
    waiting = []
    for buyer in (cleo, dana):
        _order, session = a_checkout(buyer=buyer, course=course)
        stripesim.pay(session)
        waiting.append(settle(session_id=session))
    stuck = refunds.promise(payment=waiting[0].payments.get(), reason="")
    Refund.objects.filter(pk=stuck.pk).update(refund_id="re_unknown")
    refunds.promise(payment=waiting[1].payments.get(), reason="")

    def refuse(payment_intent):
        raise OrderError("No such payment.", code="stripe_refused")

    monkeypatch.setattr(stripe, "refunds_of", refuse)
    refunds.finish_waiting(older_than=-timedelta(minutes=1))

    assert Order.objects.get(pk=waiting[1].pk).status == OrderStatus.REFUNDED
    assert Order.objects.get(pk=waiting[0].pk).status == OrderStatus.PAID
