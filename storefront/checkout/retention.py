"""What is left of a message of Stripe's once it is long done with: its type and its ids."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from storefront.models import WebhookEvent

from .webhooks import DONE

logger = logging.getLogger(__name__)

AT_ONCE = 500
KEPT = ("id", "object", "type", "created", "livemode", "account", "api_version")
KEPT_OF_THE_OBJECT = ("id", "object", "payment_intent")


def reduce_old_messages(*, now: datetime | None = None) -> int:
    """Reduce what was done with ``STRIPE_MESSAGES_KEPT_DAYS`` ago to its ids; how many.

    A message holds the buyer's name and addresses, which nothing of ours reads. What a replay
    reads stays, as does the row with its event id: a message that Stripe repeats is still known.
    Those that failed stay whole until somebody deals with them.
    """
    now = now or timezone.now()
    old = old_messages(now).order_by("handled_at", "pk").only("payload")
    reduced = 0
    while events := list(old[:AT_ONCE]):
        for event in events:
            event.payload, event.reduced_at = _ids(event.payload), now
        reduced += WebhookEvent.objects.bulk_update(events, ["payload", "reduced_at"])
    if reduced:
        logger.info(
            "old messages of Stripe's reduced",
            extra={"event": "webhook.reduced", "messages": reduced},
        )
    return reduced


def old_messages(now: datetime) -> QuerySet[WebhookEvent]:
    before = now - timedelta(days=settings.STRIPE_MESSAGES_KEPT_DAYS)
    return WebhookEvent.objects.filter(status__in=DONE, reduced_at=None, handled_at__lte=before)


def _ids(payload: Any) -> dict[str, Any]:
    message = _known(payload)
    about = _known(_known(message.get("data")).get("object"))
    kept = {name: about[name] for name in KEPT_OF_THE_OBJECT if name in about}
    if isinstance(kept.get("payment_intent"), dict):
        kept["payment_intent"] = kept["payment_intent"].get("id")
    return {name: message[name] for name in KEPT if name in message} | {"data": {"object": kept}}


def _known(value: Any) -> dict[str, Any]:
    """The value where it is an object, as Stripe's are; stored is whatever was signed."""
    return value if isinstance(value, dict) else {}
