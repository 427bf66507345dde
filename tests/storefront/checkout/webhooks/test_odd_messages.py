"""Rightly signed and no message: kept as failed, and answered 200 so that nobody repeats it."""

import time

import pytest
from django.core.management import call_command

from storefront.models import WebhookEvent, WebhookStatus
from storefront.stripesim.webhooks import signature
from tests.fixtures.stripe import SECRET
from tests.storefront.shop import everything

pytestmark = pytest.mark.django_db

EVENT = (
    '{"id": "evt_1", "object": "event", "type": "charge.refunded", "created": 1, '
    '"livemode": false, "data": {"object": {"id": "ch_1", "payment_intent": "pi_1"}}}'
)
NO_EVENTS = [
    "", "{", "[]", "3", "null", "{}", '{"id": "evt_1"}', "[" * 100_000, "NaN",
    EVENT.replace('"evt_1"', "7"), EVENT.replace("evt_1", ""), EVENT.replace("evt_1", "e" * 256),
    EVENT.replace("evt_1", "\\u0000"), EVENT.replace("evt_1", "\\ud800"),
    EVENT.replace('"charge.refunded"', "[]"), EVENT.replace("charge.refunded", "t" * 121),
    EVENT.replace('"created": 1', '"created": "1"'),
    EVENT.replace('"created": 1', '"created": 1e999'),
    EVENT.replace('"created": 1', f'"created": {"9" * 30}'),
    EVENT.replace('{"object": {"id"', '{"subject": {"id"'), EVENT.replace('"ch_1"', "{}"),
    EVENT.replace('"pi_1"', "7"), EVENT.replace('"pi_1"', '{"id": []}'),
    EVENT.replace('"livemode": false', '"livemode": false, "account": {}'),
]  # fmt: skip


def send_signed(client, body: str):
    return client.post(
        "/stripe/webhook/",
        data=body.encode(),
        content_type="application/json",
        headers={"Stripe-Signature": signature(body, SECRET, int(time.time()))},
    )


@pytest.mark.parametrize("body", NO_EVENTS, ids=lambda body: body[:70])
def test_what_is_no_message_is_kept_as_failed_and_not_asked_for_again(client, body):
    before = everything() | {"events": None}

    answers = [send_signed(client, body).status_code for _ in range(2)]

    assert answers == [200, 200]
    kept = WebhookEvent.objects.get()
    assert (kept.status, kept.type) == (WebhookStatus.FAILED, "unreadable")
    assert kept.event_id.startswith("unreadable_")
    assert kept.error
    assert everything() | {"events": None} == before


def test_it_can_be_replayed_and_stays_failed(client):
    send_signed(client, "{}")
    call_command("replay_webhooks")
    assert WebhookEvent.objects.get().status == WebhookStatus.FAILED


@pytest.mark.parametrize("kind", ["checkout.session.completed", "payment_intent.succeeded"])
def test_a_message_about_nothing_is_refused_for_good(client, kind):
    body = EVENT.replace("charge.refunded", kind).replace('"id": "ch_1", ', "")
    assert send_signed(client, body).status_code == 200
    assert WebhookEvent.objects.get().status == WebhookStatus.FAILED


def test_a_message_about_something_without_an_id_is_passed_over(client):
    """A balance has none: https://docs.stripe.com/api/balance."""
    body = EVENT.replace("charge.refunded", "balance.available").replace('"id": "ch_1", ', "")
    assert send_signed(client, body).status_code == 200
    assert WebhookEvent.objects.get().status == WebhookStatus.IGNORED
