"""Who sells in the demo, and what people have written to them."""

import tomllib
from datetime import datetime, timedelta
from typing import Any

from home.help.inquiries import mark_answered, send_inquiry
from home.models import Inquiry
from learners.models import User
from storefront.models import Order, Seller

from .clock import at
from .reading import CONTENT, identity
from .sales import ADMIN


def written_help() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "help.toml").read_text())


def load_seller(*, seller: dict[str, str]) -> None:
    """Only where nobody has said yet who sells."""
    if not Seller.objects.exists():
        Seller.objects.create(**seller)


def load_inquiries(*, inquiries: list[dict[str, Any]], now: datetime) -> None:
    """Each once; those with ``answered`` have been, so many days ago."""
    for told in inquiries:
        key = identity("inquiry", told["key"])
        if Inquiry.objects.filter(pk=key).exists():
            continue
        user = User.objects.filter(email=told["who"]).first()
        bought = Order.objects.filter(buyer=user, lines__course__slug=told.get("course"))
        with at(now - timedelta(days=told["written"])):
            inquiry = send_inquiry(
                key=key,
                email=told["who"],
                text=told["text"],
                language="en",
                user=user,
                order=bought.first() if user else None,
            )
        if "answered" in told:
            with at(now - timedelta(days=told["answered"])):
                mark_answered(inquiry=inquiry, by=User.objects.get(email=ADMIN))
