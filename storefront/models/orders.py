"""What somebody agreed to buy, frozen as it was offered."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.moves import Moves


class OrderStatus(models.TextChoices):
    # Waiting for the payment page.
    PENDING = "pending", _("Waiting for payment")
    # Paid, or worth nothing; the course is open.
    PAID = "paid", _("Paid")
    # All money went back, or buys nothing; the course is closed.
    REFUNDED = "refunded", _("Refunded")
    # Not paid in time; a late payment still delivers, or goes back.
    EXPIRED = "expired", _("Expired")


ORDER_MOVES = Moves(
    {
        OrderStatus.PENDING: {OrderStatus.PAID, OrderStatus.EXPIRED, OrderStatus.REFUNDED},
        OrderStatus.EXPIRED: {OrderStatus.PAID, OrderStatus.REFUNDED},
        OrderStatus.PAID: {OrderStatus.REFUNDED},
        # Another payment of the same order came late, and buys what it says.
        OrderStatus.REFUNDED: {OrderStatus.PAID},
    }
)


class OrderQuerySet(models.QuerySet["Order"]):
    def locked(self) -> Self:
        """Rows locked in one fixed order, so that two verbs never wait for each other."""
        return self.order_by("pk").select_for_update()


class Order(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, verbose_name=_("number"))
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="orders",
        verbose_name=_("buyer"),
    )
    status = models.CharField(
        max_length=10,
        choices=OrderStatus.choices,
        default=OrderStatus.PENDING,
        verbose_name=_("status"),
    )
    currency = models.CharField(max_length=3, verbose_name=_("currency"))
    subtotal = models.DecimalField(max_digits=10, decimal_places=2, verbose_name=_("subtotal"))
    discount = models.DecimalField(
        max_digits=10, decimal_places=2, default=0, verbose_name=_("discount")
    )
    total = models.DecimalField(max_digits=10, decimal_places=2, verbose_name=_("total"))
    coupon = models.ForeignKey(
        "storefront.Coupon",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name=_("coupon"),
    )
    # The rule for returns that was shown when this was ordered: a promise that outlasts changes.
    return_days = models.PositiveSmallIntegerField(
        default=0, editable=False, verbose_name=_("days to return a course")
    )
    return_below_percent = models.PositiveSmallIntegerField(
        default=1, editable=False, verbose_name=_("studied less than (percent)")
    )
    created_at = models.DateTimeField(auto_now_add=True, verbose_name=_("created at"))
    expires_at = models.DateTimeField(null=True, blank=True, verbose_name=_("expires at"))
    paid_at = models.DateTimeField(null=True, blank=True, verbose_name=_("paid at"))
    refunded_at = models.DateTimeField(null=True, blank=True, verbose_name=_("refunded at"))

    objects = OrderQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-created_at", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gte=0, subtotal__gte=0, discount__gte=0),
                name="order_not_negative",
            )
        ]
        indexes = [
            models.Index(fields=["buyer", "-created_at"], name="orders_of_buyer"),
            models.Index(
                fields=["expires_at"], name="orders_to_expire", condition=Q(status="pending")
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """One course of an order: title, price and share as they were agreed."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="order_lines"
    )
    title = models.CharField(max_length=255)
    price = models.DecimalField(max_digits=10, decimal_places=2)
    discount = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    tax = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    total = models.DecimalField(max_digits=10, decimal_places=2)
    share = models.DecimalField(
        max_digits=10, decimal_places=2, help_text=_("What the producer earns of the total.")
    )
    producer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sales", null=True
    )
    producer_name = models.CharField(max_length=120, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        constraints = [
            models.UniqueConstraint(fields=["order", "course"], name="one_line_per_course"),
            models.CheckConstraint(
                condition=Q(share__gte=0, total__gte=models.F("share")), name="share_within_total"
            ),
        ]
        indexes = [models.Index(fields=["producer", "course"], name="sales_of_producer")]

    def __str__(self) -> str:
        return self.title
