"""Whatever moves money leaves one line: what happened, to which order, and no name."""

import logging
from datetime import timedelta

import pytest
import stripe

from courses.models import CoursePage
from learners.models import Enrollment
from storefront.catalogue.entries import refresh_entry
from storefront.checkout import orders, refunds, webhooks
from storefront.checkout.fulfilment import settle
from storefront.errors import OrderError, PaymentMismatch, PaymentsUnavailable
from storefront.models import Order, WebhookEvent
from storefront.returns.requests import decide_request, request_return
from tests.fixtures.logs import events
from tests.storefront.shop import a_checkout, a_coupon, a_course_on_sale, a_paid_order, send

pytestmark = pytest.mark.django_db

OF_THE_SHOP = (
    *("order.", "payment.", "coupon.", "ledger.", "refund.", "return.", "webhook."),
    "stripe.",
)


@pytest.fixture
def told(logged):
    """The shop's lines, as ``logged`` gives them."""
    return lambda: [line for line in logged() if line.event.startswith(OF_THE_SHOP)]


@pytest.fixture
def course(ada):
    return a_course_on_sale(by=ada, price="24.00")


def test_an_order_with_a_code_from_the_checkout_to_the_refund(
    client, stripesim, course, cleo, ivo, told
):
    coupon = a_coupon("FIELDBOOK", 25)
    order, session = a_checkout(buyer=cleo, course=course, code="FIELDBOOK")
    placed = told()
    assert events(placed) == ["coupon.taken", "order.placed", "payment.opened"]
    assert placed[0].coupon == coupon.pk
    assert (placed[1].order, placed[1].total, placed[1].currency) == (order.number, "18.00", "EUR")
    assert placed[2].payment == order.payments.get().pk

    stripesim.pay(session)
    send(client, stripesim.event("checkout.session.completed"))
    paid = told()
    assert events(paid) == ["webhook.received", "ledger.written", "order.paid", "webhook.handled"]
    assert (paid[1].order, paid[1].cash) == (order.number, "18.00")
    assert paid[3].message_id == WebhookEvent.objects.get().event_id

    refund = refunds.refund_order(order=order, by=ivo)
    returned = told()
    assert events(returned) == ["refund.promised", "ledger.written", "refund.succeeded"]
    assert {line.order for line in returned} == {order.number}
    assert (returned[0].refund, returned[0].amount) == (refund.pk, "18.00")
    assert returned[1].cash == "-18.00"


def test_a_return_asked_for_and_granted(stripesim, course, cleo, ivo, told):
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    Enrollment.objects.update(studied_percent=60)
    told()

    for _time in range(2):
        asked = request_return(order=order, by=cleo, words="Too fast for me.")
    for _time in range(2):
        decide_request(request=asked, by=ivo, grant=True, answer="Gladly.")

    lines = told()
    assert events(lines) == [
        "return.asked",
        "refund.promised",
        "return.granted",
        "ledger.written",
        "refund.succeeded",
    ]
    assert [getattr(line, "return") for line in (lines[0], lines[2])] == [asked.pk] * 2
    assert "Too fast" not in " ".join(str(vars(line)) for line in lines)


def test_a_return_declined(stripesim, course, cleo, ivo, told):
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    Enrollment.objects.update(studied_percent=60)
    asked = request_return(order=order, by=cleo, words="Too fast for me.")
    told()

    for _time in range(2):
        decide_request(request=asked, by=ivo, grant=False, answer="There is a slower half.")

    (line,) = told()
    assert (line.event, line.order) == ("return.declined", order.number)


def test_doing_it_again_says_nothing(stripesim, course, cleo, ivo, told):
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    refunds.refund_order(order=order, by=ivo)
    told()

    settle(session_id=order.payments.get().session_id)
    refunds.refund_order(order=order, by=ivo)
    orders.expire_order(order=order)

    assert events(told()) == []


def test_an_order_that_nobody_pays(stripesim, course, cleo, told):
    a_coupon("FIELDBOOK", 25)
    order, _ = a_checkout(buyer=cleo, course=course, code="FIELDBOOK")
    told()

    orders.expire_order(order=order)

    assert events(told()) == ["coupon.given_back", "order.expired"]


def test_money_that_buys_nothing(stripesim, course, cleo, told, commit):
    order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)
    CoursePage.objects.filter(pk=course.pk).update(archived_at=order.created_at)
    told()

    with commit():
        settle(session_id=session)

    assert events(told()) == [
        *("ledger.written", "refund.promised", "order.declined"),
        *("ledger.written", "refund.succeeded"),
    ]


def test_a_payment_of_another_amount(stripesim, course, cleo, told):
    order, session = a_checkout(buyer=cleo, course=course)
    Order.objects.filter(pk=order.pk).update(currency="USD")
    stripesim.pay(session)
    told()

    with pytest.raises(PaymentMismatch):
        settle(session_id=session)

    (line,) = told()
    assert (line.levelname, line.event, line.order) == ("ERROR", "payment.mismatch", order.number)


def test_a_refund_that_stripe_does_not_take_at_once(stripesim, course, cleo, ivo, told):
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    stripesim.fault("POST /v1/refunds", "fail", times=4)
    told()

    with pytest.raises(PaymentsUnavailable):
        refunds.refund_order(order=order, by=ivo)
    assert events(told()) == ["refund.promised", "stripe.silent"]
    refunds.finish_waiting(older_than=timedelta(0))
    waiting = told()
    assert events(waiting) == ["stripe.silent", "refund.waits"]
    assert waiting[1].code == "payments_unavailable"


def test_a_refund_that_stripe_refuses(stripesim, course, cleo, ivo, told):
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    intent = order.payments.get().payment_intent
    refunds.stripe.client().v1.refunds.create({"payment_intent": intent})
    told()

    refunds.refund_order(order=order, by=ivo)

    assert events(told()) == [
        *("refund.promised", "stripe.refused", "refund.failed"),
        *("ledger.written", "refund.succeeded"),
    ]


def test_stripes_words_are_not_repeated_for_they_may_repeat_an_address(told, cleo):
    with pytest.raises(OrderError), refunds.stripe._asking():
        raise stripe.InvalidRequestError(
            f"Invalid email address: {cleo.email}",
            "customer_email",
            code="email_invalid",
            http_status=400,
            headers={"request-id": "req_7"},
        )

    (line,) = told()
    assert (line.event, line.getMessage()) == ("stripe.refused", "Stripe refused")
    assert (line.code, line.fault) == ("email_invalid", "InvalidRequestError")
    assert (line.message_id, line.status) == ("req_7", 400)
    assert cleo.email not in str(vars(line))


def test_a_message_that_is_refused_and_replayed(client, stripesim, course, cleo, told):
    _, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)
    message = stripesim.event("checkout.session.completed") | {"account": "acct_other"}
    told()

    send(client, message)
    refused = told()
    assert events(refused) == ["webhook.received", "webhook.refused", "webhook.failed"]
    assert refused[1].code == "other_account"

    WebhookEvent.objects.update(payload={**message, "account": None})
    webhooks.replay(events=WebhookEvent.objects.all())
    replayed = told()
    assert events(replayed)[-2:] == ["webhook.handled", "webhook.replayed"]
    assert (replayed[-1].worked, replayed[-1].failed) == (1, 0)


def test_a_code_whose_last_use_is_gone_is_not_said_to_be_taken(stripesim, course, cleo, told):
    a_coupon("FIELDBOOK", 25, max_uses=1, used=1)
    told()

    with pytest.raises(OrderError):
        orders.start_checkout(buyer=cleo, course=course, code="FIELDBOOK")

    assert events(told()) == []


def test_a_catalogue_entry_that_is_written_again(course, caplog):
    caplog.set_level(logging.INFO)

    refresh_entry(course=course)

    (line,) = [line for line in caplog.records if getattr(line, "event", "") == "entry.refreshed"]
    assert (line.course, line.listed) == (course.pk, True)


def test_no_line_of_the_shop_names_a_person(client, stripesim, course, cleo, ivo, ada, told):
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    refunds.refund_order(order=order, by=ivo, reason="Cleo asked for it.")

    said = " ".join(str(vars(line)) for line in told())
    assert order.number in said
    for person in (cleo, ivo, ada):
        assert person.email not in said
        assert person.name not in said
    assert "asked for it" not in said
