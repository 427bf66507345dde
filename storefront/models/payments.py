"""Attempts to pay, and money that went back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.moves import Moves


class PaymentStatus(models.TextChoices):
    # The payment page is open.
    OPEN = "open", _("Open")
    SUCCEEDED = "succeeded", _("Succeeded")
    # The page closed without money.
    EXPIRED = "expired", _("Expired")
    REFUNDED = "refunded", _("Refunded")


PAYMENT_MOVES = Moves(
    {
        PaymentStatus.OPEN: {PaymentStatus.SUCCEEDED, PaymentStatus.EXPIRED},
        # Paid in the last second, while the page was being closed.
        PaymentStatus.EXPIRED: {PaymentStatus.SUCCEEDED},
        PaymentStatus.SUCCEEDED: {PaymentStatus.REFUNDED},
        PaymentStatus.REFUNDED: {},
    }
)


class Payment(models.Model):
    """A row per attempt. The idempotency key is written before Stripe is asked."""

    order = models.ForeignKey("storefront.Order", on_delete=models.PROTECT, related_name="payments")
    status = models.CharField(
        max_length=10, choices=PaymentStatus.choices, default=PaymentStatus.OPEN
    )
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3)
    idempotency_key = models.CharField(max_length=255, unique=True)
    session_id = models.CharField(max_length=255, unique=True, null=True, blank=True)
    payment_intent = models.CharField(max_length=255, unique=True, null=True, blank=True)
    checkout_url = models.URLField(max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    paid_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at", "-pk"]
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
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    status = models.CharField(
        max_length=10, choices=RefundStatus.choices, default=RefundStatus.PENDING
    )
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3)
    idempotency_key = models.CharField(max_length=255, unique=True)
    refund_id = models.CharField(max_length=255, unique=True, null=True, blank=True)
    reason = models.CharField(max_length=255, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}, {self.get_status_display().lower()}"
