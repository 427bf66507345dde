"""What buying left: orders, their lines, payments and the ledger."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count
from random import Random

from django.db import connection

from storefront.accounting.ledger import shares
from storefront.models import (
    Account,
    LedgerEntry,
    Order,
    OrderLine,
    OrderStatus,
    Payment,
    PaymentStatus,
)
from storefront.seller.current import read_seller

from .people import address
from .sheets import Sheet, write
from .studying import Studied

CURRENCY = "EUR"
# One sale in so many is on the books: all pages that read them read those of few people.
BOOKED = 10


def write_trade(sales: Sequence[Studied], draw: Random) -> None:
    """The orders of ``sales``, all of them paid."""
    orders = [(draw.randbytes(16).hex(), sale) for sale in sales]
    _write_orders(orders)
    _write_lines(orders)
    paid = [(order, sale) for order, sale in orders if Decimal(sale.course.price)]
    _write_payments(paid)
    _write_ledger(paid, draw)


def _write_orders(orders: Sequence[tuple[str, Studied]]) -> None:
    seller = read_seller()
    sheet = Sheet(
        Order,
        (
            *("id", "number", "buyer_id", "subtotal", "total", "buyer_name"),
            *("created_at", "paid_at"),
        ),
        status=OrderStatus.PAID,
        currency=CURRENCY,
        buyer_email=address("buyer"),
        seller_name=seller["name"],
        seller_address=seller["address"],
        return_days=30,
        return_below_percent=50,
        zone="UTC",
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(n) FROM (SELECT nextval('storefront_order_number') AS n"
            " FROM generate_series(1, %s)) AS taken",
            [max(1, len(orders))],
        )
        (first,) = cursor.fetchone()
    numbers = count(first)
    write(
        sheet.target,
        (
            sheet.line
            % (
                order,
                f"{sale.bought[:4]}-{next(numbers):05d}",
                sale.learner.id,
                sale.course.price,
                sale.course.price,
                sale.learner.name,
                sale.bought,
                sale.bought,
            )
            for order, sale in orders
        ),
    )


def _write_lines(orders: Sequence[tuple[str, Studied]]) -> None:
    sheet = Sheet(
        OrderLine,
        (
            *("order_id", "course_id", "title", "price", "total", "share"),
            *("producer_id", "producer_name"),
        ),
    )
    write(
        sheet.target,
        (
            sheet.line
            % (
                order,
                sale.course.id,
                sale.course.title,
                sale.course.price,
                sale.course.price,
                _share(sale.course.price),
                sale.course.producer.id,
                sale.course.producer.name,
            )
            for order, sale in orders
        ),
    )


def _write_payments(orders: Sequence[tuple[str, Studied]]) -> None:
    sheet = Sheet(
        Payment,
        (
            *("order_id", "amount", "idempotency_key", "session_id", "payment_intent"),
            *("created_at", "paid_at"),
        ),
        status=PaymentStatus.SUCCEEDED,
        currency=CURRENCY,
    )
    write(
        sheet.target,
        (
            sheet.line
            % (
                order,
                sale.course.price,
                f"checkout-{order}",
                f"cs_bench_{order}",
                f"pi_bench_{order}",
                sale.bought,
                sale.bought,
            )
            for order, sale in orders
        ),
    )


def _write_ledger(orders: Sequence[tuple[str, Studied]], draw: Random) -> None:
    sheet = Sheet(
        LedgerEntry,
        ("transaction", "order_id", "account", "producer_id", "amount", "memo", "created_at"),
        currency=CURRENCY,
    )
    write(sheet.target, _entries(orders, sheet.line, draw))


def _entries(orders: Sequence[tuple[str, Studied]], line: str, draw: Random) -> Iterator[str]:
    for order, sale in orders:
        transaction, total = draw.randbytes(16).hex(), Decimal(sale.course.price)
        share = Decimal(_share(sale.course.price))
        for account, producer, amount, memo in (
            (Account.CASH, "\\N", total, "Paid"),
            (Account.PRODUCER, sale.course.producer.id, -share, f"Share of {sale.course.title}"),
            (Account.REVENUE, "\\N", share - total, f"Fee on {sale.course.title}"),
        ):
            yield line % (
                transaction,
                order,
                str(account),
                producer,
                amount,
                memo,
                sale.bought,
            )


_shares: dict[str, str] = {}


def _share(price: str) -> str:
    """What the producer earns; there are eight prices."""
    if price not in _shares:
        _shares[price] = str(shares(Decimal(price), Decimal(0), CURRENCY)[0])
    return _shares[price]
