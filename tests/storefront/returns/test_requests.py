"""A course is given back: at once by the rule, else by an admin, and never paid back twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.models import OutboxMail
from learners.enrollment.progress import mark_complete
from learners.models import Enrollment
from storefront.checkout import refunds
from storefront.checkout.orders import start_checkout
from storefront.errors import OrderError, PaymentsUnavailable
from storefront.models import (
    Order,
    OrderStatus,
    PaymentStatus,
    Refund,
    ReturnRequest,
    ReturnStatus,
    Seller,
)
from storefront.payments import stripe
from storefront.payments.facts import RefundFact
from storefront.returns.requests import decide_request, request_return
from storefront.seller.returning import ReturnOutcome
from tests.builders import a_released_course
from tests.people import logged_in
from tests.storefront.shop import a_checkout, a_course_on_sale, a_paid_order, balances
from tests.study import lessons_of

pytestmark = pytest.mark.django_db
WORDS = "The films have no sound on my tablet, and I am hard of hearing anyway."


@pytest.fixture
def waiting(order, cleo, studied) -> ReturnRequest:
    studied(60)
    return request_return(order=order, by=cleo, words=WORDS)


def mails(occasion: str) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(key__startswith=f"{occasion}:"))


# At once


def test_within_the_rule_the_money_goes_back_at_once_as_the_buyers_own(order, cleo):
    request = request_return(order=order, by=cleo, words=WORDS)

    order.refresh_from_db()
    assert order.status == OrderStatus.REFUNDED
    assert Enrollment.objects.get().status == "refunded"
    assert balances() == {}
    refund = Refund.objects.get()
    assert (refund.status, refund.amount) == ("succeeded", Decimal("24.00"))
    assert (refund.requested_by, refund.reason, refund.reason_for_buyer) == (cleo, "", "")
    request.refresh_from_db()
    assert (request.status, request.refund, request.decided_by) == ("granted", refund, None)
    assert (request.words, request.studied_percent) == (WORDS, 0)
    assert (request.return_days, request.return_below_percent) == (30, 50)
    assert request.who_decided == "The rule"
    assert [mail.subject for mail in mails("refund")] == ["€24.00 is on its way back to you"]
    assert WORDS not in mails("refund")[0].text
    assert mails("return") == []


def test_returning_twice_gives_money_back_once(stripesim, order, cleo, books):
    first = request_return(order=order, by=cleo, agreed=ReturnOutcome.AT_ONCE)
    before = books()

    assert request_return(order=order, by=cleo, agreed=ReturnOutcome.AT_ONCE) == first

    assert books() == before
    assert len(stripesim.events("refund.created")) == 1


def test_what_a_part_refund_left_goes_back(order, cleo):
    intent = order.payments.get().payment_intent
    stripe.client().v1.refunds.create({"payment_intent": intent, "amount": 1000})
    refunds.sync(payment=order.payments.get())

    request = request_return(order=order, by=cleo)

    assert request.refund.amount == Decimal("14.00")
    assert balances() == {}


def test_a_refund_that_stripe_still_carries_out_is_not_asked_for_again(stripesim, order, cleo, ivo):
    """One of 10.00 from Stripe's dashboard, pending there: a press here makes no second one."""
    intent = order.payments.get().payment_intent
    stripe.client().v1.refunds.create({"payment_intent": intent, "amount": 1000})
    refunds.sync(payment=order.payments.get())
    Refund.objects.update(status="pending", completed_at=None)

    with pytest.raises(OrderError) as refusal:
        request_return(order=order, by=cleo)
    assert refusal.value.code == "return_not_possible"
    refunds.carry_out(Refund.objects.get())

    assert len(stripesim.events("refund.created")) == 1
    assert ReturnRequest.objects.count() == 0


@pytest.mark.parametrize("status", ["pending", "succeeded"])
def test_a_second_payment_that_goes_back_takes_nothing_from_a_return(order, cleo, status):
    bought = order.payments.get()
    second = order.payments.create(
        amount=order.total,
        currency=order.currency,
        idempotency_key="second",
        status=PaymentStatus.OWED_BACK,
        paid_at=timezone.now(),
    )
    Refund.objects.create(
        payment=second,
        amount=second.amount,
        currency=second.currency,
        idempotency_key="second-back",
        status=status,
    )

    request = request_return(order=order, by=cleo, agreed=ReturnOutcome.AT_ONCE)

    assert (request.refund.payment, request.refund.amount) == (bought, Decimal("24.00"))
    assert Order.objects.get().status == OrderStatus.REFUNDED


def test_while_stripe_is_silent_the_return_is_written_and_follows(stripesim, order, cleo):
    stripesim.fault("POST /v1/refunds", "fail", times=2)

    with pytest.raises(PaymentsUnavailable):
        request_return(order=order, by=cleo)
    assert ReturnRequest.objects.get().status == "granted"
    assert (Refund.objects.get().status, Order.objects.get().status) == ("pending", "paid")

    refunds.finish_waiting(older_than=timedelta(0))

    assert Order.objects.get().status == "refunded"
    assert len(stripesim.events("refund.created")) == 1


def test_a_return_that_stripe_refused_may_be_tried_again_on_any_later_day(
    stripesim, order, cleo, studied, monkeypatch
):
    def refuse(**_what):
        raise OrderError("The card is closed.", code="payment_refused")

    with monkeypatch.context() as stripes_side:
        stripes_side.setattr(refunds.stripe, "refund_payment", refuse)
        request = request_return(order=order, by=cleo)
    assert (request.refund.status, Order.objects.get().status) == ("failed", "paid")
    studied(90)
    _later(order)

    again = request_return(order=order, by=cleo, agreed=ReturnOutcome.AT_ONCE)

    assert again == request
    assert (again.refund.status, Order.objects.get().status) == ("succeeded", "refunded")
    assert ReturnRequest.objects.count() == 1
    assert len(stripesim.events("refund.created")) == 1


def _later(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(paid_at=timezone.now() - timedelta(days=90))


# By an admin


@pytest.mark.parametrize("late", [True, False])
def test_against_the_rule_a_request_waits_and_nothing_else_happens(
    order, cleo, studied, books, late
):
    if late:
        _later(order)
    else:
        studied(50)
    before = books()

    request = request_return(order=order, by=cleo, words=WORDS, agreed=ReturnOutcome.ON_REQUEST)

    assert (request.status, request.words, request.refund) == ("waiting", WORDS, None)
    assert request.studied_percent == (0 if late else 50)
    after = books()
    assert [mail for mail in after["mails"] if mail not in before["mails"]] == [
        f"return:{request.pk}:asked"
    ]
    for same in ("orders", "payments", "refunds", "ledger", "enrollments"):
        assert after[same] == before[same]
    assert WORDS in mails("return")[0].text


def test_asking_twice_is_asking_once(waiting, order, cleo, books):
    before = books()

    assert request_return(order=order, by=cleo, words="Please.") == waiting

    assert books() == before


def test_the_database_holds_one_waiting_request_per_order(waiting):
    with pytest.raises(IntegrityError, match="one_return_waiting_per_order"), transaction.atomic():
        ReturnRequest.objects.create(
            order=waiting.order,
            asked_by=waiting.asked_by,
            studied_percent=1,
            finished=False,
            return_days=30,
            return_below_percent=50,
        )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "return_words_missing"),
        ("   ", "return_words_missing"),
        ("x" * 1001, "return_words_too_long"),
    ],
)
def test_a_request_says_why_within_bounds(order, cleo, studied, books, words, code):
    studied(60)
    before = books()

    with pytest.raises(OrderError) as refusal:
        request_return(order=order, by=cleo, words=words)

    assert refusal.value.code == code
    assert books() == before


@pytest.mark.parametrize(
    ("percent", "agreed"), [(60, ReturnOutcome.AT_ONCE), (3, ReturnOutcome.ON_REQUEST)]
)
def test_what_changed_since_the_page_was_opened_is_told_and_not_done(
    order, cleo, studied, books, percent, agreed
):
    studied(percent)
    before = books()

    with pytest.raises(OrderError) as refusal:
        request_return(order=order, by=cleo, words=WORDS, agreed=agreed)

    assert refusal.value.code == "return_answer_changed"
    assert books() == before


def test_an_admin_grants_and_the_course_closes(stripesim, waiting, order, ivo, cleo):
    for _time in range(2):
        decide_request(request=waiting, by=ivo, grant=True, answer="Captions are on their way.")

    waiting.refresh_from_db()
    refund = Refund.objects.get()
    assert (waiting.status, waiting.decided_by, waiting.refund) == ("granted", ivo, refund)
    assert (refund.requested_by, refund.reason) == (ivo, "Captions are on their way.")
    assert refund.reason_for_buyer == ""
    assert Order.objects.get().status == "refunded"
    assert Enrollment.objects.get(user=cleo).status == "refunded"
    assert len(stripesim.events("refund.created")) == 1
    assert balances() == {}
    (told,) = mails("refund")
    assert "Captions are on their way." in told.text
    assert len(mails("return")) == 1  # that it was asked for


def test_an_admin_declines_in_words_that_the_buyer_reads(waiting, order, ivo, cleo, studied):
    for _time in range(2):
        decide_request(request=waiting, by=ivo, grant=False, answer="Every film has captions.")

    waiting.refresh_from_db()
    assert (waiting.status, waiting.decided_by, waiting.refund) == ("declined", ivo, None)
    assert Refund.objects.count() == 0
    assert Order.objects.get().status == "paid"
    (told,) = [mail for mail in mails("return") if mail.key.endswith(":declined")]
    assert told.to == cleo.email
    assert "Every film has captions." in told.text

    again = request_return(order=order, by=cleo, words="Lesson 4 has none.")
    assert (again.status, ReturnRequest.objects.count()) == ("waiting", 2)
    assert request_return(order=order, by=cleo, words="Nor has lesson 5.") == again
    assert ReturnRequest.objects.count() == 2


def test_declining_takes_a_word(waiting, ivo, books):
    before = books()

    with pytest.raises(OrderError) as refusal:
        decide_request(request=waiting, by=ivo, grant=False, answer=" ")

    assert refusal.value.code == "return_answer_missing"
    assert books() == before


@pytest.mark.parametrize("who", ["ada", "mira", "cleo"])
def test_only_an_admin_decides(waiting, request, who, books):
    before = books()

    with pytest.raises(OrderError) as refusal:
        decide_request(request=waiting, by=request.getfixturevalue(who), grant=True, answer="Mine.")

    assert refusal.value.code == "not_an_admin"
    assert books() == before


@pytest.mark.parametrize("grant", [True, False])
def test_a_decision_is_not_turned_round(waiting, ivo, books, grant):
    decide_request(request=waiting, by=ivo, grant=grant, answer="So it is.")
    before = books()

    with pytest.raises(OrderError) as refusal:
        decide_request(request=waiting, by=ivo, grant=not grant, answer="Or not.")

    assert refusal.value.code == "return_already_decided"
    assert books() == before


def test_a_refund_by_hand_answers_the_request_that_waits(waiting, order, ivo):
    refund = refunds.refund_order(order=order, by=ivo, reason="Phoned.")

    waiting.refresh_from_db()
    assert (waiting.status, waiting.refund, waiting.decided_by) == ("granted", refund, ivo)
    decide_request(request=waiting, by=ivo, grant=True)
    assert Refund.objects.count() == 1


def test_a_refund_at_stripe_answers_the_request_that_waits(waiting, order):
    stripe.client().v1.refunds.create({"payment_intent": order.payments.get().payment_intent})

    refunds.sync(payment=order.payments.get())

    waiting.refresh_from_db()
    assert (waiting.status, waiting.who_decided) == ("granted", "Stripe")


def test_what_is_on_its_way_back_cannot_be_declined(stripesim, waiting, order, ivo, books):
    stripesim.fault("POST /v1/refunds", "fail", times=2)
    with pytest.raises(PaymentsUnavailable):
        refunds.refund_order(order=order, by=ivo)
    before = books()

    with pytest.raises(OrderError) as refusal:
        decide_request(request=waiting, by=ivo, grant=False, answer="No.")

    assert refusal.value.code == "refund_under_way"
    assert books() == before


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_part_that_stripe_still_carries_out_is_not_all_that_goes_back(
    client, stripesim, waiting, order, ivo, by_hand
):
    """10.00 of 24.00 from Stripe's dashboard, pending there, while an admin says yes."""
    payment = order.payments.get()
    asked = {"payment_intent": payment.payment_intent, "amount": 1000}
    made = stripe.client().v1.refunds.create(asked)
    part = RefundFact(made.id, Decimal("10.00"), "EUR", status="pending", reference=None)
    refunds.record(payment=payment, fact=part)

    if by_hand:
        page = f"/admin/shop/orders/{order.pk}/refund/"
        said = logged_in(client, ivo).post(page, {"reason": ""}, follow=True)
        assert "The buyer has been told" not in said.text
    else:
        decide_request(request=waiting, by=ivo, grant=True)
    rows = Refund.objects.order_by("created_at").values_list("amount", "status")
    assert list(rows) == [(Decimal("10.00"), "pending"), (Decimal("14.00"), "succeeded")]
    assert Order.objects.get().status == "paid"

    refunds.refund_order(order=order, by=ivo)  # asks Stripe how the part stands, makes none

    assert [status for _amount, status in rows.all()] == ["succeeded"] * 2
    assert (Order.objects.get().status, balances()) == ("refunded", {})
    assert ReturnRequest.objects.get().status == "granted"


# What cannot be returned


def test_a_free_order_has_nothing_to_give_back(stripesim, ada, cleo, books):
    order = start_checkout(buyer=cleo, course=a_course_on_sale(by=ada, price="0")).order
    before = books()

    with pytest.raises(OrderError, match="Nothing was paid") as refusal:
        request_return(order=order, by=cleo, words=WORDS)

    assert refusal.value.code == "return_not_possible"
    assert books() == before


def test_an_unpaid_order_cannot_be_returned(stripesim, ada, cleo, books):
    order, _session = a_checkout(buyer=cleo, course=a_course_on_sale(by=ada))
    before = books()

    with pytest.raises(OrderError, match="Only a paid order") as refusal:
        request_return(order=order, by=cleo, words=WORDS)

    assert refusal.value.code == "return_not_possible"
    assert books() == before


def test_an_order_that_was_refunded_by_hand_was_returned_already(order, cleo, ivo, books):
    refunds.refund_order(order=order, by=ivo)
    before = books()

    with pytest.raises(OrderError, match="returned already") as refusal:
        request_return(order=order, by=cleo, words=WORDS)

    assert refusal.value.code == "return_not_possible"
    assert books() == before


def test_nobody_returns_what_another_bought(order, dana, books):
    before = books()

    with pytest.raises(OrderError) as refusal:
        request_return(order=order, by=dana, words=WORDS)

    assert refusal.value.code == "not_the_buyer"
    assert books() == before


# Studied, and promised


def test_a_finished_course_is_never_returned_at_once(stripesim, ada, cleo):
    course = a_released_course(by=ada, price="24.00", syllabus=["Two needles and a thread"])
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    mark_complete(enrollment=Enrollment.objects.get(), lesson=lessons_of(course)[0])
    Enrollment.objects.update(studied_percent=0)

    request = request_return(order=order, by=cleo, words=WORDS)

    assert (request.status, request.finished) == ("waiting", True)


def test_bought_again_after_a_return_what_was_studied_stays(stripesim, order, cleo, studied):
    course = order.lines.get().course
    studied(40)
    request_return(order=order, by=cleo)
    again = a_paid_order(stripesim, buyer=cleo, course=course)
    studied_now = Enrollment.objects.get().studied_percent
    studied(50)

    request = request_return(order=again, by=cleo, words=WORDS)

    assert (studied_now, request.status) == (40, "waiting")
    assert again.return_requests.get() == request


def test_a_stricter_rule_leaves_what_was_promised_before(order, cleo, studied):
    Seller.objects.create(return_days=0, return_below_percent=1)
    studied(20)

    assert request_return(order=order, by=cleo).status == ReturnStatus.GRANTED


def test_a_kinder_rule_is_for_everybody(order, cleo, studied):
    _later(order)
    Seller.objects.create(return_days=100, return_below_percent=60)
    studied(55)

    request = request_return(order=order, by=cleo)

    assert request.status == ReturnStatus.GRANTED
    # What it was decided by is kept, whatever the seller promises later.
    assert (request.return_days, request.return_below_percent) == (100, 60)


def test_where_each_return_is_decided_a_request_waits(stripesim, ada, cleo):
    Seller.objects.create(return_days=0)
    order = a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada))

    assert request_return(order=order, by=cleo, words=WORDS).status == ReturnStatus.WAITING
