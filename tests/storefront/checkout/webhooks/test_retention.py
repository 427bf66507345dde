"""Of an old message of Stripe's its type and its ids are left, which is what a replay reads."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from storefront.checkout import retention, webhooks
from storefront.checkout.tasks import reduce_old_messages
from storefront.models import Order, OrderStatus, WebhookEvent, WebhookStatus
from tests.storefront.shop import everything, send

pytestmark = pytest.mark.django_db
KIND = "checkout.session.completed"
BUYER = {"customer_details": {"email": "cleo@example.com", "name": "Cleo Marchetti"}}


def handled(*, days: float, **changes) -> WebhookEvent:
    """A message that was done with so many days ago."""
    payload = {
        "id": "evt_1",
        "object": "event",
        "type": KIND,
        "created": 1_700_000_000,
        "livemode": False,
        "pending_webhooks": 1,
        "data": {
            "object": {"id": "cs_1", "object": "checkout.session", **BUYER},
            "previous_attributes": BUYER,
        },
        "request": {"id": "req_1"},
    }
    words = {"event_id": "evt_1", "type": KIND, "status": WebhookStatus.HANDLED, **changes}
    done = timezone.now() - timedelta(days=days)
    return WebhookEvent.objects.create(**{"payload": payload, "handled_at": done, **words})


@pytest.mark.parametrize("status", [WebhookStatus.HANDLED, WebhookStatus.IGNORED])
def test_a_message_is_reduced_90_days_after_it_was_done_with(status):
    old = handled(days=90.1, status=status)
    young = handled(days=89.9, status=status, event_id="evt_2")

    reduce_old_messages()

    old.refresh_from_db()
    assert old.payload == {
        "id": "evt_1",
        "object": "event",
        "type": KIND,
        "created": 1_700_000_000,
        "livemode": False,
        "data": {"object": {"id": "cs_1", "object": "checkout.session"}},
    }
    assert (old.event_id, old.status) == ("evt_1", status)
    young.refresh_from_db()
    assert (young.reduced_at, "Cleo" in json.dumps(young.payload)) == (None, True)


@pytest.mark.parametrize("status", [WebhookStatus.FAILED, WebhookStatus.RECEIVED])
def test_one_that_nobody_has_dealt_with_stays_whole(status):
    open_still = handled(days=400, status=status, handled_at=None)
    before = open_still.payload

    assert retention.reduce_old_messages() == 0

    open_still.refresh_from_db()
    assert (open_still.payload, open_still.reduced_at) == (before, None)


@pytest.mark.parametrize(
    "odd", [[], "text", 7, {}, {"data": None}, {"data": {"object": None}}, {"data": [1]}]
)
def test_whatever_was_signed_is_reduced(odd):
    odd_one = handled(days=91, payload=odd, status=WebhookStatus.IGNORED)

    assert retention.reduce_old_messages() == 1

    odd_one.refresh_from_db()
    assert odd_one.payload == {"data": {"object": {}}}


def test_a_payment_that_came_as_a_whole_object_is_known_by_its_id():
    about = {"id": "ch_1", "payment_intent": {"id": "pi_1", "receipt_email": "cleo@example.com"}}
    message = handled(days=91, payload={"id": "evt_1", "data": {"object": about}})

    retention.reduce_old_messages()

    message.refresh_from_db()
    assert message.payload["data"]["object"] == {"id": "ch_1", "payment_intent": "pi_1"}


def test_a_reduced_message_can_be_replayed_and_counts_once(client, stripesim, paid):
    event = stripesim.event(KIND)
    send(client, event)
    later = timezone.now() + timedelta(days=91)
    assert retention.reduce_old_messages(now=later) == 1
    before = everything()

    assert webhooks.replay(events=WebhookEvent.objects.all()) == (1, 0)
    assert send(client, event).status_code == 200

    assert everything() == before
    assert WebhookEvent.objects.get().reduced_at == later
    assert Order.objects.get().status == OrderStatus.PAID


def test_a_second_run_and_a_backlog(monkeypatch, logged, django_assert_num_queries):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for number in range(5):
        handled(days=91, event_id=f"evt_{number}")
    logged()

    assert retention.reduce_old_messages() == 5
    (line,) = logged()
    assert (line.event, line.messages) == ("webhook.reduced", 5)

    with django_assert_num_queries(1):
        assert retention.reduce_old_messages() == 0
    assert logged() == []


def test_what_is_to_be_reduced_is_found_by_its_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    old = retention.old_messages(timezone.now()).order_by("handled_at")

    assert "webhooks_to_reduce" in old.explain()
