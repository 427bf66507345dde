"""Webhooks of the local Stripe, sent to a small shop over HTTP."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import stripe

from storefront.stripesim import API_VERSION
from tests.fixtures.stripe import SECRET

from .calls import wanted


class Shop:
    """A small HTTP server that keeps what it is sent and answers as told."""

    def __init__(self):
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
        stripe.Webhook.construct_event(body, signature, SECRET) for body, signature in shop.got
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
        stripe.Webhook.construct_event(body, signature, SECRET)


def test_held_webhooks_are_released_in_any_order(api, stripesim, shop):
    made = api.checkout.sessions.create(wanted())
    stripesim.fault("webhook *", "hold", times=9)
    stripesim.pay(made.id)
    backwards = [event["id"] for event in reversed(stripesim.events())]

    stripesim.order("release", events=backwards)

    assert [json.loads(body)["id"] for body, _ in shop.got] == backwards
