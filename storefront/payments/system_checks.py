"""What must be true before the shop opens. Run by ``manage.py check`` and at start-up."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from courses.models import Currency

from .money import CURRENCIES

NEEDED = {"STRIPE_SECRET_KEY": ("sk_", "rk_"), "STRIPE_WEBHOOK_SECRET": ("whsec_",)}


@register()
def payments_are_configured(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An empty webhook secret would let anybody sign."""
    return [
        Error(f"{name} must be set to a value of your Stripe account.", id="storefront.E001")
        for name, prefixes in NEEDED.items()
        if not getattr(settings, name, "").startswith(prefixes)
    ]


@register()
def prices_can_be_paid(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every currency a course may be priced in has a row in the table of minor units."""
    return [
        Error(
            f"Courses may be sold in {code}, which storefront.payments.money does not know.",
            id="storefront.E002",
        )
        for code in Currency.values
        if code not in CURRENCIES
    ]
