"""Money that goes back: whole, in parts, by an admin or at Stripe."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import OutboxMail
from courses.outbox.queue import queue_mail
from learners.models import Enrollment
from storefront.accounting import ledger
from storefront.checkout import refunds
from storefront.checkout.emails import refund_mail
from storefront.checkout.orders import start_checkout
from storefront.errors import OrderError, PaymentMismatch, PaymentsUnavailable
from storefront.models import Order, OrderStatus, Payment, PaymentStatus, Refund, RefundStatus
from storefront.payments import stripe
from storefront.payments.facts import RefundFact
from tests.people import somebody
from tests.storefront.shop import (
    a_checkout,
    a_course_on_sale,
    a_paid_order,
    balances,
    everything,
    send,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(stripesim, ada, cleo):
    return a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada, price="24.00"))


def at_stripe(order, amount=None):
    """Give money back from Stripe's own dashboard."""
    params = {"payment_intent": order.payments.get().payment_intent}
    if amount:
        params["amount"] = amount
    return stripe.client().v1.refunds.create(params)


def test_an_admin_refunds_an_order_and_access_ends(order, ivo, cleo):
    refund = refunds.refund_order(order=order, by=ivo, reason="Bought by mistake.")

    order.refresh_from_db()
    assert (refund.status, refund.amount) == (RefundStatus.SUCCEEDED, Decimal("24.00"))
    assert refund.requested_by == ivo
    assert order.status == OrderStatus.REFUNDED
    assert order.payments.get().status == PaymentStatus.REFUNDED
    assert Enrollment.objects.get(user=cleo).status == "refunded"
    assert balances() == {}
    mail = OutboxMail.objects.get(key=f"refund:{refund.pk}")
    assert mail.subject == "€24.00 is on its way back to you"


def test_a_refund_says_why_in_whole_sentences(order):
    refund = refunds.promise(payment=order.payments.get(), reason=refunds.PAID_TWICE)

    mail = queue_mail(**refund_mail(refund=refund, order=order, kept=Decimal(0), closed=True))

    letter = " ".join(BeautifulSoup(mail.html, "html.parser").main.text.split())
    why = "This course had already been bought. We have sent €24.00 back to the card that paid"
    assert f"Hello Cleo, {why}" in letter
    assert f"Hello Cleo,\n\n{why}" in mail.text


def test_refunding_twice_gives_money_back_once(stripesim, order, ivo):
    first = refunds.refund_order(order=order, by=ivo)
    before = everything()

    assert refunds.refund_order(order=order, by=ivo) == first

    assert everything() == before
    assert len(stripesim.events("refund.created")) == 1


def test_an_unpaid_order_cannot_be_refunded(stripesim, ada, cleo, ivo):
    order, _ = a_checkout(buyer=cleo, course=a_course_on_sale(by=ada))
    before = everything()

    with pytest.raises(OrderError, match="Only a paid order") as refusal:
        refunds.refund_order(order=order, by=ivo)

    assert refusal.value.code == "order_not_paid"
    assert everything() == before


def test_a_free_order_has_nothing_to_give_back(stripesim, ada, cleo, ivo):
    order = start_checkout(buyer=cleo, course=a_course_on_sale(by=ada, price="0")).order
    before = everything()

    with pytest.raises(OrderError, match="Nothing was paid") as refusal:
        refunds.refund_order(order=order, by=ivo)

    assert refusal.value.code == "nothing_paid"
    assert everything() == before


def test_a_refund_survives_stripe_being_down(stripesim, order, ivo):
    stripesim.fault("POST /v1/refunds", "fail", times=2)

    with pytest.raises(PaymentsUnavailable) as refusal:
        refunds.refund_order(order=order, by=ivo)
    assert refusal.value.code == "payments_unavailable"
    assert Refund.objects.get().status == RefundStatus.PENDING
    assert Order.objects.get().status == OrderStatus.PAID

    refunds.finish_waiting(older_than=timedelta(0))

    assert Refund.objects.get().status == RefundStatus.SUCCEEDED
    assert Order.objects.get().status == OrderStatus.REFUNDED


def test_a_refund_whose_answer_was_lost_is_not_made_twice(stripesim, order, ivo):
    stripesim.fault("POST /v1/refunds", "drop", times=2)

    with pytest.raises(PaymentsUnavailable):
        refunds.refund_order(order=order, by=ivo)
    refunds.refund_order(order=order, by=ivo)

    assert len(stripesim.events("refund.created")) == 1
    assert Refund.objects.get().status == RefundStatus.SUCCEEDED


def test_a_refund_made_at_stripe_is_recorded_and_closes_the_course(client, stripesim, order, cleo):
    made = at_stripe(order)

    assert send(client, stripesim.event("charge.refunded")).status_code == 200

    refund = Refund.objects.get()
    assert (refund.refund_id, refund.requested_by) == (made.id, None)
    assert Order.objects.get().status == OrderStatus.REFUNDED
    assert Enrollment.objects.get(user=cleo).status == "refunded"
    assert balances() == {}


def test_a_part_refund_made_at_stripe_keeps_the_course_open(client, stripesim, order, cleo):
    at_stripe(order, 1000)

    send(client, stripesim.event("charge.refunded"))

    assert Refund.objects.get().amount == Decimal("10.00")
    assert Order.objects.get().status == OrderStatus.PAID
    assert Enrollment.objects.get(user=cleo).status == "active"
    assert balances() == {
        "cash": Decimal("14.00"),
        "producer": Decimal("-11.90"),
        "revenue": Decimal("-2.10"),
    }


def test_an_admin_refunds_what_a_part_refund_left(client, stripesim, order, ivo):
    at_stripe(order, 1000)
    send(client, stripesim.event("charge.refunded"))

    refund = refunds.refund_order(order=order, by=ivo)

    assert refund.amount == Decimal("14.00")
    assert Order.objects.get().status == OrderStatus.REFUNDED
    assert balances() == {}


def test_a_refund_made_at_stripe_just_before_ours_is_found(stripesim, order, ivo):
    at_stripe(order)

    refunds.refund_order(order=order, by=ivo)

    assert Order.objects.get().status == OrderStatus.REFUNDED
    assert sorted(Refund.objects.values_list("status", flat=True)) == ["failed", "succeeded"]
    assert balances() == {}


def test_stripes_message_about_our_own_refund_changes_nothing(client, stripesim, order, ivo):
    refunds.refund_order(order=order, by=ivo)
    before = everything()
    before.pop("events")

    for kind in ("refund.created", "charge.refunded"):
        assert send(client, stripesim.event(kind)).status_code == 200

    after = everything()
    after.pop("events")
    assert after == before


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.one_of(st.integers(1, 2600), st.none()), min_size=1, max_size=4))
def test_no_sequence_of_refunds_gives_back_more_than_was_paid(
    client, stripesim, ada, ivo, db, amounts
):
    """Any order of refunds at Stripe (an amount) and here (None)."""
    number = Order.objects.count()
    buyer = somebody(email=f"buyer{number}@example.com")
    course = a_course_on_sale(by=ada, price="24.00", title=f"Course {number}")
    order = a_paid_order(stripesim, buyer=buyer, course=course)

    for amount in amounts:
        if amount is None:
            refunds.refund_order(order=order, by=ivo)
            continue
        try:
            at_stripe(order, amount)
        except stripe.stripe.InvalidRequestError:
            continue
        refunds.sync(payment=order.payments.get())

    order.refresh_from_db()
    payment = Payment.objects.get(order=order)
    returned = refunds.given_back(payment)
    assert Decimal(0) <= returned <= Decimal("24.00")
    assert balances(order=order).get("cash", Decimal(0)) == Decimal("24.00") - returned
    assert (order.status == OrderStatus.REFUNDED) == (returned == Decimal("24.00"))
    enrollment = Enrollment.objects.get(user=buyer)
    assert (enrollment.status == "refunded") == (returned == Decimal("24.00"))


def test_more_than_came_in_is_never_written_whoever_says_so(order):
    """Stripe refuses it, too; a cent too much in our books would be nobody's."""
    payment = order.payments.get()
    before = everything()

    with pytest.raises(PaymentMismatch) as refusal:
        refunds.record(
            payment=payment,
            fact=RefundFact(
                id="re_more",
                amount=Decimal("24.01"),
                currency="EUR",
                status="succeeded",
                reference=None,
            ),
        )

    assert refusal.value.code == "refund_exceeds_payment"
    assert everything() == before


def test_the_day_on_which_an_order_closed_stays_when_its_other_payment_goes_back(order, ivo):
    second = order.payments.create(
        amount=order.total,
        currency=order.currency,
        idempotency_key="second",
        status=PaymentStatus.OWED_BACK,
        paid_at=order.paid_at,
    )
    ledger.book_owed_back(order, second.amount)
    refunds.refund_order(order=order, by=ivo)
    order.refresh_from_db()
    closed = order.refunded_at

    refunds.record(
        payment=second,
        fact=RefundFact(
            id="re_second",
            amount=order.total,
            currency=order.currency,
            status="succeeded",
            reference=None,
        ),
    )

    order.refresh_from_db()
    second.refresh_from_db()
    assert (order.status, second.status) == (OrderStatus.REFUNDED, PaymentStatus.REFUNDED)
    assert order.refunded_at == closed
    assert balances() == {}


def test_two_refunds_at_stripe_that_name_one_row_of_ours_are_both_written(order):
    payment = order.payments.get()
    ours = refunds.promise(payment=payment, reason="")
    Refund.objects.filter(pk=ours.pk).update(amount=Decimal("10.00"))

    for number in ("re_first", "re_second"):
        refunds.record(
            payment=payment,
            fact=RefundFact(
                id=number,
                amount=Decimal("10.00"),
                currency="EUR",
                status="succeeded",
                reference=str(ours.pk),
            ),
        )

    assert refunds.given_back(payment) == Decimal("20.00")
    written = Refund.objects.order_by("pk").values_list("refund_id", "status")
    assert list(written) == [("re_first", "succeeded"), ("re_second", "succeeded")]


def test_the_sweeper_leaves_a_refund_to_whoever_promised_it_a_moment_ago(stripesim, order):
    refunds.promise(payment=order.payments.get(), reason="")

    assert refunds.finish_waiting() == 0
    assert Refund.objects.get().status == RefundStatus.PENDING
    assert stripesim.events("refund.created") == []

    Refund.objects.update(created_at=timezone.now() - timedelta(minutes=3))
    assert refunds.finish_waiting() == 1
    assert Refund.objects.get().status == RefundStatus.SUCCEEDED


def test_a_refusal_ends_no_refund_that_stripe_has_taken_up_meanwhile(order, monkeypatch):
    refund = refunds.promise(payment=order.payments.get(), reason="")

    def refuse(**_asked):
        """A twin of the request was faster, and its message was here first."""
        Refund.objects.filter(pk=refund.pk).update(refund_id="re_twin")
        raise OrderError("Nothing is left.", code="stripe_refused")

    monkeypatch.setattr(stripe, "refund_payment", refuse)
    monkeypatch.setattr(stripe, "refunds_of", lambda _intent: [])

    assert refunds.carry_out(refund).status == RefundStatus.PENDING
    assert Refund.objects.get().refund_id == "re_twin"
