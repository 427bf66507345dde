"""The ledger: every movement of money as entries that add up to nothing.

Debits are positive, credits negative, as on any balance sheet: money at Stripe is ours and
positive, what we owe to a producer or a buyer is negative. Entries are only ever added; the
database refuses the rest, and refuses a transaction whose entries do not sum to zero. Memos are
kept in English: they are bookkeeping, written once and for everybody.
"""

import logging
import uuid
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from courses.words.cutting import clip
from storefront.models import Account, LedgerEntry, Order
from storefront.payments.money import split

logger = logging.getLogger(__name__)

# Account, whose it is, amount, and what for.
Booking = tuple[str, UUID | None, Decimal, str]


def shares(total: Decimal, tax: Decimal, code: str) -> tuple[Decimal, Decimal]:
    """(producer's share, platform's fee) of a line; with the tax they add up to its total."""
    percent = settings.PRODUCER_SHARE_PERCENT
    share, fee = split(total - tax, [percent, 100 - percent], code)
    return share, fee


def book_sale(order: Order) -> None:
    """The buyer's money is at Stripe; the producer's share and our fee are owed and earned."""
    entries: list[Booking] = [(Account.CASH, None, order.total, f"Paid for order {order.number}")]
    for line in order.lines.all():
        fee = line.total - line.tax - line.share
        entries += [
            (Account.PRODUCER, line.producer_id, -line.share, f"Share of {line.title}"),
            (Account.REVENUE, None, -fee, f"Fee on {line.title}"),
            (Account.TAX, None, -line.tax, f"Tax on {line.title}"),
        ]
    _book(order, entries)


def book_owed_back(order: Order, amount: Decimal) -> None:
    """Money came in that buys nothing (paid twice, no longer sold): it belongs to the buyer."""
    _book(
        order,
        [
            (Account.CASH, None, amount, f"Paid for order {order.number}"),
            (Account.BUYERS, None, -amount, f"To be given back for order {order.number}"),
        ],
    )


def book_refund(order: Order, amount: Decimal, *, owed_back: bool = False) -> None:
    """Money goes back. Whoever holds a part of the sale gives up theirs in proportion.

    The proportion is taken of what each still holds, so that parts refunded one after the
    other leave nothing behind when the last one is. ``owed_back``: the money bought nothing,
    so it is the buyer's own, and no part of a sale is touched.
    """
    held = [
        (account, producer, -balance)
        for account, producer, balance in _balances(order)
        if balance < 0 and account != Account.CASH and (account == Account.BUYERS) == owed_back
    ]
    parts = split(amount, [holding for _, _, holding in held], order.currency)
    entries: list[Booking] = [(Account.CASH, None, -amount, f"Refund of order {order.number}")]
    entries += [
        (account, producer, part, f"Refund of order {order.number}")
        for (account, producer, _), part in zip(held, parts, strict=True)
    ]
    _book(order, entries)


def _balances(order: Order) -> Iterable[tuple[str, UUID | None, Decimal]]:
    return (
        LedgerEntry.objects.filter(order=order)
        .values_list("account", "producer_id")
        .annotate(Sum("amount"))
        .order_by("account", "producer_id")
    )


def _book(order: Order, entries: list[Booking]) -> None:
    transaction = uuid.uuid4()
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            transaction=transaction,
            order=order,
            account=account,
            producer_id=producer,
            amount=amount,
            currency=order.currency,
            memo=clip(memo, 255),
        )
        for account, producer, amount, memo in entries
        if amount
    )
    logger.info(
        "ledger written",
        extra={
            "event": "ledger.written",
            "order": order.number,
            "transaction": str(transaction),
            "cash": str(entries[0][2]),
            "currency": order.currency,
        },
    )
