"""The local Stripe as a process: it starts, remembers and stops."""

import json
import urllib.error
import urllib.request

import pytest

from tests.fixtures.stripe import Process, Stripesim

from .calls import sdk, wanted


def test_it_stops_cleanly_and_remembers_everything(tmp_path):
    first = Process(tmp_path)
    made = sdk(first.url).v1.checkout.sessions.create(wanted(), {"idempotency_key": "k"})
    Stripesim(first.url).pay(made.id)
    assert first.stop() == 0

    second = Process(tmp_path)
    api = sdk(second.url).v1
    again = api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})
    events = api.events.list().data
    assert second.stop() == 0

    assert again.id == made.id
    assert len(events) == 4


def test_payments_made_before_it_started_can_be_read_and_refunded(tmp_path):
    known = {
        "session": "cs_demo_2026-01001",
        "payment_intent": "pi_demo_2026-01001",
        "amount": 2400,
        "currency": "eur",
        "order": "1",
        "title": "Sewing",
        "email": "cleo@example.com",
    }
    file = tmp_path / "payments.json"
    file.write_text(json.dumps([known]))
    for _ in range(2):  # started again, it knows them already
        program = Process(tmp_path / "state", "--payments", str(file))
        api = sdk(program.url).v1
        expand = {"expand": ["payment_intent"]}
        session = api.checkout.sessions.retrieve("cs_demo_2026-01001", expand)
        assert (session.payment_status, session.amount_total) == ("paid", 2400)
        assert session.payment_intent.status == "succeeded"
        api.refunds.create({"payment_intent": "pi_demo_2026-01001", "amount": 1200})
        assert program.stop() == 0


def test_it_refuses_a_host_it_was_not_started_for(stripesim):
    request = urllib.request.Request(stripesim.url, headers={"Host": "evil.example"})

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)

    assert refused.value.code == 421
