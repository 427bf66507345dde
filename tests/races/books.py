"""What the ledger and the mail say when a race about one course of 24.00 is over."""

from decimal import Decimal

from courses.models import OutboxMail
from storefront.models import LedgerEntry

SALE = {"cash": Decimal("24.00"), "producer": Decimal("-20.40"), "revenue": Decimal("-3.60")}


def payments_booked() -> int:
    """How often the ledger says that money came in."""
    return LedgerEntry.objects.filter(account="cash", amount__gt=0).count()


def refunds_booked() -> int:
    """How often the ledger says that money went back."""
    return LedgerEntry.objects.filter(account="cash", amount__lt=0).count()


def mails(occasion: str) -> int:
    """How many mails were promised about a "receipt" or a "refund"."""
    return OutboxMail.objects.filter(key__startswith=f"{occasion}:").count()
