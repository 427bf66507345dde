"""Stripe's messages: stored first, then acted on, in the request that brought them.

Nothing of a message is believed but its type and its ids: the object is read again from
Stripe. That is why order, repetition and age of messages do not matter.

Stripe: https://docs.stripe.com/webhooks, https://docs.stripe.com/checkout/fulfillment.
"""

import hashlib
import logging
from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from storefront.errors import OrderError, PaymentsUnavailable
from storefront.models import Payment, WebhookEvent, WebhookStatus
from storefront.models.webhooks import WEBHOOK_MOVES
from storefront.payments import stripe
from storefront.payments.facts import Notice

from . import refunds
from .fulfilment import payment_of, settle
from .orders import expire_order

logger = logging.getLogger(__name__)

DONE = {WebhookStatus.HANDLED, WebhookStatus.IGNORED}
# Of a body that is no message: enough to see what it is.
UNREADABLE_BYTES = 10_000


def receive(notice: Notice) -> WebhookEvent:
    """Store a message and act on it; one that was acted on before is left alone.

    A refusal of our own (a mismatch, an unknown order) is kept as failed with its reason and
    not raised: Stripe would only repeat it for days. PaymentsUnavailable and faults of ours
    are kept as failed too, and raised, so that Stripe does repeat it.
    """
    event = _store(event_id=notice.id, kind=notice.type, payload=notice.payload)
    if event.status in DONE:
        return event
    handle(event)
    return event


def keep_unreadable(body: bytes, *, reason: str) -> WebhookEvent:
    """Keep what was signed and is no message, as failed, so that a person may look at it.

    Once, however often it is sent: it is named after what it holds.
    """
    text = body[:UNREADABLE_BYTES].decode(errors="replace").replace("\x00", "\ufffd")
    event = _store(
        event_id=f"unreadable_{hashlib.sha256(body).hexdigest()}",
        kind="unreadable",
        payload={"body": text},
    )
    _note(event, WebhookStatus.FAILED, reason)
    return event


def _store(*, event_id: str, kind: str, payload: dict[str, Any]) -> WebhookEvent:
    """Insert, and let the unique key decide who was first."""
    try:
        with transaction.atomic():
            event = WebhookEvent.objects.create(event_id=event_id, type=kind, payload=payload)
    except IntegrityError:
        return WebhookEvent.objects.get(event_id=event_id)
    _tell("message of Stripe's stored", "webhook.received", event)
    return event


def handle(event: WebhookEvent) -> WebhookStatus:
    """Act on a stored message, for the first time or again; how it went this time."""
    try:
        known = _act(event)
    except OrderError as refusal:
        logger.error(
            "Webhook %s (%s): %s",
            event.event_id,
            event.type,
            refusal,
            extra={
                "event": "webhook.refused",
                "message_id": event.event_id,
                "code": refusal.code,
            },
        )
        _note(event, WebhookStatus.FAILED, str(refusal))
        if isinstance(refusal, PaymentsUnavailable):
            raise
        return WebhookStatus.FAILED
    except Exception as fault:
        # Whatever it is, the record of it must outlive the transaction that it undid.
        _note(event, WebhookStatus.FAILED, f"{type(fault).__name__}: {fault}")
        raise
    outcome = WebhookStatus.HANDLED if known else WebhookStatus.IGNORED
    _note(event, outcome)
    return outcome


def _note(event: WebhookEvent, status: WebhookStatus, error: str = "") -> None:
    """Write how it went. A repetition slower than its twin does not undo what the twin noted."""
    before = WEBHOOK_MOVES.sources(status) | ({status} - DONE)
    WebhookEvent.objects.filter(pk=event.pk, status__in=before).update(
        attempts=F("attempts") + 1,
        status=status,
        error=error,
        handled_at=timezone.now() if status in DONE else None,
    )
    event.refresh_from_db(fields=["attempts", "status", "error", "handled_at"])
    _tell("message of Stripe's handled", f"webhook.{event.status}", event)


def _tell(what: str, name: str, event: WebhookEvent) -> None:
    logger.info(
        what,
        extra={
            "event": name,
            "message_id": event.event_id,
            "type": event.type,
            "attempts": event.attempts,
        },
    )


def _act(event: WebhookEvent) -> bool:
    """Do what the message is about; False when it is about nothing of ours."""
    about = _object_of(event)
    _check_sender(event)
    match event.type:
        case "checkout.session.completed" | "checkout.session.async_payment_succeeded":
            settle(session_id=_id_of(about))
        case "checkout.session.expired" | "checkout.session.async_payment_failed":
            expire_order(order=payment_of(stripe.read_session(_id_of(about))).order)
        case "payment_intent.succeeded":
            _settle_intent(_id_of(about))
        case "charge.refunded" | "refund.created" | "refund.updated" | "refund.failed":
            _settle_intent(about.get("payment_intent"))
        case _:
            return False
    return True


def _object_of(event: WebhookEvent) -> dict[str, Any]:
    """What the message is about; a kept one that was unreadable is about nothing."""
    if "data" not in event.payload:
        raise OrderError(_("The message is not one of Stripe’s."), code="message_unreadable")
    about: dict[str, Any] = event.payload["data"]["object"]
    return about


def _id_of(about: dict[str, Any]) -> str:
    if not about.get("id"):
        raise OrderError(_("The event names no object."), code="no_object_named")
    return str(about["id"])


def _check_sender(event: WebhookEvent) -> None:
    """Test events must not move real orders, nor another account's events ours."""
    if bool(event.payload.get("livemode")) != stripe.expects_live():
        raise OrderError(
            _("The event is of the other mode (test or live) than our key."), code="other_mode"
        )
    if event.payload.get("account"):
        raise OrderError(
            _("The event is of another account, %(account)s.")
            % {"account": event.payload["account"]},
            code="other_account",
        )


def _settle_intent(payment_intent: str | None) -> None:
    """Bring the payment, its delivery and its refunds up to what Stripe says."""
    if not payment_intent:
        raise OrderError(_("The event names no payment."), code="no_payment_named")
    payment = Payment.objects.filter(payment_intent=payment_intent).first()
    if payment:
        refunds.sync(payment=payment)
        return
    session = stripe.session_of(payment_intent)
    if not session:
        raise OrderError(
            _("The payment %(payment)s did not come from a checkout of ours.")
            % {"payment": payment_intent},
            code="payment_unknown",
        )
    settle(session_id=session.id)


def replay(*, events: QuerySet[WebhookEvent]) -> tuple[int, int]:
    """Act again on stored messages, oldest first; (how many worked, how many failed)."""
    worked = failed = 0
    for event in events.order_by("pk"):
        outcome = WebhookStatus.FAILED
        with suppress(OrderError):  # noted on the event
            outcome = handle(event)
        if outcome in DONE:
            worked += 1
        else:
            failed += 1
    logger.info(
        "messages of Stripe's replayed",
        extra={"event": "webhook.replayed", "worked": worked, "failed": failed},
    )
    return worked, failed
