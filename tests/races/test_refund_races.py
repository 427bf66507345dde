"""Refunds that two ask for, or hear of, at once: money goes back once, access ends once.

Every race ships with its control: the same race with the guard removed, which must do the
damage that the guard prevents.
"""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from learners.models import Enrollment
from storefront.checkout import refunds
from storefront.errors import PaymentsUnavailable
from storefront.models import LedgerEntry, Order, Refund, WebhookEvent
from storefront.payments import stripe
from tests.storefront.shop import a_paid_order, balances, send

from .books import mails, refunds_booked
from .together import Meeting, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def order(stripesim, course, cleo):
    return a_paid_order(stripesim, buyer=cleo, course=course)


def at_stripe(order, **how):
    """Somebody gives money back in Stripe's dashboard."""
    intent = order.payments.get().payment_intent
    return stripe.client().v1.refunds.create({"payment_intent": intent, **how})


def twice_at_once(event) -> list:
    return together(*[lambda: send(Client(), event).status_code] * 2)


# Two admins


def test_two_refunds_at_once_give_back_once(stripesim, order, ivo, monkeypatch):
    monkeypatch.setattr(refunds, "promise", Meeting().before(refunds.promise))

    together(*[lambda: refunds.refund_order(order=order, by=ivo)] * 2)

    assert Refund.objects.get().status == "succeeded"
    assert len(stripesim.events("refund.created")) == 1
    assert balances() == {}
    assert mails("refund") == 1


def test_control_two_refunds_at_once_are_promised_twice_without_locks(
    order, ivo, monkeypatch, without_locks
):
    meeting = Meeting()
    create = Refund.objects.create
    monkeypatch.setattr(Refund.objects, "create", meeting.before(create))

    together(*[lambda: refunds.refund_order(order=order, by=ivo)] * 2)

    assert Refund.objects.count() == 2


# One message about a refund, delivered twice


def test_a_message_about_a_refund_twice_at_once_books_it_once_and_ends_access_once(
    stripesim, order, monkeypatch
):
    at_stripe(order)
    revoke, ended = refunds.revoke, []
    monkeypatch.setattr(refunds, "revoke", lambda **what: (ended.append(what), revoke(**what)))
    monkeypatch.setattr(refunds, "_row_of", Meeting().after(refunds._row_of))

    answers = twice_at_once(stripesim.event("charge.refunded"))

    assert answers == [200, 200]
    assert Refund.objects.get().status == "succeeded"
    assert refunds_booked() == 1
    assert balances() == {}
    assert Order.objects.get().status == "refunded"
    assert Enrollment.objects.get().status == "refunded"
    assert [what["enrollment"] for what in ended] == [Enrollment.objects.get()]
    assert mails("refund") == 1
    message = WebhookEvent.objects.get()
    assert (message.status, message.attempts) == ("handled", 1)


@pytest.fixture
def under_way(stripesim, order, monkeypatch):
    """Stripe's message that a part refund of 10.00, known here as pending, has succeeded.

    Two deliveries meet when each has looked at the refund's row.
    """
    at_stripe(order, amount=1000)
    payment = order.payments.get()
    (fact,) = stripe.refunds_of(payment.payment_intent)
    refunds.record(payment=payment, fact=replace(fact, status="pending"))
    monkeypatch.setattr(refunds, "_row_of", Meeting().after(refunds._row_of))
    return stripesim.event("refund.created") | {"id": "evt_updated", "type": "refund.updated"}


def test_a_refund_that_succeeds_twice_at_once_is_booked_once(under_way):
    answers = twice_at_once(under_way)

    assert answers == [200, 200]
    assert Refund.objects.get().status == "succeeded"
    assert refunds_booked() == 1
    assert balances()["cash"] == Decimal("14.00")
    assert Enrollment.objects.get().status == "active"
    assert mails("refund") == 1


def test_control_a_refund_that_succeeds_twice_at_once_is_booked_twice_without_locks(
    under_way, without_locks
):
    twice_at_once(under_way)

    assert Refund.objects.count() == 1
    assert refunds_booked() == 2
    assert balances()["cash"] == Decimal("4.00")


# An admin and a message


@pytest.fixture
def answer_lost(stripesim, order, ivo, monkeypatch):
    """An admin's refund that Stripe made while its answer got lost: (refund, message).

    Whoever records it looks whether anything went back before, and meets the other there.
    """
    stripesim.fault("POST /v1/refunds", "drop", times=2)
    with pytest.raises(PaymentsUnavailable):
        refunds.refund_order(order=order, by=ivo)
    assert len(stripesim.events("refund.created")) == 1
    monkeypatch.setattr(refunds, "given_back", Meeting().after(refunds.given_back))
    return Refund.objects.get(status="pending"), stripesim.event("charge.refunded")


def press_again_as_the_message_comes(refund, event) -> list:
    return together(
        lambda: refunds.carry_out(refund).status,
        lambda: send(Client(), event).status_code,
    )


def test_an_admin_and_stripes_message_about_one_refund_record_it_once(stripesim, answer_lost):
    answers = press_again_as_the_message_comes(*answer_lost)

    assert answers == ["succeeded", 200]
    assert Refund.objects.get().status == "succeeded"
    assert len(stripesim.events("refund.created")) == 1
    assert LedgerEntry.objects.values("transaction").distinct().count() == 2
    assert balances() == {}
    assert Enrollment.objects.get().status == "refunded"


def test_control_an_admin_and_stripes_message_both_book_the_refund_without_locks(
    answer_lost, without_locks
):
    """The second finds an empty ledger and dies there: the last alarm that is left."""
    answers = press_again_as_the_message_comes(*answer_lost)

    assert [type(answer) for answer in answers].count(ValueError) == 1
