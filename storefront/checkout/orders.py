"""From "Buy" to the payment page: what may be bought, for how much, and once.

A checkout freezes title, price and share in an order before Stripe is asked, so that what is
charged is what was shown. One buyer has one open checkout per course: pressing twice, in two
tabs or at once, leads to the same payment page.
"""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.currencies import why_unpayable
from courses.errors import Refusal
from courses.people import Person
from courses.wording.money import format_money
from storefront.accounting import ledger
from storefront.errors import OrderError
from storefront.models import Coupon, Order, OrderLine, OrderStatus, Payment, PaymentStatus
from storefront.models.orders import ORDER_MOVES
from storefront.models.payments import PAYMENT_MOVES
from storefront.payments import stripe
from storefront.payments.facts import CheckoutSession

from . import coupons
from .fulfilment import fulfil, settle
from .locks import lock_buyer, lock_order
from .log_fields import order_fields
from .offers import OrderTerms, Sellable, account_closed, check_buyable, terms_for

logger = logging.getLogger(__name__)

# Stripe: a session lives "anywhere from 30 minutes to 24 hours after creation",
# https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at
LIFETIME = timedelta(hours=1)
# A payment page with less time left than this is replaced by a new one.
TOO_LATE = timedelta(minutes=10)
CLOSED = _("That payment page has closed. Please start again.")


@dataclass(frozen=True)
class PriceQuote:
    """What a course costs this buyer now."""

    price: Decimal
    discount: Decimal
    currency: str
    coupon: Coupon | None = None

    @property
    def total(self) -> Decimal:
        return self.price - self.discount

    @property
    def why_unpayable(self) -> str:
        """Why nobody could pay the total; empty when they can, as when there is nothing to pay."""
        return why_unpayable(self.total, self.currency)


@dataclass(frozen=True)
class Checkout:
    """Where the buyer goes next: the payment page, or nowhere when nothing is to be paid."""

    order: Order
    url: str | None


def listed_price(course: Sellable) -> PriceQuote:
    """The price without a code. Never refuses: whether it can be paid, is for the reader to ask."""
    return PriceQuote(course.price, Decimal(0), course.currency)


def quote(*, course: Sellable, code: str = "") -> PriceQuote:
    """What a course costs with a code; an amount that can be paid, or nothing.

    Raises OrderError for a code that does not hold, and when a card cannot be charged the total.
    """
    coupon = coupons.find(code=code, course=course) if course.price else None
    if coupon is None:
        found = listed_price(course)
        if found.why_unpayable:
            raise OrderError(
                gettext("%(reason)s So this course cannot be bought at the moment.")
                % {"reason": found.why_unpayable},
                code="price_not_payable",
            )
        return found
    discount = coupon.discount_on(course.price, course.currency)
    found = PriceQuote(course.price, discount, course.currency, coupon)
    if found.why_unpayable:
        raise OrderError(
            gettext("This code would leave %(rest)s to pay. %(reason)s")
            % {
                "rest": format_money(found.total, course.currency),
                "reason": found.why_unpayable,
            },
            code="total_too_small",
        )
    return found


def start_checkout(
    *, buyer: Person, course: Sellable, code: str = "", shown: Decimal | None = None
) -> Checkout:
    """Order a course and open its payment page; free ones are delivered at once.

    ``shown`` is the total that the buyer saw when agreeing: if the price has changed since,
    nothing happens and they are told. Raises OrderError, PaymentsUnavailable (nothing is
    charged; trying again leads to the same page).
    """
    with transaction.atomic():
        if not lock_buyer(buyer.pk):  # closed since the page was opened
            raise account_closed()
        terms = terms_for(buyer, course.pk)
        now = terms.course
        check_buyable(buyer=buyer, course=now, between=terms.between)
        open_orders = _open_orders(buyer, now) if terms.has_open_order else []
        same, others = _sort_out(open_orders, now, code, shown)
        new = None
        order = same
        if order is None:
            new = _write(buyer, terms, quote(course=now, code=code))
            order = new.order
        if not order.total:
            return Checkout(fulfil(order=order), None)
    for other in others:
        if expire_order(order=other).status == OrderStatus.PAID:  # paid in another tab
            expire_order(order=order)
            return Checkout(other, None)
    return _payment_page(order, None if others else new)


def _open_orders(buyer: Person, course: Sellable) -> list[Order]:
    return list(
        Order.objects.filter(
            buyer=buyer, status=OrderStatus.PENDING, lines__course=course.pk
        ).order_by("created_at", "number")
    )


def _sort_out(
    orders: list[Order], course: Sellable, code: str, shown: Decimal | None
) -> tuple[Order | None, list[Order]]:
    """(the open order that is exactly what is wanted now, those that are not)."""
    same = None
    for order in orders:
        percent = order.coupon.percent_off if order.coupon else None
        if (
            order.subtotal == course.price
            and order.currency == course.currency
            and order.coupon_code.casefold() == code.strip().casefold()
            and order.coupon_percent == percent  # or the code takes another share off by now
            and order.expires_at
            and order.expires_at - timezone.now() > TOO_LATE
        ):
            same = order
    total = same.total if same else quote(course=course, code=code).total
    if shown is not None and shown != total:
        raise OrderError(
            gettext("The price has changed since you opened this page. Please look again."),
            code="price_changed",
        )
    return same, [order for order in orders if order != same]


def write_order(buyer: Person, course: Sellable, agreed: PriceQuote) -> Order:
    """The order, its line and the attempt to pay, as agreed; takes the coupon's use.

    Called inside a transaction, once it is sure that ``buyer`` may buy (``check_buyable``).
    """
    return _write(buyer, terms_for(buyer, course.pk), agreed).order


@dataclass(frozen=True)
class NewOrder:
    """An order of this moment, with what hangs on it."""

    order: Order
    line: OrderLine
    payment: Payment | None


def _write(buyer: Person, terms: OrderTerms, agreed: PriceQuote) -> NewOrder:
    if agreed.coupon:
        coupons.take(agreed.coupon)
    order = Order.objects.create(
        number=_next_number(),
        buyer=buyer,
        currency=agreed.currency,
        subtotal=agreed.price,
        discount=agreed.discount,
        total=agreed.total,
        coupon=agreed.coupon,
        return_days=terms.rule.days,
        return_below_percent=terms.rule.below_percent,
        coupon_code=agreed.coupon.code if agreed.coupon else "",
        coupon_percent=agreed.coupon.percent_off if agreed.coupon else None,
        expires_at=timezone.now() + LIFETIME,
    )
    lead = terms.lead
    tax = Decimal(0)  # prices include it; it is told apart once tax rates are known
    line = OrderLine.objects.create(
        order=order,
        course_id=terms.course.pk,
        title=terms.course.title,
        price=agreed.price,
        discount=agreed.discount,
        tax=tax,
        total=agreed.total,
        share=ledger.shares(agreed.total, tax, agreed.currency)[0] if lead else Decimal(0),
        producer_id=lead.pk if lead else None,
        producer_name=lead.name if lead else "",
    )
    payment = None
    if order.total:
        payment = Payment.objects.create(
            order=order,
            amount=order.total,
            currency=order.currency,
            idempotency_key=f"checkout-{uuid.uuid4()}",
        )
    logger.info("order placed", extra={"event": "order.placed", **order_fields(order)})
    return NewOrder(order, line, payment)


def _next_number() -> str:
    """``2026-04417``: the seller's year, then a number that is never given twice."""
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('storefront_order_number')")
        return f"{today:%Y}-{cursor.fetchone()[0]:05d}"


def _payment_page(order: Order, new: NewOrder | None = None) -> Checkout:
    """Open the page, or find the one that is open. Holds no lock while Stripe is asked.

    What is ``new``, written a moment ago, is not read again: should another tab close it meanwhile,
    it may do so while Stripe is asked, too, and what is paid there is settled all the same.
    """
    payment = new.payment if new else _open_payment(order)
    if not payment:  # delivered or closed since the locks were let go
        order.refresh_from_db()
        if order.status == OrderStatus.PAID:
            return Checkout(order, None)
        raise OrderError(CLOSED, code="page_closed")
    if payment.session_id:
        session = stripe.read_session(payment.session_id)
    else:
        session = _open(order, payment, new.line if new else order.lines.get())
        Payment.objects.filter(pk=payment.pk).update(
            session_id=session.id, checkout_url=session.url or ""
        )
        logger.info(
            "payment opened",
            extra={"event": "payment.opened", "payment": payment.pk, **order_fields(order)},
        )
    if session.status == "open":
        return Checkout(order, session.url)
    if session.paid:
        return Checkout(settle(session_id=session.id), None)
    expire_order(order=order)
    raise OrderError(CLOSED, code="page_closed")


def _open_payment(order: Order) -> Payment | None:
    return order.payments.filter(status=PaymentStatus.OPEN).first()


def _open(order: Order, payment: Payment, line: OrderLine) -> CheckoutSession:
    site = settings.BASE_URL.rstrip("/")
    back = reverse("storefront:return", args=[order.pk])
    try:
        return stripe.open_session(
            order_id=order.pk,
            title=line.title,
            # In one language: the same key must come with the same words.
            description=f"Order {order.number}",
            amount=payment.amount,
            currency=payment.currency,
            email=order.buyer.email,
            success_url=f"{site}{back}?session={{CHECKOUT_SESSION_ID}}",
            cancel_url=site + reverse("storefront:cancelled", args=[order.pk]),
            expires_at=order.expires_at or timezone.now() + LIFETIME,
            idempotency_key=payment.idempotency_key,
        )
    except stripe.PaymentsUnavailable:
        raise
    except OrderError:
        # Refused, so no page was opened for this order and none ever will be.
        expire_order(order=order)
        raise


def expire_order(*, order: Order) -> Order:
    """Close an unpaid order, at Stripe first; the order as it is then.

    One that turns out to be paid is delivered instead. A promised payment (complete, money
    still under way) leaves the order open. Repeating it changes nothing.
    """
    payment = _open_payment(order)
    if payment and payment.session_id:
        session = stripe.close_session(payment.session_id)
        if session.paid:
            return settle(session_id=session.id)
        if session.status != "expired":
            return order
    with transaction.atomic():
        order = lock_order(order.pk)
        if order.status != OrderStatus.PENDING:
            return order
        ORDER_MOVES.move(order, OrderStatus.EXPIRED)
        order.save(update_fields=["status"])
        unpaid = order.payments.filter(status=PaymentStatus.OPEN)
        PAYMENT_MOVES.update(unpaid, PaymentStatus.EXPIRED)
        if order.coupon_id:
            coupons.give_back_a_use(order.coupon_id)
    logger.info("order expired", extra={"event": "order.expired", **order_fields(order)})
    return order


def expire_overdue(*, now: datetime | None = None) -> int:
    """Close every order whose time is over; how many were. For the sweeper."""
    overdue = Order.objects.filter(
        status=OrderStatus.PENDING, expires_at__lt=now or timezone.now()
    ).order_by("expires_at", "number")[:200]
    closed = 0
    for order in overdue:
        try:
            expire_order(order=order)
            closed += 1
        except Refusal as error:  # the next round tries again
            logger.warning(
                "Order %s stays open: %s",
                order.number,
                error,
                extra={"event": "order.stays_open", "order": order.number, "code": error.code},
            )
    return closed
