"""Checkout Sessions: made by the shop, paid or left on the hosted page, expired in time.

Stripe: https://docs.stripe.com/api/checkout/sessions and
https://docs.stripe.com/payments/checkout/managing-limited-inventory (expiry).
"""

from . import objects
from .cards import Card
from .errors import ApiError, invalid_parameter, no_such
from .parameters import (
    CURRENCY,
    EMAIL,
    EXPAND,
    PAGING,
    URL,
    Fields,
    Listed,
    Metadata,
    OneOf,
    Text,
    Whole,
)
from .parts import Call, Parts

MOST = 99_999_999  # Stripe: eight digits, https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
#: Stripe: least amount of a charge, in minor units, same page; others are not checked here.
LEAST = {
    "aud": 50, "brl": 50, "cad": 50, "chf": 50, "czk": 1500, "dkk": 250, "eur": 50, "gbp": 30,
    "jpy": 50, "mxn": 1000, "nok": 300, "nzd": 50, "pln": 200, "sek": 300, "sgd": 50, "usd": 50,
}  # fmt: skip

CREATE = Fields(
    may={
        "mode": OneOf(("payment",)),
        "ui_mode": OneOf(("hosted_page",)),
        "line_items": Listed(
            Fields(
                may={
                    "price_data": Fields(
                        may={
                            "currency": CURRENCY,
                            "unit_amount": Whole(least=0, most=MOST),
                            "tax_behavior": OneOf(("inclusive", "exclusive", "unspecified")),
                            "product_data": Fields(
                                may={
                                    "name": Text(longest=250),
                                    "description": Text(longest=40_000),
                                    "metadata": Metadata(),
                                    "images": Listed(URL, most=8),
                                },
                                must=("name",),
                            ),
                        },
                        must=("currency", "unit_amount", "product_data"),
                    ),
                    "quantity": Whole(least=1),
                },
                must=("price_data", "quantity"),
            )
        ),
        "success_url": URL,
        "cancel_url": URL,
        "client_reference_id": Text(longest=200),
        "customer_email": EMAIL,
        "expires_at": Whole(),
        "locale": Text(longest=10),
        "submit_type": OneOf(("auto", "book", "donate", "pay")),
        "metadata": Metadata(),
        "payment_intent_data": Fields(
            may={
                "description": Text(longest=1000),
                "metadata": Metadata(),
                "statement_descriptor_suffix": Text(longest=22),
                "transfer_group": Text(),
            }
        ),
        "expand": EXPAND,
    },
    must=("mode", "line_items", "success_url"),
)
RETRIEVE = Fields(may={"expand": EXPAND})
EXPIRE = Fields(may={"expand": EXPAND})
LIST = Fields(
    may={**PAGING, "payment_intent": Text(), "status": OneOf(("open", "complete", "expired"))}
)
ITEMS = Fields(may=PAGING)


def create(call: Call) -> dict:
    params, now = call.params, call.sim.clock.now()
    lines = params["line_items"]
    currencies = {line["price_data"]["currency"] for line in lines}
    if len(currencies) > 1:
        raise invalid_parameter(
            "line_items", "All line items in one Checkout Session must use the same currency."
        )
    items = [objects.item(line, now=now) for line in lines]
    total, currency = sum(item["amount_total"] for item in items), currencies.pop()
    if 0 < total < LEAST.get(currency, 1):
        raise ApiError(
            400,
            "The Checkout Session's total amount due must add up to at least "
            f"{LEAST[currency]} in the smallest unit of {currency}.",
            code="amount_too_small",
        )
    _check_expiry(params.get("expires_at"), now)
    session = objects.session(params, items=items, now=now, public_url=call.sim.public_url)
    call.sim.store.insert(session | {"_items": items, "_intent": params.get("payment_intent_data")})
    return session


def _check_expiry(at: int | None, now: int) -> None:
    """Stripe: "anywhere from 30 minutes to 24 hours after Checkout Session creation"."""
    if at is None:
        return
    if at < now + 30 * 60:
        raise invalid_parameter(
            "expires_at",
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session "
            "creation.",
        )
    if at > now + 24 * 60 * 60:
        raise invalid_parameter(
            "expires_at",
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
        )


def load(sim: Parts, id: str, origin: dict | None = None) -> dict:
    """The session as it stands now: one whose time is over is expired by being looked at."""
    session = sim.store.get(id, "checkout.session")
    if not session:
        raise no_such("checkout.session", id, "session")
    if session["status"] == "open" and session["expires_at"] <= sim.clock.now():
        _expire(sim, session, origin)
    return session


def retrieve(call: Call) -> dict:
    return public(load(call.sim, call.ids[0]))


def listing(call: Call) -> dict:
    sweep(call.sim)
    found = [
        public(session)
        for session in call.sim.store.newest("checkout.session")
        if call.params.get("status") in (None, session["status"])
        and call.params.get("payment_intent") in (None, session["payment_intent"])
        and call.within(session)
    ]
    return objects.page_of(found, call.params, "/v1/checkout/sessions")


def items(call: Call) -> dict:
    session = load(call.sim, call.ids[0])
    return objects.page_of(
        session["_items"], call.params, f"/v1/checkout/sessions/{session['id']}/line_items"
    )


def expire(call: Call) -> dict:
    session = load(call.sim, call.ids[0])
    if session["status"] != "open":
        raise ApiError(
            400,
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of {session['status']}.",
        )
    _expire(call.sim, session, call.origin)
    return public(session)


def sweep(sim: Parts) -> None:
    """Expire every open session whose time is over."""
    for session in sim.store.newest("checkout.session"):
        load(sim, session["id"])


def _expire(sim: Parts, session: dict, origin: dict | None) -> None:
    session |= {"status": "expired", "url": None}
    with sim.store.transaction():
        sim.store.update(session)
        sim.webhooks.publish("checkout.session.expired", public(session), origin)


def public(session: dict) -> dict:
    """Without what only the simulator needs to know."""
    return {name: value for name, value in session.items() if not name.startswith("_")}


def pay(sim: Parts, id: str, card: Card, email: str | None = None) -> dict:
    """What the hosted page's button does. Returns the session; a declined card leaves it open.

    Raises ApiError when the session is no longer open.
    """
    with sim.store.transaction():
        session = load(sim, id)
        if session["status"] != "open":
            raise ApiError(400, f"This Checkout Session is {session['status']}.")
        email = email or session["customer_email"]
        intent = _intent(sim, session)
        charge = _charge(sim, intent, card, email)
        intent["latest_charge"] = charge["id"]
        if card.pays:
            intent |= {
                "status": "succeeded",
                "amount_received": intent["amount"],
                "payment_method": charge["payment_method"],
                "last_payment_error": None,
            }
            session |= {
                "status": "complete",
                "payment_status": "paid",
                "url": None,
                "customer_details": _customer(email),
            }
        else:
            intent["last_payment_error"] = {
                "type": "card_error",
                "code": card.code,
                "decline_code": card.decline_code,
                "message": card.message,
                "charge": charge["id"],
            }
        sim.store.update(intent)
        sim.store.update(session)
        if card.pays:
            sim.webhooks.publish("charge.succeeded", charge)
            sim.webhooks.publish("payment_intent.succeeded", intent)
            sim.webhooks.publish("checkout.session.completed", public(session))
        else:
            sim.webhooks.publish("charge.failed", charge)
            sim.webhooks.publish("payment_intent.payment_failed", intent)
    sim.webhooks.wake()
    return session


def _intent(sim: Parts, session: dict) -> dict:
    """Stripe makes the PaymentIntent when the buyer confirms, and keeps it over declines."""
    if session["payment_intent"]:
        return sim.store.need(session["payment_intent"])
    intent = objects.payment_intent(session, session["_intent"] or {}, now=sim.clock.now())
    sim.store.insert(intent)
    session["payment_intent"] = intent["id"]
    sim.webhooks.publish("payment_intent.created", intent)
    return intent


def _charge(sim: Parts, intent: dict, card: Card, email: str | None) -> dict:
    charge = objects.charge(intent, card=card.details(), email=email, now=sim.clock.now())
    if not card.pays:
        charge |= {
            "amount_captured": 0,
            "captured": False,
            "failure_code": card.code,
            "failure_message": card.message,
            "paid": False,
            "status": "failed",
            "outcome": charge["outcome"]
            | {
                "network_status": "declined_by_network",
                "reason": card.decline_code or card.code,
                "seller_message": "The bank did not return any further details.",
                "type": "issuer_declined",
            },
        }
    return sim.store.insert(charge)


def _customer(email: str | None) -> dict:
    return {
        "address": objects.NO_ADDRESS,
        "business_name": None,
        "email": email,
        "individual_name": None,
        "name": None,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }
