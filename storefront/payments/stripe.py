"""The only module that imports ``stripe``. It speaks our words: see ``facts``.

Talks to whatever ``STRIPE_API_BASE`` names: Stripe itself, or the local stripesim; the same
calls, only key and address differ. Parameters are those of API version 2026-10-28.endive,
which stripe-python 16 pins (`payment_method_types`, for one, is no longer taken).

Raises ``PaymentsUnavailable`` when Stripe does not answer, and ``OrderError`` when it refuses.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

import stripe
from django.conf import settings
from django.utils.translation import gettext as _

from courses.shapes.json_texts import read_json
from courses.words.cutting import shorten
from storefront.errors import OrderError, PaymentsUnavailable

from .facts import CheckoutSession, Notice, RefundFact
from .money import from_minor, to_minor

logger = logging.getLogger(__name__)

# A product's name on the payment page; the order keeps the title whole.
LONGEST_NAME = 250
TIMEOUT = 8  # seconds for one try; the SDK's own is 80
TOLERANCE = 300  # seconds a signature is good for, Stripe's own default
RETRIES = 1  # with the same idempotency key, so it is safe: docs.stripe.com/api/idempotent_requests
EXPAND = ["payment_intent", "payment_intent.latest_charge"]

# Otherwise the SDK writes an identifier into the home folder and sends it along.
stripe.enable_telemetry = False


class ForgedNotice(Exception):
    """The signature of a webhook is missing, wrong or too old."""


class UnreadableNotice(Exception):
    """Rightly signed, and yet no message as Stripe writes them; the text says what is missing."""


@lru_cache(maxsize=4)
def _client(key: str, base: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": base},
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
    )


def client() -> stripe.StripeClient:
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


@contextmanager
def _asking() -> Iterator[None]:
    """Translate Stripe's errors: https://docs.stripe.com/error-handling.

    An ``APIError`` is a fault of Stripe's (5xx) or a conflict with another request that
    holds our idempotency key (409); in both cases the same request may be sent again.
    """
    try:
        yield
    except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError) as error:
        logger.warning("Stripe did not answer: %s", error, extra={"event": "stripe.silent"})
        raise PaymentsUnavailable from error
    except stripe.AuthenticationError as error:
        logger.error(
            "Stripe does not know our key: %s", error, extra={"event": "stripe.key_unknown"}
        )
        raise PaymentsUnavailable from error
    except stripe.StripeError as error:
        # Not the error's words: Stripe repeats an address that it refuses. The message's id
        # finds them in Stripe's own log.
        logger.error(
            "Stripe refused",
            extra={
                "event": "stripe.refused",
                "fault": type(error).__name__,
                "code": error.code,
                "status": error.http_status,
                "message_id": error.request_id,
            },
        )
        raise OrderError(
            _("The payment was not accepted. Nothing was charged."), code="stripe_refused"
        ) from error


# Checkout


def open_session(
    *,
    order_id: UUID,
    title: str,
    description: str,
    amount: Decimal,
    currency: str,
    email: str,
    success_url: str,
    cancel_url: str,
    expires_at: datetime,
    idempotency_key: str,
) -> CheckoutSession:
    """Open a payment page for one course: https://docs.stripe.com/api/checkout/sessions/create.

    The same key and values give the same session, however often they are sent. Stripe puts
    the session's id where ``success_url`` says ``{CHECKOUT_SESSION_ID}``.
    """
    params: stripe.params.checkout.SessionCreateParams = {
        "mode": "payment",
        "client_reference_id": str(order_id),
        "customer_email": email,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": currency.lower(),
                    "unit_amount": to_minor(amount, currency),
                    "product_data": {"name": _short(title)},
                },
            }
        ],
        "metadata": {"order": str(order_id)},
        "payment_intent_data": {"description": description, "metadata": {"order": str(order_id)}},
        "success_url": success_url,
        "cancel_url": cancel_url,
        "expires_at": int(expires_at.timestamp()),
        "submit_type": "pay",
    }
    with _asking():
        session = client().v1.checkout.sessions.create(params, {"idempotency_key": idempotency_key})
    return _session(session)


def _short(title: str) -> str:
    return shorten(title, LONGEST_NAME)


def read_session(session_id: str) -> CheckoutSession:
    """The session as it is now, with what became of its payment."""
    with _asking():
        session = client().v1.checkout.sessions.retrieve(session_id, {"expand": EXPAND})
    return _session(session)


def close_session(session_id: str) -> CheckoutSession:
    """Close the payment page unless it is paid or closed already; what it is then."""
    session = read_session(session_id)
    if session.status != "open":
        return session
    try:
        with _asking():
            client().v1.checkout.sessions.expire(session_id)
    except PaymentsUnavailable:
        raise
    except OrderError:  # paid or expired since we looked
        pass
    return read_session(session_id)


def session_of(payment_intent: str) -> CheckoutSession | None:
    """The session that a payment came from; None for a payment that came another way."""
    with _asking():
        found = client().v1.checkout.sessions.list({"payment_intent": payment_intent, "limit": 1})
    return read_session(found.data[0].id) if found.data else None


def _session(session: stripe.checkout.Session) -> CheckoutSession:
    currency = (session.currency or "").upper()
    intent = session.payment_intent
    charge = problem = None
    if intent is not None and not isinstance(intent, str):
        charge = None if isinstance(intent.latest_charge, str) else intent.latest_charge
        problem = intent.last_payment_error.message if intent.last_payment_error else None
        intent = intent.id
    return CheckoutSession(
        id=session.id,
        url=session.url,
        status=session.status or "",
        paid=session.payment_status == "paid",
        amount=from_minor(session.amount_total or 0, currency),
        currency=currency,
        order_id=_order_id(session),
        payment_intent=intent,
        refunded=from_minor(charge.amount_refunded if charge else 0, currency),
        problem=problem or "",
    )


def _order_id(session: stripe.checkout.Session) -> UUID | None:
    """The order a session was opened for; None for a session of somebody else's making."""
    named = session.metadata.to_dict().get("order", "") if session.metadata else ""
    try:
        return UUID(named)
    except ValueError:
        return None


# Refunds


def refund_payment(
    *, payment_intent: str, amount: Decimal, currency: str, reference: str, idempotency_key: str
) -> RefundFact:
    """Send money back: https://docs.stripe.com/api/refunds/create."""
    with _asking():
        refund = client().v1.refunds.create(
            {
                "payment_intent": payment_intent,
                "amount": to_minor(amount, currency),
                "reason": "requested_by_customer",
                "metadata": {"refund": reference},
            },
            {"idempotency_key": idempotency_key},
        )
    return _refund(refund)


def refunds_of(payment_intent: str) -> list[RefundFact]:
    """Every refund of a payment, oldest first, whoever made it."""
    with _asking():
        found = client().v1.refunds.list({"payment_intent": payment_intent, "limit": 100})
        refunds = list(found.auto_paging_iter())
    return [_refund(refund) for refund in reversed(refunds)]


def _refund(refund: stripe.Refund) -> RefundFact:
    currency = refund.currency.upper()
    return RefundFact(
        id=refund.id,
        amount=from_minor(refund.amount, currency),
        currency=currency,
        status=refund.status or "pending",
        reference=refund.metadata.to_dict().get("refund") if refund.metadata else None,
    )


# Webhooks


def read_notice(payload: bytes, signature: str | None) -> Notice:
    """Check a webhook's signature and age before anything of it is parsed.

    Stripe: https://docs.stripe.com/webhooks#verify-official-libraries. While the endpoint's
    secret is being replaced either will do, https://docs.stripe.com/webhooks#roll-endpoint-secrets.
    Raises ForgedNotice, and UnreadableNotice for what is signed and has not the shape of an event.
    """
    if not (signature or "").isascii():  # the SDK compares only ASCII, and fails on the rest
        raise ForgedNotice("The signature is not readable.")
    _check_signature(payload, signature or "")
    try:
        return _notice(read_json(payload))
    except (ValueError, OverflowError, OSError) as odd:  # the last two of a date that is none
        raise UnreadableNotice(str(odd)) from odd


def _check_signature(payload: bytes, signature: str) -> None:
    refusal: Exception | None = None
    for secret in settings.STRIPE_WEBHOOK_SECRETS:
        try:
            stripe.WebhookSignature.verify_header(payload, signature, secret, TOLERANCE)
        except (stripe.SignatureVerificationError, ValueError) as error:
            refusal = error
        else:
            return
    raise ForgedNotice(str(refusal)) from refusal


def _notice(body: Any) -> Notice:
    """Raises ValueError for a body that is no event: https://docs.stripe.com/api/events/object."""
    data = _part(body, "data", dict)
    about = _part(data, "object", dict)
    if about.get("id") is not None:  # a balance, for one, has none
        _part(about, "id", str)
    account = body.get("account")
    if account is not None:
        _part(body, "account", str)
    return Notice(
        id=_name(body, "id", most=255),
        type=_name(body, "type", most=120),
        object_id=about.get("id") or "",
        payment_intent=_id(about.get("payment_intent")),
        live=bool(body.get("livemode")),
        account=account,
        created=datetime.fromtimestamp(_part(body, "created", int), UTC),
        payload=body,
    )


def _part(body: Any, key: str, kind: type) -> Any:
    value = body.get(key) if isinstance(body, dict) else None
    if not isinstance(value, kind):
        raise ValueError(f"{key} is missing, or is not what Stripe sends")
    return value


def _name(body: Any, key: str, *, most: int) -> str:
    name: str = _part(body, key, str)
    if not 0 < len(name) <= most:
        raise ValueError(f"{key} is empty or too long")
    return name


def _id(value: Any) -> str | None:
    """An id, whether Stripe sends it bare or with the whole object. Raises ValueError."""
    found = value.get("id") if isinstance(value, dict) else value
    if found is not None and not isinstance(found, str):
        raise ValueError("payment_intent is not what Stripe sends")
    return found


def expects_live() -> bool:
    """Whether our key is one that moves real money."""
    return settings.STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_"))
