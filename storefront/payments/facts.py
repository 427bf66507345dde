"""Our own words for what Stripe tells us; nothing else of Stripe's leaves this package."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True)
class CheckoutSession:
    """One visit to the hosted payment page, as Stripe sees it at this moment."""

    id: str
    url: str | None  # only while it is open
    status: str  # open, complete or expired
    paid: bool  # the money is there, not only promised
    amount: Decimal
    currency: str
    order_id: UUID | None  # what we wrote into its metadata
    payment_intent: str | None = None
    refunded: Decimal = Decimal(0)
    problem: str = ""  # why the last attempt to pay failed, in words for the buyer


@dataclass(frozen=True)
class RefundFact:
    """Money that went back, or is on its way."""

    id: str
    amount: Decimal
    currency: str
    status: str  # pending, requires_action, succeeded, failed or canceled
    reference: str | None  # the key of our own Refund row, when we asked for it


@dataclass(frozen=True)
class Notice:
    """A webhook whose signature is right. Only its type and its ids are looked at."""

    id: str
    type: str
    object_id: str
    payment_intent: str | None
    live: bool
    account: str | None
    created: datetime
    payload: dict
