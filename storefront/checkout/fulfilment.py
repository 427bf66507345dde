"""From paid to delivered: one verb, called by webhook, return page and free orders alike.

``fulfil`` locks, looks, and writes everything in one transaction: order, payment, ledger,
enrollment, the promise of a mail. Called twice, or by two at once, it changes nothing more.
"""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import CoursePage
from courses.outbox.queue import queue_mail
from courses.wording.zones import zone_of
from learners.enrollment.enrollments import enroll
from learners.models import Enrollment
from storefront.accounting import ledger
from storefront.errors import OrderError, PaymentMismatch
from storefront.models import Coupon, Order, OrderStatus, Payment, PaymentStatus
from storefront.models.orders import ORDER_MOVES
from storefront.models.payments import CAME_IN, PAYMENT_MOVES
from storefront.payments import stripe
from storefront.payments.facts import CheckoutSession
from storefront.seller.current import read_seller

from . import coupons, refunds
from .emails import mismatch_mail, receipt_mail
from .locks import lock_order
from .log_fields import order_fields

logger = logging.getLogger(__name__)

# What is written once the money has come.
RECEIPT = (
    *("buyer_name", "buyer_email"),
    *("seller_name", "seller_address", "seller_tax_number"),
    "zone",
)


def settle(*, session_id: str) -> Order:
    """Ask Stripe how a session stands and make it so here; the order as it is then.

    Nothing that arrived in a webhook or an address is trusted: the session is read again.
    Money that already went back goes back here too, so the order in which news arrive does
    not matter. Raises OrderError for a session that is not ours, PaymentsUnavailable.
    """
    session = stripe.read_session(session_id)
    payment = payment_of(session)
    if not session.paid:
        return payment.order
    try:
        order = fulfil(order=payment.order, session=session)
    except PaymentMismatch:
        queue_mail(**mismatch_mail(payment=payment))  # once for a payment, however often it comes
        raise
    if session.refunded:
        refunds.sync(payment=payment)
        order.refresh_from_db()
    return order


def payment_of(session: CheckoutSession) -> Payment:
    """Our row for a session of Stripe's. Raises OrderError for one that is not ours.

    A session that Stripe opened while its answer got lost is known by the order it names.
    """
    payments = Payment.objects.select_related("order")
    payment = payments.filter(session_id=session.id).first()
    if not payment and session.order_id:
        lost = Payment.objects.filter(order_id=session.order_id, session_id=None)
        lost.update(session_id=session.id)
        payment = payments.filter(session_id=session.id).first()
    if not payment:
        raise OrderError(
            _("No order waits for the checkout session %(session)s.") % {"session": session.id},
            code="session_unknown",
        )
    return payment


def fulfil(*, order: Order, session: CheckoutSession | None = None) -> Order:
    """Deliver what an order is for. ``session`` is None only for an order worth nothing.

    A payment buys once: of an order that was paid or closed before, a later one goes back.
    Raises PaymentMismatch when what was paid is not what was ordered; nothing is written then.
    """
    with transaction.atomic():
        order = lock_order(order.pk)
        if session is None:
            return _fulfil_free(order)
        payment = Payment.objects.get(order=order, session_id=session.id)
        if payment.status in CAME_IN:
            return order
        _check(order, payment, session)
        reason = _undeliverable(order)
        PAYMENT_MOVES.move(payment, PaymentStatus.OWED_BACK if reason else PaymentStatus.SUCCEEDED)
        payment.paid_at = timezone.now()
        payment.payment_intent = session.payment_intent
        payment.save(update_fields=["status", "paid_at", "payment_intent"])
        if reason:
            return _decline(order, payment, reason)
        ledger.book_sale(order)
        return _deliver(order)


def _fulfil_free(order: Order) -> Order:
    if order.status != OrderStatus.PENDING:
        return order
    if order.total:
        raise PaymentMismatch(
            _("Order %(number)s is not free.") % {"number": order.number}, code="order_not_free"
        )
    return _deliver(order)


def _check(order: Order, payment: Payment, session: CheckoutSession) -> None:
    """Amount, currency and order must be what we asked to be paid, to the cent."""
    agreed = (order.pk, order.currency, order.total)
    paid = (session.order_id, session.currency, session.amount)
    if agreed != paid or payment.amount != session.amount or not session.paid:
        logger.error(
            "Order %s: agreed %s, paid %s",
            order.number,
            agreed,
            paid,
            extra={"event": "payment.mismatch", "payment": payment.pk, **order_fields(order)},
        )
        raise PaymentMismatch(
            _(
                "Order %(number)s is for %(total)s %(currency)s, "
                "but %(paid)s %(paid_currency)s was paid for order %(paid_for)s."
            )
            % {
                "number": order.number,
                "total": order.total,
                "currency": order.currency,
                "paid": session.amount,
                "paid_currency": session.currency,
                "paid_for": session.order_id,
            }
        )


def _undeliverable(order: Order) -> str:
    """Why money cannot buy this order any more; empty when it can."""
    if order.status == OrderStatus.PAID:
        return refunds.PAID_TWICE
    if order.status == OrderStatus.REFUNDED:
        return refunds.ORDER_CLOSED
    if not order.buyer.is_active:
        return refunds.BUYER_CLOSED
    for line in order.lines.select_related("course"):
        owned = Enrollment.objects.studying().filter(
            user_id=order.buyer_id, course_id=line.course_id
        )
        if owned.exists():
            return refunds.PAID_TWICE
        if not CoursePage.objects.on_sale().filter(pk=line.course_id).exists():
            return refunds.NOT_DELIVERED
    return ""


def _decline(order: Order, payment: Payment, reason: str) -> Order:
    """The money came and buys nothing: keep it apart and give it back at once.

    An order that another payment has paid stays paid.
    """
    _write_receipt(order)
    ledger.book_owed_back(order, payment.amount)
    if order.status != OrderStatus.PAID:
        if order.coupon_id and order.status == OrderStatus.PENDING:
            coupons.give_back_a_use(order.coupon_id)
        ORDER_MOVES.move(order, OrderStatus.REFUNDED)
        order.save(update_fields=["status"])
    refunds.promise_automatic(payment=payment, reason=reason)
    logger.info("payment declined", extra={"event": "order.declined", **order_fields(order)})
    return order


def _deliver(order: Order) -> Order:
    _write_receipt(order)
    if order.status == OrderStatus.EXPIRED and order.coupon:
        _take_again(order, order.coupon)
    ORDER_MOVES.move(order, OrderStatus.PAID)
    order.paid_at = timezone.now()
    order.save(update_fields=["status", "paid_at"])
    for line in order.lines.select_related("course"):
        enroll(user=order.buyer, course=line.course, order=order)
    queue_mail(**receipt_mail(order=order))
    logger.info("order paid", extra={"event": "order.paid", **order_fields(order)})
    return order


def _write_receipt(order: Order) -> None:
    """Who bought and who sold, as it is now, where that is not written yet.

    Under the order's lock and in the transaction that takes the money, so there is neither a
    paid order without a receipt nor a receipt that says two things.
    """
    if order.seller_name:
        return
    seller = read_seller()
    order.buyer_name, order.buyer_email = order.buyer.name, order.buyer.email
    order.seller_name, order.seller_address = seller["name"], seller["address"]
    order.seller_tax_number = seller["tax_number"]
    order.zone = zone_of(order.buyer.time_zone).key
    order.save(update_fields=RECEIPT)


def _take_again(order: Order, coupon: Coupon) -> None:
    """Paid in the last second: its price stands, also when the code's last use is gone."""
    try:
        coupons.take(coupon, agreed=True)
    except OrderError:
        logger.warning(
            "Order %s was paid after its code was used up.",
            order.number,
            extra={"event": "coupon.overdrawn", "order": order.number},
        )
