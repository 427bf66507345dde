"""The seller's settings as every page needs them: without a query of its own."""

from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings

from courses.freshness import keys
from courses.freshness.remembered import Remembered
from storefront.models import Seller

from .returning import ReturnRule


@dataclass(frozen=True)
class SellerNow:
    """What ``Seller`` says now; ``return_days`` 0 means that nobody may return at once."""

    name: str
    address: str
    tax_number: str
    contact_email: str
    return_days: int
    return_below_percent: int

    @property
    def return_rule(self) -> ReturnRule:
        return ReturnRule(days=self.return_days, below_percent=self.return_below_percent)


def seller_now() -> SellerNow:
    """The settings, as this process remembers them; one SQL when it does not. Writes nothing."""
    return _remembered()


def read_seller() -> dict[str, Any]:
    """The same from the database, as values by name: for what is decided or written down."""
    row = Seller.objects.order_by("pk").first() or Seller()
    return {
        "name": row.name,
        "address": row.address,
        "tax_number": row.tax_number,
        "contact_email": row.contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        "return_days": row.return_days,
        "return_below_percent": row.return_below_percent,
    }


def rule_as_set() -> ReturnRule:
    """The rule for returns from the database: for what is decided or written down. One SQL."""
    return SellerNow(**read_seller()).return_rule


_remembered = Remembered(lambda: SellerNow(**read_seller()), keys.SETTINGS)
