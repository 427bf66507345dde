"""Messages that could not be acted on: nothing half done, everything kept to be tried again."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from learners.models import Enrollment
from storefront.checkout.fulfilment import settle
from storefront.models import Order, OrderStatus, WebhookEvent, WebhookStatus
from tests.storefront.shop import a_checkout, a_course_on_sale, balances, everything, send

from .outcome import state_of_the_world

pytestmark = pytest.mark.django_db


def failing_at(number: int):
    """A wrapper that breaks the statement with this number; tells whether it came so far."""
    seen = {"count": 0, "broken": False}

    def wrapper(execute, sql, params, many, context):
        if "SAVEPOINT" in sql:
            return execute(sql, params, many, context)
        seen["count"] += 1
        if seen["count"] == number:
            seen["broken"] = True
            raise RuntimeError("pulled the plug")
        return execute(sql, params, many, context)

    return wrapper, seen


def test_a_fault_at_any_statement_leaves_nothing_half_done(client, stripesim, ada, cleo):
    """Break at each statement of the delivery in turn, then let Stripe come again."""
    course = a_course_on_sale(by=ada)
    _order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)
    event = stripesim.event("checkout.session.completed")
    before, number, ends = everything(), 0, []
    while True:
        number += 1
        wrapper, seen = failing_at(number)
        with transaction.atomic():
            try:
                with connection.execute_wrapper(wrapper), transaction.atomic():
                    settle(session_id=session)
            except RuntimeError:
                assert everything() == before
            assert send(client, event).status_code == 200
            ends.append(state_of_the_world())
            transaction.set_rollback(True)
        if not seen["broken"]:
            break

    assert number > 20
    assert all(end == ends[-1] for end in ends)


def test_a_fault_is_recorded_although_its_effects_are_undone(client, stripesim, paid, monkeypatch):
    """Answered 500, so Stripe comes again."""
    event = stripesim.event("checkout.session.completed")
    with monkeypatch.context() as broken:
        broken.setattr("storefront.checkout.fulfilment.enroll", lambda **_: 1 / 0)
        client.raise_request_exception = False
        response = send(client, event)
    assert response.status_code == 500
    kept = WebhookEvent.objects.get()
    assert (kept.status, kept.error) == ("failed", "ZeroDivisionError: division by zero")
    assert Order.objects.get().status == OrderStatus.PENDING
    assert balances() == {}

    again = send(client, event)

    assert again.status_code == 200
    assert Order.objects.get().status == OrderStatus.PAID
    kept.refresh_from_db()
    assert (kept.status, kept.error, kept.attempts) == ("handled", "", 2)


def test_while_stripe_does_not_answer_the_message_is_asked_to_come_again(client, stripesim, paid):
    event = stripesim.event("checkout.session.completed")
    stripesim.fault("GET /v1/checkout/sessions/*", "fail", times=2)

    first, second = send(client, event), send(client, event)

    assert (first.status_code, second.status_code) == (503, 200)
    assert Order.objects.get().status == OrderStatus.PAID


def test_a_refusal_is_kept_answered_200_and_can_be_replayed(client, stripesim, paid):
    order, _ = paid
    Order.objects.filter(pk=order.pk).update(currency="USD")
    event = stripesim.event("checkout.session.completed")

    response = send(client, event)

    kept = WebhookEvent.objects.get()
    assert response.status_code == 200
    assert kept.status == WebhookStatus.FAILED
    assert "EUR" in kept.error
    assert not Enrollment.objects.exists()

    Order.objects.filter(pk=order.pk).update(currency="EUR")
    said = StringIO()
    call_command("replay_webhooks", stdout=said)

    assert said.getvalue() == "1 done, 0 failed.\n"
    assert Order.objects.get().status == OrderStatus.PAID


def test_a_replay_that_fails_is_counted_as_failed_and_undoes_nothing(client, stripesim, paid):
    event = stripesim.event("checkout.session.completed")
    send(client, event)
    stripesim.fault("GET /v1/checkout/sessions/*", "fail", times=2)

    said = StringIO()
    call_command("replay_webhooks", event["id"], stdout=said)

    assert said.getvalue() == "0 done, 1 failed.\n"
    assert WebhookEvent.objects.get().status == WebhookStatus.HANDLED


def test_a_payment_that_is_not_ours_is_kept_and_answered_200(client, stripesim, paid):
    event = stripesim.event("charge.succeeded") | {"id": "evt_x", "type": "charge.refunded"}
    event["data"]["object"]["payment_intent"] = "pi_somebody_elses"

    assert send(client, event).status_code == 200
    assert WebhookEvent.objects.get().status == WebhookStatus.FAILED
