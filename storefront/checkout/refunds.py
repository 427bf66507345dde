"""Money that goes back: for a buyer or an admin, by the shop itself, or from Stripe's dashboard.

Every refund is a row before Stripe is asked, with its idempotency key, so that asking twice
gives money back once. What a refund does here (ledger, order, access, mail) happens in one
transaction when Stripe has confirmed it, whoever hears of it first.
"""

import logging
import uuid
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from courses.errors import Refusal
from courses.outbox.queue import queue_mail
from courses.people import Person
from courses.promises import promising
from courses.promises.keeping import keeper
from courses.promises.queues import MONEY
from courses.shapes.numbers import whole_number
from learners.enrollment.enrollments import revoke
from learners.models import Enrollment
from storefront.accounting import ledger
from storefront.errors import OrderError, PaymentMismatch, PaymentsUnavailable
from storefront.models import (
    Order,
    OrderStatus,
    Payment,
    PaymentStatus,
    Refund,
    RefundStatus,
    ReturnStatus,
)
from storefront.models.orders import ORDER_MOVES
from storefront.models.payments import CAME_IN, PAYMENT_MOVES, REFUND_MOVES
from storefront.models.returns import RETURN_MOVES
from storefront.payments import stripe
from storefront.payments.facts import RefundFact

from .emails import refund_mail
from .locks import lock_order
from .log_fields import order_fields

logger = logging.getLogger(__name__)

# Stripe: "Refund object", https://docs.stripe.com/api/refunds/object#refund_object-status
STATUSES = {
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.FAILED,
}
# Kept as they are and translated when they are read: ``Refund.reason_for_buyer``.
PAID_TWICE = gettext_noop("This course had already been bought.")
NOT_DELIVERED = gettext_noop("This course is no longer sold.")
BUYER_CLOSED = gettext_noop("This account is closed.")
ORDER_CLOSED = gettext_noop("This order had been closed before.")
AT_STRIPE = gettext_noop("Made at Stripe.")


def refund_order(*, order: Order, by: Person, reason: str = "") -> Refund:
    """Give all that is left of an order's money back and close the course to its buyer.

    Asked twice, also at the same moment, it returns the one refund. Raises OrderError for an
    order with nothing to give back, PaymentsUnavailable when Stripe does not answer (the
    refund is then kept and carried out later).
    """
    with transaction.atomic():
        refund = promise_all(order=lock_order(order.pk), by=by, reason=reason)
    return carry_out(refund)


def promise_all(*, order: Order, by: Person, reason: str = "") -> Refund:
    """Write down that all that is left of an order goes back; ``carry_out`` does it.

    Call under the order's lock, with the order that the lock gave. Raises OrderError for one
    with nothing to give back.
    """
    if order.status not in (OrderStatus.PAID, OrderStatus.REFUNDED):
        raise OrderError(gettext("Only a paid order can be refunded."), code="order_not_paid")
    payment = _payment_to_refund(order)
    if not payment:
        raise OrderError(gettext("Nothing was paid for this order."), code="nothing_paid")
    if payment.status == PaymentStatus.REFUNDED:
        return payment.refunds.latest("created_at", "pk")
    return promise(payment=payment, reason=reason, by=by)


def _payment_to_refund(order: Order) -> Payment | None:
    """What paid the order; else what is owed back still; else what went back last."""
    came = {payment.status: payment for payment in order.payments.filter(status__in=CAME_IN)}
    for status in (PaymentStatus.SUCCEEDED, PaymentStatus.OWED_BACK, PaymentStatus.REFUNDED):
        if status in came:
            return came[status]
    return None


def promise(*, payment: Payment, reason: str, by: Person | None = None) -> Refund:
    """Write down that what is left of a payment goes back. Call under the order's lock.

    A part that Stripe's dashboard has under way is not promised twice, and is not all.
    """
    waiting = payment.refunds.filter(status=RefundStatus.PENDING)
    left = payment.amount - given_back(payment) - _sum_of(waiting)
    if not left and (newest := waiting.first()):
        return newest
    refund = Refund.objects.create(
        payment=payment,
        amount=left,
        currency=payment.currency,
        idempotency_key=f"refund-{uuid.uuid4()}",
        requested_by=by,
        reason=reason,
    )
    _tell("refund promised", "refund.promised", refund, payment.order)
    return refund


def _tell(what: str, event: str, refund: Refund, order: Order) -> None:
    # Money that did not go back needs a person.
    level = logging.ERROR if refund.status == RefundStatus.FAILED else logging.INFO
    logger.log(
        level,
        what,
        extra={
            "event": event,
            "refund": refund.pk,
            "amount": str(refund.amount),
            **order_fields(order),
        },
    )


def promise_automatic(*, payment: Payment, reason: str) -> Refund:
    """A refund that nobody asked for: a worker carries it out once this is committed."""
    refund = promise(payment=payment, reason=reason)
    promising.promise("storefront.refund", key=f"refund:{refund.pk}", refund_id=refund.pk)
    return refund


@keeper("storefront.refund", queue=MONEY)
def keep_refund(*, refund_id: int) -> None:
    """Done once it was tried: a refund that Stripe keeps waiting has a sweeper of its own."""
    try_again(Refund.objects.select_related("payment").get(pk=refund_id))


def try_again(refund: Refund) -> None:
    """Bring a refund on its way; when that fails, it waits and keeps nobody else waiting."""
    try:
        if refund.refund_id:  # Stripe knows it and takes its time
            sync(payment=refund.payment)
        else:
            carry_out(refund)
    except Refusal as error:
        logger.warning(
            "Refund %s waits for the sweeper: %s",
            refund.pk,
            error,
            extra={"event": "refund.waits", "refund": refund.pk, "code": error.code},
        )


def carry_out(refund: Refund) -> Refund:
    """Ask Stripe for the money back, then record it. Repeating it changes nothing."""
    refund.refresh_from_db()
    if refund.status != RefundStatus.PENDING:
        return refund
    if refund.refund_id:  # Stripe has it already, perhaps from its own dashboard
        sync(payment=refund.payment)
        refund.refresh_from_db()
        return refund
    try:
        fact = stripe.refund_payment(
            payment_intent=refund.payment.payment_intent or "",
            amount=refund.amount,
            currency=refund.currency,
            reference=str(refund.pk),
            idempotency_key=refund.idempotency_key,
        )
    except PaymentsUnavailable:
        refund.refresh_from_db()  # a twin of this request, holding the key, may have done it
        if refund.status != RefundStatus.PENDING:
            return refund
        raise
    except OrderError:
        # Most likely given back at Stripe's side since: their list is the truth.
        return _refused(refund)
    return record(payment=refund.payment, fact=fact)


def _refused(refund: Refund) -> Refund:
    with transaction.atomic():
        lock_order(refund.payment.order_id)
        refund.refresh_from_db()
        if refund.status == RefundStatus.PENDING and refund.refund_id is None:
            REFUND_MOVES.move(refund, RefundStatus.FAILED)
            refund.save(update_fields=["status"])
            _tell("refund refused", "refund.failed", refund, refund.payment.order)
    sync(payment=refund.payment)
    refund.refresh_from_db()
    return refund


def sync(*, payment: Payment) -> None:
    """Record every refund that Stripe knows of this payment, whoever made it."""
    if payment.payment_intent:
        for fact in stripe.refunds_of(payment.payment_intent):
            record(payment=payment, fact=fact)


def record(*, payment: Payment, fact: RefundFact) -> Refund:
    """What Stripe says of one refund becomes true here, once: row, ledger, order, access."""
    with transaction.atomic():
        order = lock_order(payment.order_id)
        payment.refresh_from_db()
        refund = _row_of(payment, fact)
        new = STATUSES.get(fact.status, RefundStatus.PENDING)
        if refund.refund_id == fact.id and refund.status == new:
            return refund
        if refund.status == RefundStatus.SUCCEEDED:
            # A refund that bounces later (failed after succeeded) needs a person.
            logger.error(
                "Refund %s of order %s is now %s.",
                fact.id,
                order.number,
                fact.status,
                extra={"event": "refund.bounced", "refund": refund.pk, "order": order.number},
            )
            return refund
        REFUND_MOVES.move(refund, new)
        refund.refund_id = fact.id
        if new == RefundStatus.SUCCEEDED:
            if given_back(payment) + refund.amount > payment.amount:
                raise PaymentMismatch(
                    gettext("More would go back for order %(number)s than came in.")
                    % {"number": order.number},
                    code="refund_exceeds_payment",
                )
            refund.completed_at = timezone.now()
        refund.save(update_fields=["refund_id", "status", "completed_at"])
        if new == RefundStatus.SUCCEEDED:
            ledger.book_refund(
                order, refund.amount, owed_back=payment.status == PaymentStatus.OWED_BACK
            )
            kept = payment.amount - given_back(payment)
            closed = not kept and _close(order, payment, refund)
            queue_mail(**refund_mail(refund=refund, order=order, kept=kept, closed=closed))
    _tell("refund recorded", f"refund.{refund.status}", refund, order)
    return refund


def _row_of(payment: Payment, fact: RefundFact) -> Refund:
    """Our row for a refund of Stripe's; made here when it was made over there."""
    refund = payment.refunds.filter(refund_id=fact.id).first()
    key = whole_number(fact.reference)
    if not refund and key is not None:
        refund = payment.refunds.filter(pk=key, refund_id=None).first()
    return refund or Refund.objects.create(
        payment=payment,
        amount=fact.amount,
        currency=fact.currency,
        idempotency_key=f"stripe-{fact.id}",
        reason=AT_STRIPE,
    )


def _close(order: Order, payment: Payment, refund: Refund) -> bool:
    """Nothing of a payment is left. The order ends with it, and the course closes, if it was
    this payment that bought it: whether it did. One that bought nothing leaves an order that
    was paid alone. A return that was still asked for has what it wanted, whoever gave the
    money back.
    """
    bought = payment.status == PaymentStatus.SUCCEEDED
    PAYMENT_MOVES.move(payment, PaymentStatus.REFUNDED)
    payment.save(update_fields=["status"])
    if order.status == OrderStatus.PAID and not bought:
        return False
    ORDER_MOVES.move(order, OrderStatus.REFUNDED)
    order.refunded_at = order.refunded_at or timezone.now()
    order.save(update_fields=["status", "refunded_at"])
    if bought:
        RETURN_MOVES.update(
            order.return_requests.all(),
            ReturnStatus.GRANTED,
            refund=refund,
            decided_by=refund.requested_by,
            decided_at=order.refunded_at,
        )
        courses = order.lines.values_list("course_id", flat=True)
        for enrollment in Enrollment.objects.filter(user=order.buyer, course__in=courses):
            revoke(enrollment=enrollment)
    return bought


def given_back(payment: Payment) -> Decimal:
    """The sum of a payment's completed refunds."""
    return _sum_of(payment.refunds.filter(status=RefundStatus.SUCCEEDED))


def _sum_of(refunds: QuerySet[Refund]) -> Decimal:
    return refunds.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def finish_waiting(*, older_than: timedelta = timedelta(minutes=2)) -> int:
    """Carry out refunds that were promised and not confirmed; how many were. For the sweeper."""
    done = 0
    waiting = Refund.objects.filter(
        status=RefundStatus.PENDING, created_at__lt=timezone.now() - older_than
    )
    for refund in waiting.select_related("payment").order_by("created_at", "pk")[:100]:
        try_again(refund)
        done += 1
    return done
