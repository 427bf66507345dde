"""What Stripe's messages do: repeated, late, out of order, about everything and nothing."""

import itertools

import pytest
from django.db import transaction

from storefront.checkout import refunds
from storefront.models import Order, OrderStatus, WebhookEvent, WebhookStatus
from storefront.payments import stripe
from tests.storefront.shop import (
    a_checkout,
    a_coupon,
    a_course_on_sale,
    a_paid_order,
    everything,
    send,
)

from .outcome import state_of_the_world

pytestmark = pytest.mark.django_db


def test_a_message_delivers_what_was_paid(client, stripesim, paid):
    response = send(client, stripesim.event("checkout.session.completed"))

    event = WebhookEvent.objects.get()
    assert response.status_code == 200
    assert (event.status, event.attempts) == (WebhookStatus.HANDLED, 1)
    assert Order.objects.get().status == OrderStatus.PAID


def test_a_repeated_message_changes_nothing(client, stripesim, paid):
    event = stripesim.event("checkout.session.completed")
    send(client, event)
    before = everything()

    answers = [send(client, event).status_code for _ in range(5)]

    assert answers == [200] * 5
    assert everything() == before
    assert WebhookEvent.objects.get().attempts == 1


def test_messages_in_any_order_lead_to_one_end(client, stripesim, ada, cleo):
    """Every order of the messages about a sale and its refund."""
    ends, story = [], None
    kinds = [
        "checkout.session.completed",
        "payment_intent.succeeded",
        "charge.refunded",
        "refund.created",
    ]
    course = a_course_on_sale(by=ada)
    for order_of_news in itertools.permutations(kinds):
        with transaction.atomic():
            stripesim.order("reset")
            _order, session = a_checkout(buyer=cleo, course=course)
            intent = stripesim.pay(session)["payment_intent"]
            stripe.client().v1.refunds.create({"payment_intent": intent})
            for kind in order_of_news:
                assert send(client, stripesim.event(kind)).status_code == 200
            ends.append(state_of_the_world())
            story = story or ends[0]
            transaction.set_rollback(True)

    assert len(ends) == 24
    assert all(end == story for end in ends)
    assert story["order"] == OrderStatus.REFUNDED
    assert story["enrollment"] == "refunded"
    assert story["ledger"] == {}
    assert story["mails"] == ["receipt", "refund"]
    assert story["events"] == {"handled"}


def test_every_message_of_a_whole_story_is_answered_200(client, stripesim, ada, cleo, ivo):
    order = a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada))
    refunds.refund_order(order=order, by=ivo)

    answers = {event["type"]: send(client, event).status_code for event in stripesim.events()}

    assert set(answers.values()) == {200}
    assert not WebhookEvent.objects.filter(status=WebhookStatus.FAILED).exists()


def test_an_expired_session_expires_the_order_and_gives_the_code_back(client, stripesim, ada, cleo):
    coupon = a_coupon("FIELDBOOK", 25, max_uses=1)
    a_checkout(buyer=cleo, course=a_course_on_sale(by=ada), code="FIELDBOOK")
    stripesim.advance(hours=2)
    event = stripesim.event("checkout.session.expired")

    answers = [send(client, event).status_code for _ in range(2)]

    coupon.refresh_from_db()
    assert answers == [200, 200]
    assert Order.objects.get().status == OrderStatus.EXPIRED
    assert coupon.used == 0


def test_kinds_that_change_nothing_are_kept_as_ignored(client, stripesim, paid):
    assert send(client, stripesim.event("charge.succeeded")).status_code == 200

    assert WebhookEvent.objects.get().status == WebhookStatus.IGNORED
    assert Order.objects.get().status == OrderStatus.PENDING


def test_only_posts_are_answered(client, db):
    assert client.get("/stripe/webhook/").status_code == 405
