"""Double entry: where every cent came from and where it went."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(models.TextChoices):
    # Money at Stripe.
    CASH = "cash", _("Cash at Stripe")
    # What the platform keeps of sales.
    REVENUE = "revenue", _("Platform revenue")
    # What is owed to a producer.
    PRODUCER = "producer", _("Owed to producer")
    # Tax owed.
    TAX = "tax", _("Tax owed")
    # Money that bought nothing and goes back: paid twice, or no longer sold.
    BUYERS = "buyers", _("Owed back to buyers")


class LedgerEntry(models.Model):
    """Append-only: triggers refuse UPDATE and DELETE, and entries that do not sum to zero."""

    transaction = models.UUIDField(db_index=True)
    order = models.ForeignKey(
        "storefront.Order", on_delete=models.PROTECT, related_name="ledger_entries"
    )
    account = models.CharField(max_length=12, choices=Account.choices)
    producer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger_entries",
    )
    amount = models.DecimalField(
        max_digits=12, decimal_places=2, help_text="Debits are positive, credits negative."
    )
    currency = models.CharField(max_length=3)
    memo = models.CharField(max_length=255)
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "ledger entries"
        indexes = [models.Index(fields=["producer", "created_at"], name="ledger_of_producer")]

    def __str__(self) -> str:
        return f"{self.account} {self.amount} {self.currency}"
