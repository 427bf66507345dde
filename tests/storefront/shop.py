"""Courses on sale, orders and Stripe's messages, in one call each."""

import json
import time
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from courses.models import CoursePage, CourseRelease, OutboxMail, ReleaseStatus
from learners.models import Enrollment
from storefront.checkout import orders
from storefront.checkout.fulfilment import settle
from storefront.models import Coupon, LedgerEntry, Order, Payment, Refund, WebhookEvent
from storefront.stripesim.webhooks import signature
from tests.builders import a_course, built
from tests.fixtures.stripe import SECRET


def a_course_on_sale(*, by, price="24.00", **fields) -> CoursePage:
    """A course without lessons that is released and can be bought."""

    def released() -> int:
        course = a_course(by=by, price=price, syllabus=[], **fields)
        CoursePage.objects.filter(pk=course.pk).update(live=True)
        now = timezone.now()
        CourseRelease.objects.create(
            course=course,
            number=1,
            shown_number=1,
            status=ReleaseStatus.CURRENT,
            submitted_at=now,
            decided_at=now,
        )
        return course.pk

    return built("on sale", by, {"price": price, **fields}, released)


def a_coupon(code="FIELDBOOK", percent=25, **fields) -> Coupon:
    return Coupon.objects.create(code=code, percent_off=percent, **fields)


def a_checkout(*, buyer, course, code="") -> tuple[Order, str]:
    """(the order, the id of its session at Stripe) of a checkout begun."""
    order = orders.start_checkout(buyer=buyer, course=course, code=code).order
    return order, order.payments.get().session_id


def a_paid_order(stripesim, *, buyer, course, code="") -> Order:
    """An order paid at Stripe and delivered here."""
    _order, session = a_checkout(buyer=buyer, course=course, code=code)
    stripesim.pay(session)
    return settle(session_id=session)


def send(client, event: dict, *, secret: str = SECRET, age: int = 0, body: bytes | None = None):
    """Deliver an event to the webhook as Stripe would; the response."""
    payload = json.dumps(event)
    return client.post(
        "/stripe/webhook/",
        data=body if body is not None else payload.encode(),
        content_type="application/json",
        headers={"Stripe-Signature": signature(payload, secret, int(time.time()) - age)},
    )


def balances(**filters) -> dict[str, Decimal]:
    """What stands on each account of the ledger; accounts at nothing are left out."""
    found = (
        LedgerEntry.objects.filter(**filters)
        .values_list("account")
        .annotate(sum=Sum("amount"))
        .order_by("account")
    )
    return {account: amount for account, amount in found if amount}


def everything() -> dict:
    """All that money code may write, to compare before and after."""
    return {
        "orders": sorted(Order.objects.values_list("pk", "status", "total")),
        "payments": sorted(Payment.objects.values_list("pk", "status", "payment_intent")),
        "refunds": sorted(Refund.objects.values_list("pk", "status", "amount", "refund_id")),
        "ledger": sorted(LedgerEntry.objects.values_list("pk", "account", "amount")),
        "enrollments": sorted(Enrollment.objects.values_list("pk", "status")),
        "mails": sorted(OutboxMail.objects.values_list("key", flat=True)),
        "coupons": sorted(Coupon.objects.values_list("code", "used")),
        "events": sorted(WebhookEvent.objects.values_list("event_id", "status")),
    }
