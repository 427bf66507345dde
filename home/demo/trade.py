"""What buying leaves, for many stories at once: orders, payments, ledger.

Order and certificate numbers count upwards, so stories come in the order of time.
``tests/home/test_demo_stories.py`` tells the same stories by the verbs, one by one, and compares
every row of every table.
"""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F

from courses.wording.zones import zone_of
from storefront.accounting import ledger
from storefront.checkout import orders
from storefront.models import (
    Account,
    Coupon,
    LedgerEntry,
    Order,
    OrderLine,
    OrderStatus,
    Payment,
    PaymentStatus,
)
from storefront.seller.current import read_seller, rule_as_set
from storefront.seller.returning import ReturnRule

from .clock import at
from .rows import insert
from .stories import LearnerStory


@dataclass(frozen=True)
class Sale:
    """A story with what was ordered."""

    story: LearnerStory
    order: Order
    line: OrderLine


@dataclass(frozen=True)
class SellingTerms:
    """Who sells, and by which rule a course may be returned."""

    seller: dict[str, Any]
    rule: ReturnRule


def sell(stories: Sequence[LearnerStory]) -> list[Sale]:
    """Each story bought at its moment. Some ten statements, and two more for each code."""
    if not stories:
        return []
    terms = SellingTerms(read_seller(), rule_as_set())
    numbers = _numbers(len(stories))
    sales = [_sale(story, number, terms) for story, number in zip(stories, numbers, strict=True)]
    insert(sale.order for sale in sales)
    insert(sale.line for sale in sales)
    paid = [sale for sale in sales if sale.order.total]
    insert(_payment(sale) for sale in paid)
    insert(entry for sale in paid for entry in _entries(sale))
    _take_uses(sales)
    return sales


def _numbers(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('storefront_order_number') FROM generate_series(1, %s)", [count]
        )
        return [number for (number,) in cursor.fetchall()]


def _sale(story: LearnerStory, number: int, terms: SellingTerms) -> Sale:
    course, when = story.course.page, story.bought
    with at(when):
        agreed = (
            orders.quote(course=course, code=story.code)
            if story.code
            else orders.listed_price(course)
        )
    order = _order(story, agreed, f"{when:%Y}-{number:05d}", terms)
    line = OrderLine(
        order=order,
        course=course,
        title=course.title,
        price=agreed.price,
        discount=agreed.discount,
        tax=Decimal(0),
        total=agreed.total,
        share=ledger.shares(agreed.total, Decimal(0), agreed.currency)[0],
        producer=story.course.lead,
        producer_name=story.course.lead.name,
    )
    return Sale(story, order, line)


def _order(
    story: LearnerStory, agreed: orders.PriceQuote, number: str, terms: SellingTerms
) -> Order:
    buyer, when, coupon = story.learner, story.bought, agreed.coupon
    return Order(
        number=number,
        buyer=buyer,
        status=OrderStatus.PAID,
        currency=agreed.currency,
        subtotal=agreed.price,
        discount=agreed.discount,
        total=agreed.total,
        coupon=coupon,
        coupon_code=coupon.code if coupon else "",
        coupon_percent=coupon.percent_off if coupon else None,
        return_days=terms.rule.days,
        return_below_percent=terms.rule.below_percent,
        buyer_name=buyer.name,
        buyer_email=buyer.email,
        seller_name=terms.seller["name"],
        seller_address=terms.seller["address"],
        seller_tax_number=terms.seller["tax_number"],
        zone=zone_of(buyer.time_zone).key,
        created_at=when,
        expires_at=when + orders.LIFETIME,
        paid_at=when,
    )


def _payment(sale: Sale) -> Payment:
    order, when = sale.order, sale.story.bought
    return Payment(
        order=order,
        status=PaymentStatus.SUCCEEDED,
        amount=order.total,
        currency=order.currency,
        idempotency_key=f"checkout-{uuid.uuid4()}",
        session_id=f"cs_demo_{order.number}",
        payment_intent=f"pi_demo_{order.number}",
        created_at=when,
        paid_at=when,
    )


def _entries(sale: Sale) -> list[LedgerEntry]:
    """As ``ledger.book_sale`` writes them."""
    order, line = sale.order, sale.line
    transaction = uuid.uuid4()
    parts = [
        (Account.CASH, None, order.total, f"Paid for order {order.number}"),
        (Account.PRODUCER, line.producer_id, -line.share, f"Share of {line.title}"),
        (Account.REVENUE, None, line.share - line.total, f"Fee on {line.title}"),
    ]
    return [
        LedgerEntry(
            transaction=transaction,
            order=order,
            account=account,
            producer_id=producer,
            amount=amount,
            currency=order.currency,
            memo=memo[:255],
            created_at=sale.story.bought,
        )
        for account, producer, amount, memo in parts
        if amount
    ]


def _take_uses(sales: Sequence[Sale]) -> None:
    for coupon_id, uses in Counter(sale.order.coupon_id for sale in sales).items():
        if coupon_id:
            Coupon.objects.filter(pk=coupon_id).update(used=F("used") + uses)
