"""Attempts to pay, and money that went back."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from courses.moves import Moves
from courses.words.indexed import words_of


class PaymentStatus(models.TextChoices):
    # The payment page is open.
    OPEN = "open", _("Open")
    # The money came and bought what the order says.
    SUCCEEDED = "succeeded", _("Succeeded")
    # The money came and buys nothing: it goes back by itself.
    OWED_BACK = "owed_back", _("Owed back")
    # The page closed without money.
    EXPIRED = "expired", _("Expired")
    REFUNDED = "refunded", _("Refunded")


PAYMENT_MOVES = Moves(
    {
        PaymentStatus.OPEN: {
            PaymentStatus.SUCCEEDED,
            PaymentStatus.OWED_BACK,
            PaymentStatus.EXPIRED,
        },
        # Paid in the last second, while the page was being closed.
        PaymentStatus.EXPIRED: {PaymentStatus.SUCCEEDED, PaymentStatus.OWED_BACK},
        PaymentStatus.OWED_BACK: {PaymentStatus.REFUNDED},
        PaymentStatus.SUCCEEDED: {PaymentStatus.REFUNDED},
        PaymentStatus.REFUNDED: {},
    }
)

# The money is, or was, at Stripe.
CAME_IN = frozenset({PaymentStatus.SUCCEEDED, PaymentStatus.OWED_BACK, PaymentStatus.REFUNDED})


class Payment(models.Model):
    """A row per attempt. The idempotency key is written before Stripe is asked."""

    order = models.ForeignKey(
        "storefront.Order",
        on_delete=models.PROTECT,
        related_name="payments",
        verbose_name=_("order"),
    )
    status = models.CharField(
        max_length=10,
        choices=PaymentStatus.choices,
        default=PaymentStatus.OPEN,
        verbose_name=_("status"),
    )
    amount = models.DecimalField(max_digits=10, decimal_places=2, verbose_name=_("amount"))
    currency = models.CharField(max_length=3, verbose_name=_("currency"))
    idempotency_key = models.CharField(max_length=255, unique=True)
    session_id = models.CharField(
        max_length=255, unique=True, null=True, blank=True, verbose_name=_("session id")
    )
    payment_intent = models.CharField(
        max_length=255, unique=True, null=True, blank=True, verbose_name=_("payment intent")
    )
    checkout_url = models.URLField(max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, verbose_name=_("created at"))
    paid_at = models.DateTimeField(null=True, blank=True, verbose_name=_("paid at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-created_at", "-pk"]
        indexes = [
            # The list of payments in its order, whole and by what it is filtered by.
            models.Index(fields=["-created_at", "-id"], name="payments_listed"),
            models.Index(fields=["status", "-created_at", "-id"], name="payments_by_status"),
            models.Index(fields=["currency", "-created_at", "-id"], name="payments_by_currency"),
            # Stripe's names for them, pasted from its dashboard.
            GinIndex(words_of("session_id"), name="payments_by_session"),
            GinIndex(words_of("payment_intent"), name="payments_by_intent"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=models.Q(status="open"), name="one_open_payment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}, {self.get_status_display().lower()}"


class RefundStatus(models.TextChoices):
    PENDING = "pending", _("Pending")
    SUCCEEDED = "succeeded", _("Succeeded")
    FAILED = "failed", _("Failed")


REFUND_MOVES = Moves(
    {
        RefundStatus.PENDING: {RefundStatus.SUCCEEDED, RefundStatus.FAILED},
        # Stripe's list is the truth, also when it says otherwise later.
        RefundStatus.FAILED: {RefundStatus.PENDING, RefundStatus.SUCCEEDED},
        RefundStatus.SUCCEEDED: {},
    }
)


class Refund(models.Model):
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="refunds", verbose_name=_("payment")
    )
    status = models.CharField(
        max_length=10,
        choices=RefundStatus.choices,
        default=RefundStatus.PENDING,
        verbose_name=_("status"),
    )
    amount = models.DecimalField(max_digits=10, decimal_places=2, verbose_name=_("amount"))
    currency = models.CharField(max_length=3, verbose_name=_("currency"))
    idempotency_key = models.CharField(max_length=255, unique=True)
    refund_id = models.CharField(
        max_length=255, unique=True, null=True, blank=True, verbose_name=_("refund id")
    )
    reason = models.CharField(max_length=255, blank=True, verbose_name=_("reason"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("requested by"),
    )
    created_at = models.DateTimeField(auto_now_add=True, verbose_name=_("created at"))
    completed_at = models.DateTimeField(null=True, blank=True, verbose_name=_("completed at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}, {self.get_status_display().lower()}"

    @property
    def reason_for_buyer(self) -> str | Promise:
        """The shop's own reason, put into words when read. What a person wrote is not one: an
        admin's note is not for them, and their own words would come back as the shop's."""
        return "" if self.requested_by_id else self.reason_in_words

    @property
    def reason_in_words(self) -> str | Promise:
        """What a person wrote as it is, the shop's own reason in the reader's language."""
        return self.reason if self.requested_by_id else gettext_lazy(self.reason)
