"""Whether purchases may be given back now, read for any number of them at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from learners.models import Enrollment
from storefront.models import (
    Order,
    OrderLine,
    OrderStatus,
    PaymentStatus,
    Refund,
    RefundStatus,
    ReturnRequest,
    ReturnStatus,
)
from storefront.seller.returning import ReturnAnswer, ReturnFacts, ReturnRule, answer_for


@dataclass(frozen=True)
class Returning:
    """What a purchase's page says about giving it back."""

    answer: ReturnAnswer
    facts: ReturnFacts
    rule: ReturnRule
    # The newest request of its buyer's.
    asked: ReturnRequest | None

    @property
    def waits(self) -> bool:
        return bool(self.asked and self.asked.status == ReturnStatus.WAITING)

    @property
    def granted_in_words(self) -> bool:
        """An admin granted it and wrote something."""
        return bool(self.asked and self.asked.status == ReturnStatus.GRANTED and self.asked.answer)

    @property
    def declined(self) -> bool:
        return bool(self.asked and self.asked.status == ReturnStatus.DECLINED)


def rule_of(order: Order, now: ReturnRule) -> ReturnRule:
    """The rule for one purchase: what was promised when it was ordered, or what every page
    promises now, whichever is kinder."""
    promised = ReturnRule(days=order.return_days, below_percent=order.return_below_percent)
    return promised.kinder(now)


def returning(orders: Iterable[Order], *, rule: ReturnRule) -> dict[UUID, Returning]:
    """By the key of an order; ``rule`` is the seller's of today. Four SQL, however many."""
    orders = list(orders)
    studied = _studied(orders)
    sums: dict[UUID, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for order_id, status, amount in _refunds_of_purchases(orders):
        sums[order_id][status] += amount
    asked: dict[UUID, ReturnRequest] = {}
    requests = ReturnRequest.objects.filter(order__in=orders).select_related("refund")
    for request in requests.order_by("created_at", "pk"):
        asked[request.order_id] = request
    now = timezone.now()
    found = {}
    for order in orders:
        percent, finished = studied.get(order.pk, (0, False))
        newest = asked.get(order.pk)
        facts = ReturnFacts(
            paid_at=order.paid_at,
            zone=order.clock,
            paid=order.total,
            given_back=sums[order.pk][RefundStatus.SUCCEEDED],
            under_way=sums[order.pk][RefundStatus.PENDING],
            studied_percent=percent,
            finished=finished,
            granted=bool(newest and newest.refund and newest.refund.status == RefundStatus.FAILED),
        )
        own = rule_of(order, rule)
        answer = answer_for(facts, rule=own, now=now)
        found[order.pk] = Returning(answer=answer, facts=facts, rule=own, asked=newest)
    return found


def _refunds_of_purchases(orders: list[Order]) -> Iterable[tuple[UUID, str, Decimal]]:
    """(order, status, amount) of what goes back of the payments that bought something.

    A second payment of a paid order goes back by itself and leaves the purchase as it is.
    """
    bought = Q(payment__order__status=OrderStatus.PAID, payment__status=PaymentStatus.SUCCEEDED)
    closed = Q(payment__order__status=OrderStatus.REFUNDED)
    refunds = Refund.objects.filter(bought | closed, payment__order__in=orders)
    return refunds.values_list("payment__order", "status", "amount")


def _studied(orders: list[Order]) -> dict[UUID, tuple[int, bool]]:
    """{order: (percent ever studied, whether it was finished)}: of several courses the most."""
    lines = OrderLine.objects.filter(order__in=orders).values_list("order", "course")
    courses = defaultdict(set)
    for order_id, course_id in lines:
        courses[order_id].add(course_id)
    enrollments = {
        (user, course): (percent, finished is not None)
        for user, course, percent, finished in Enrollment.objects.filter(
            user__in={order.buyer_id for order in orders},
            course__in=set().union(*courses.values()),
        ).values_list("user", "course", "studied_percent", "completed_at")
    }
    found = {}
    for order in orders:
        of_order = [
            enrollments[order.buyer_id, course]
            for course in courses[order.pk]
            if (order.buyer_id, course) in enrollments
        ]
        if of_order:
            found[order.pk] = (
                max(percent for percent, _finished in of_order),
                any(finished for _percent, finished in of_order),
            )
    return found
