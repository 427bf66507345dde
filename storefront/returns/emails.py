"""What is written about a return; that money goes back is told by the mail about the refund."""

from typing import Any

from django.urls import reverse

from storefront.models import Order, ReturnRequest


def asked_mail(*, request: ReturnRequest, order: Order) -> dict[str, Any]:
    """Their request is here, and what happens now."""
    return _mail("asked", request, order)


def declined_mail(*, request: ReturnRequest, order: Order) -> dict[str, Any]:
    """The money stays, and why."""
    return _mail("declined", request, order)


def _mail(occasion: str, request: ReturnRequest, order: Order) -> dict[str, Any]:
    line = order.lines.select_related("course").get()
    return {
        "key": f"return:{request.pk}:{occasion}",
        "to": order.buyer.email,
        "language": order.buyer.language,
        "zone": order.buyer.time_zone,
        "template": f"return_{occasion}",
        "context": {
            "name": order.buyer.get_short_name(),
            "title": line.title,
            "course_language": line.course.language,
            "number": order.number,
            "words": request.words,
            "answer": request.answer,
            "receipt_path": reverse("storefront:receipt", args=[order.pk]),
        },
    }
