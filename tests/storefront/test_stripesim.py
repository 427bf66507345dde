"""The local Stripe, driven by Stripe's own SDK over HTTP."""

import json
import threading
import urllib.request

import pytest
import stripe

from storefront.stripesim import API_VERSION
from tests.fixtures.stripe import KEY, Process, Stripesim

stripe.enable_telemetry = False


@pytest.fixture
def api(stripesim):
    """The SDK's services, without its own retries."""
    return sdk(stripesim.url).v1


def sdk(url, key=KEY):
    return stripe.StripeClient(key, base_addresses={"api": url}, max_network_retries=0)


def wanted(amount=2400, **more) -> dict:
    return {
        "mode": "payment",
        "success_url": "https://shop.example/thanks?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://shop.example/no",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "eur",
                    "unit_amount": amount,
                    "product_data": {"name": "Käsin ommellen – «Ä»"},
                },
            }
        ],
        **more,
    }


def test_it_speaks_the_version_that_the_sdk_pins():
    assert stripe.api_version == API_VERSION


def test_a_session_is_created_read_listed_and_expired(api):
    made = api.checkout.sessions.create(
        wanted(
            client_reference_id="order-1", customer_email="cleo@example.com", metadata={"a": "b"}
        )
    )

    read = api.checkout.sessions.retrieve(made.id, {"expand": ["line_items"]})
    listed = api.checkout.sessions.list({"status": "open"})
    closed = api.checkout.sessions.expire(made.id)

    assert (read.amount_total, read.currency, read.payment_status) == (2400, "eur", "unpaid")
    assert read.line_items.data[0].description == "Käsin ommellen – «Ä»"
    assert read.metadata.to_dict() == {"a": "b"}
    assert read.payment_intent is None
    assert [session.id for session in listed.data] == [made.id]
    assert (closed.status, closed.url) == ("expired", None)
    with pytest.raises(stripe.InvalidRequestError, match="status of expired"):
        api.checkout.sessions.expire(made.id)


def test_paying_makes_intent_charge_and_events_in_their_order(api, stripesim):
    made = api.checkout.sessions.create(wanted(payment_intent_data={"metadata": {"order": "7"}}))

    stripesim.pay(made.id)

    session = api.checkout.sessions.retrieve(
        made.id, {"expand": ["payment_intent", "payment_intent.latest_charge"]}
    )
    assert (session.status, session.payment_status) == ("complete", "paid")
    assert session.payment_intent.status == "succeeded"
    assert session.payment_intent.metadata.to_dict() == {"order": "7"}
    assert session.payment_intent.latest_charge.payment_method_details.card.last4 == "4242"
    assert [event["type"] for event in stripesim.events()] == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


def test_a_declined_card_leaves_the_session_open_and_says_why(api, stripesim):
    made = api.checkout.sessions.create(wanted())

    stripesim.pay(made.id, card="4000000000009995")

    session = api.checkout.sessions.retrieve(made.id, {"expand": ["payment_intent"]})
    assert session.status == "open"
    assert session.payment_intent.last_payment_error.decline_code == "insufficient_funds"
    assert stripesim.events()[-1]["type"] == "payment_intent.payment_failed"


def test_refunds_in_parts_never_exceed_the_charge(api, stripesim):
    made = api.checkout.sessions.create(wanted(2400))
    intent = stripesim.pay(made.id)["payment_intent"]

    api.refunds.create({"payment_intent": intent, "amount": 1000})
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
        api.refunds.create({"payment_intent": intent, "amount": 1401})
    rest = api.refunds.create({"payment_intent": intent})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.refunds.create({"payment_intent": intent})

    assert (rest.amount, rest.status) == (1400, "succeeded")
    assert refused.value.code == "charge_already_refunded"
    charge = api.charges.retrieve(rest.charge)
    assert (charge.amount_refunded, charge.refunded) == (2400, True)
    assert len(api.refunds.list({"payment_intent": intent}).data) == 2


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"mode": "payment", "sucess_url": "https://a.example"}, "parameter_unknown"),
        ({**wanted(), "payment_method_types": ["card"]}, "parameter_unknown"),
        ({"mode": "payment", "success_url": "https://a.example"}, "parameter_missing"),
        ({**wanted(-1)}, "parameter_invalid_integer"),
        ({**wanted(49)}, "amount_too_small"),
    ],
)
def test_a_wrong_parameter_is_refused_and_nothing_is_made(api, params, code):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.checkout.sessions.create(params)

    assert refused.value.code == code
    assert api.checkout.sessions.list().data == []


def test_a_session_lives_from_30_minutes_to_24_hours(api, stripesim):
    now = stripesim.order("clock")["now"]
    for seconds in (29 * 60, 24 * 3600 + 60):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            api.checkout.sessions.create(wanted(expires_at=now + seconds))
        assert refused.value.param == "expires_at"
    made = api.checkout.sessions.create(wanted(expires_at=now + 3600))

    stripesim.advance(hours=2)

    assert api.checkout.sessions.retrieve(made.id).status == "expired"
    assert stripesim.events()[-1]["type"] == "checkout.session.expired"


def test_what_is_missing_answers_404_and_a_wrong_key_401(api, stripesim):
    with pytest.raises(stripe.InvalidRequestError) as missing:
        api.checkout.sessions.retrieve("cs_test_nowhere")
    with pytest.raises(stripe.AuthenticationError):
        sdk(stripesim.url, "sk_test_other").v1.events.list()

    assert (missing.value.http_status, missing.value.code) == (404, "resource_missing")
    assert missing.value.request_id.startswith("req_")


# Idempotency keys: https://docs.stripe.com/api/idempotent_requests


def test_the_same_key_gives_the_same_session(api):
    first = api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})
    again = api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})

    assert again.id == first.id
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert len(api.checkout.sessions.list().data) == 1


def test_the_same_key_with_other_parameters_is_an_error(api):
    api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})

    with pytest.raises(stripe.IdempotencyError):
        api.checkout.sessions.create(wanted(2500), {"idempotency_key": "k"})


def test_a_request_that_failed_validation_may_be_sent_again_under_its_key(api):
    with pytest.raises(stripe.InvalidRequestError):
        api.checkout.sessions.create({"mode": "payment"}, {"idempotency_key": "k"})

    assert api.checkout.sessions.create(wanted(), {"idempotency_key": "k"}).id


def test_a_saved_500_is_given_again(api, stripesim):
    stripesim.fault("POST /v1/checkout/sessions", "fail_after")

    for _ in range(2):
        with pytest.raises(stripe.APIError):
            api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})

    assert len(api.checkout.sessions.list().data) == 1


def test_a_dropped_answer_is_given_to_the_next_try(api, stripesim):
    stripesim.fault("POST /v1/checkout/sessions", "drop")

    with pytest.raises(stripe.APIConnectionError):
        api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})
    again = api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})

    assert [session.id for session in api.checkout.sessions.list().data] == [again.id]


def test_a_key_in_use_answers_409(stripesim):
    stripesim.fault("POST /v1/checkout/sessions", "delay", seconds=1)
    slow = threading.Thread(
        target=lambda: sdk(stripesim.url).v1.checkout.sessions.create(
            wanted(), {"idempotency_key": "k"}
        )
    )
    slow.start()
    while not stripesim.requests():
        pass

    with pytest.raises(stripe.StripeError) as refused:
        sdk(stripesim.url).v1.checkout.sessions.create(wanted(), {"idempotency_key": "k"})
    slow.join()

    assert refused.value.http_status == 409
    assert refused.value.error.code == "idempotency_key_in_use"


def test_a_key_is_forgotten_after_a_day(api, stripesim):
    first = api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})
    stripesim.advance(hours=25)

    assert api.checkout.sessions.create(wanted(), {"idempotency_key": "k"}).id != first.id


# Webhooks


class Shop:
    """A small HTTP server that keeps what it is sent and answers as told."""

    def __init__(self):
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

        shop = self
        self.got, self.answers = [], []

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                shop.got.append((body, self.headers["Stripe-Signature"]))
                self.send_response(shop.answers.pop(0) if shop.answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def types(self):
        return sorted(json.loads(body)["type"] for body, _ in self.got)


@pytest.fixture
def shop(stripesim):
    shop = Shop()
    stripesim.order("endpoint", url=shop.url)
    yield shop
    stripesim.order("endpoint", url=None)
    shop.server.shutdown()
    shop.server.server_close()


def test_webhooks_carry_a_signature_that_the_sdk_accepts(api, stripesim, shop):
    stripesim.pay(api.checkout.sessions.create(wanted()).id)
    assert stripesim.order("settle")["settled"]

    events = [
        stripe.Webhook.construct_event(body, signature, "whsec_stripesim")
        for body, signature in shop.got
    ]

    assert sorted(event.type for event in events) == [
        "charge.succeeded",
        "checkout.session.completed",
        "payment_intent.created",
        "payment_intent.succeeded",
    ]
    assert {event.api_version for event in events} == {API_VERSION}


def test_a_webhook_is_repeated_until_the_shop_says_yes(api, stripesim, shop):
    made = api.checkout.sessions.create(wanted())
    shop.answers = [500, 503, 200]

    api.checkout.sessions.expire(made.id)
    while stripesim.order("deliveries")["deliveries"][0]["state"] != "delivered":
        stripesim.order("settle")

    (delivery,) = stripesim.order("deliveries")["deliveries"]
    assert (delivery["attempts"], delivery["answer"]) == (3, 200)
    assert len({body for body, _ in shop.got}) == 1


@pytest.mark.parametrize(
    ("fault", "more", "times"), [("lose", {}, 0), ("repeat", {"count": 3}, 3), ("hold", {}, 0)]
)
def test_a_webhook_can_be_lost_repeated_or_held(api, stripesim, shop, fault, more, times):
    made = api.checkout.sessions.create(wanted())
    stripesim.fault("webhook checkout.session.expired", fault, **more)

    api.checkout.sessions.expire(made.id)
    stripesim.order("settle")

    assert len(shop.got) == times


@pytest.mark.parametrize("fault", ["forge", "tamper", "stale"])
def test_a_forged_tampered_or_stale_webhook_fails_the_sdks_check(api, stripesim, shop, fault):
    made = api.checkout.sessions.create(wanted())
    stripesim.fault("webhook *", fault, seconds=301)

    api.checkout.sessions.expire(made.id)
    stripesim.order("settle")

    body, signature = shop.got[0]
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, signature, "whsec_stripesim")


def test_held_webhooks_are_released_in_any_order(api, stripesim, shop):
    made = api.checkout.sessions.create(wanted())
    stripesim.fault("webhook *", "hold", times=9)
    stripesim.pay(made.id)
    backwards = [event["id"] for event in reversed(stripesim.events())]

    stripesim.order("release", events=backwards)

    assert [json.loads(body)["id"] for body, _ in shop.got] == backwards


# The process


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


def test_it_imports_nothing_of_ours():
    import ast
    from pathlib import Path

    import storefront.stripesim

    imported = set()
    for file in Path(storefront.stripesim.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(node.module.split(".")[0])

    import sys

    assert imported <= set(sys.stdlib_module_names)
