"""An inquiry to the seller, and its confirmation: arguments for ``queue_mail``."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from home.models import Inquiry
from storefront.seller.current import read_seller


def inquiry_mail(inquiry: Inquiry) -> dict[str, Any]:
    """To the seller's contact address; an answer to this mail goes to whoever wrote."""
    return {
        "key": f"inquiry:{inquiry.pk}",
        "to": read_seller()["contact_email"],
        "reply_to": inquiry.email,
        "language": settings.LANGUAGE_CODE,
        "template": "inquiry",
        "context": {
            "email": inquiry.email,
            "name": inquiry.user.name if inquiry.user else "",
            "order": inquiry.order.number if inquiry.order else "",
            "text": inquiry.text,
            "path": reverse("home_inquiry_modeladmin_inspect", args=[inquiry.pk]),
        },
    }


def confirmation_mail(inquiry: Inquiry, *, language: str) -> dict[str, Any]:
    """To the sender. An address that was only typed gets none of what was typed with it:
    a form that repeats a stranger's words is a free way to send spam."""
    return {
        "key": f"inquiry_received:{inquiry.pk}",
        "to": inquiry.email,
        "language": language,
        "zone": inquiry.user.time_zone if inquiry.user else "",
        "template": "inquiry_received",
        "context": {
            "name": inquiry.user.get_short_name() if inquiry.user else "",
            "order": inquiry.order.number if inquiry.order else "",
            "text": inquiry.text if inquiry.user else "",
        },
    }
