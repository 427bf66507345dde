"""What must be true before the shop opens. Run by ``manage.py check`` and at start-up."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register

from courses.currencies import CURRENCIES
from courses.models import Currency


@register()
def payments_are_configured(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An empty webhook secret would let anybody sign."""
    secrets = settings.STRIPE_WEBHOOK_SECRETS
    given = {
        "STRIPE_SECRET_KEY": settings.STRIPE_SECRET_KEY.startswith(("sk_", "rk_")),
        "STRIPE_WEBHOOK_SECRET": bool(secrets)
        and all(secret.startswith("whsec_") for secret in secrets),
    }
    return [
        Error(f"{name} must be set to a value of your Stripe account.", id="storefront.E001")
        for name, is_there in given.items()
        if not is_there
    ]


@register(deploy=True)
def payments_are_real(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Trying a shop out with test cards is fine; opening it so by mistake is not."""
    if not settings.PAYMENTS_ARE_TESTS:
        return []
    return [
        checks.Warning(
            "STRIPE_SECRET_KEY is a test key: cards are not charged, and every page says so.",
            hint="Before you open, set it to the key of your account that starts with sk_live_.",
            id="storefront.W001",
        )
    ]


@register()
def prices_can_be_paid(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every currency a course may be priced in has a row in the table of minor units."""
    return [
        Error(
            f"Courses may be sold in {code}, which courses.currencies does not know.",
            id="storefront.E002",
        )
        for code in Currency.values
        if code not in CURRENCIES
    ]
