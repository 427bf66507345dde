"""What the shop writes to its buyers: arguments for ``courses.outbox.queue.queue_mail``.

Each function returns ``{"key", "to", "language", "zone", "template", "context"}``. The key names
the occasion, so that an occasion seen twice is written about once.
"""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from courses.wording.money import format_money
from courses.wording.zones import zone_of
from storefront.models import Order, Payment, Refund
from storefront.seller.current import read_seller, seller_now
from storefront.seller.returning import last_day

from .returnable import rule_of


def receipt_mail(*, order: Order) -> dict[str, Any]:
    """The course is open, and this is what was paid for it."""
    line = order.lines.select_related("course").get()
    paid_at = order.paid_at or timezone.now()
    rule = rule_of(order, seller_now().return_rule)
    return {
        "key": f"receipt:{order.pk}",
        "to": order.buyer.email,
        "language": order.buyer.language,
        "zone": order.zone,
        "template": "receipt",
        "context": {
            "name": order.buyer.get_short_name(),
            "buyer": order.buyer_name or order.buyer_email,
            "seller": order.seller_name,
            "tax_number": order.seller_tax_number,
            "title": line.title,
            "course_language": line.course.language,
            "number": order.number,
            "paid_at": paid_at,
            "price": format_money(line.price, order.currency),
            "discount": format_money(-line.discount, order.currency) if line.discount else "",
            "code": order.coupon_code,
            "total": format_money(order.total, order.currency),
            "free": not order.total,
            "rule": rule,
            "return_until": last_day(paid_at, rule, zone_of(order.zone)),
            "start_path": reverse("learners:resume", args=[line.course.uuid]),
            "receipt_path": reverse("storefront:receipt", args=[order.pk]),
            "refunds_path": "/refunds/",
        },
    }


def refund_mail(*, refund: Refund, order: Order, kept: Decimal, closed: bool) -> dict[str, Any]:
    """Money is on its way back, how much and why, with what an admin wrote who granted it.

    ``kept`` is what is left of the payment, ``closed`` whether the course closed with it.
    """
    line = order.lines.select_related("course").get()
    granted = refund.return_requests.first()
    return {
        "key": f"refund:{refund.pk}",
        "to": order.buyer.email,
        "language": order.buyer.language,
        "zone": order.zone,
        "template": "refund",
        "context": {
            "name": order.buyer.get_short_name(),
            "title": line.title,
            "course_language": line.course.language,
            "number": order.number,
            "amount": format_money(refund.amount, refund.currency),
            "reason": refund.reason_for_buyer,
            "answer": granted.answer if granted else "",
            "closed": closed,
            "kept": format_money(kept, order.currency) if kept and not closed else "",
            "paid": format_money(order.total, order.currency),
            "receipt_path": reverse("storefront:receipt", args=[order.pk]),
        },
    }


def mismatch_mail(*, payment: Payment) -> dict[str, Any]:
    """To the seller: money came in that is not what was ordered, and waits for a person."""
    return {
        "key": f"mismatch:{payment.pk}",
        "to": read_seller()["contact_email"],
        "language": settings.LANGUAGE_CODE,
        "template": "payment_mismatch",
        "context": {
            "number": payment.order.number,
            "agreed": format_money(payment.order.total, payment.order.currency),
            "path": reverse("storefront_order_modeladmin_inspect", args=[payment.order_id]),
        },
    }
