"""Double entry: where every cent came from and where it went."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.words.indexed import words_of


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

    transaction = models.UUIDField(db_index=True, verbose_name=_("transaction"))
    order = models.ForeignKey(
        "storefront.Order",
        on_delete=models.PROTECT,
        related_name="ledger_entries",
        verbose_name=_("order"),
    )
    account = models.CharField(max_length=12, choices=Account.choices, verbose_name=_("account"))
    producer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger_entries",
        verbose_name=_("producer"),
        db_index=False,  # ``ledger_of_producer`` begins with it
    )
    amount = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        help_text=_("Debits are positive, credits negative."),
        verbose_name=_("amount"),
    )
    currency = models.CharField(max_length=3, verbose_name=_("currency"))
    memo = models.CharField(max_length=255, verbose_name=_("memo"))
    created_at = models.DateTimeField(auto_now_add=True, verbose_name=_("created at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ledger entry")
        ordering = ["pk"]
        verbose_name_plural = _("ledger entries")
        indexes = [
            models.Index(fields=["producer", "created_at"], name="ledger_of_producer"),
            # The ledger as a list: by what it is filtered by, the newest first.
            models.Index(fields=["account", "-id"], name="ledger_by_account"),
            models.Index(fields=["currency", "-id"], name="ledger_by_currency"),
            models.Index(fields=["created_at"], name="ledger_by_day"),
            GinIndex(words_of("memo"), name="ledger_by_memo"),
        ]

    def __str__(self) -> str:
        return f"{self.get_account_display()} {self.amount} {self.currency}"
