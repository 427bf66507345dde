"""What somebody agreed to buy, frozen as it was offered, and what its receipt says."""

import uuid
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.moves import Moves
from courses.wording.zones import zone_of
from courses.words.indexed import words_of

from .payments import Payment, Refund, RefundStatus

MONEY = models.DecimalField(max_digits=12, decimal_places=2)


class OrderStatus(models.TextChoices):
    # Waiting for the payment page.
    PENDING = "pending", _("Waiting for payment")
    # Paid, or worth nothing; the course is open.
    PAID = "paid", _("Paid")
    # All money went back, or buys nothing; the course is closed, and the order for good.
    REFUNDED = "refunded", _("Refunded")
    # Not paid in time; a late payment still delivers, or goes back.
    EXPIRED = "expired", _("Expired")


ORDER_MOVES = Moves(
    {
        OrderStatus.PENDING: {OrderStatus.PAID, OrderStatus.EXPIRED, OrderStatus.REFUNDED},
        OrderStatus.EXPIRED: {OrderStatus.PAID, OrderStatus.REFUNDED},
        OrderStatus.PAID: {OrderStatus.REFUNDED},
        OrderStatus.REFUNDED: {},
    }
)


class OrderQuerySet(models.QuerySet["Order"]):
    def locked(self) -> Self:
        """Rows locked in one fixed order, so that two verbs never wait for each other."""
        return self.order_by("pk").select_for_update()

    def with_sums(self) -> Self:
        """What came in and went back, as Stripe confirmed it; ``going_back`` is promised, and
        ``kept`` is left when that has gone too. In the same query."""
        paid = Payment.objects.filter(order=OuterRef("pk"), paid_at__isnull=False)
        refunds = Refund.objects.filter(payment__order=OuterRef("pk"))
        back = refunds.filter(status=RefundStatus.SUCCEEDED)
        promised = refunds.filter(status=RefundStatus.PENDING)
        return self.annotate(
            came_in=_sum(paid, by="order"),
            went_back=_sum(back, by="payment__order"),
            going_back=_sum(promised, by="payment__order"),
            kept=F("came_in") - F("went_back") - F("going_back"),
        )


def _sum(rows: "QuerySet[Payment] | QuerySet[Refund]", *, by: str) -> Coalesce:
    """The amounts of an order's rows together, nothing when there are none."""
    sums = rows.order_by().values(by).annotate(sum=Sum("amount")).values("sum")
    return Coalesce(Subquery(sums, output_field=MONEY), Decimal(0), output_field=MONEY)


class Order(models.Model):
    """A purchase. What its receipt says is written once: the code and its percents when it is
    agreed, buyer and seller when the money has come. People, sellers and codes change later;
    receipts do not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, verbose_name=_("number"))
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="orders",
        verbose_name=_("buyer"),
        db_index=False,  # ``orders_of_buyer`` begins with it
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
    coupon_code = models.CharField(max_length=40, blank=True, verbose_name=_("code"))
    coupon_percent = models.PositiveSmallIntegerField(
        null=True, blank=True, verbose_name=_("percent off")
    )
    buyer_name = models.CharField(max_length=120, blank=True, verbose_name=_("sold to"))
    buyer_email = models.EmailField(blank=True, verbose_name=_("buyer's e-mail"))
    seller_name = models.CharField(max_length=120, blank=True, verbose_name=_("sold by"))
    seller_address = models.TextField(
        max_length=500, blank=True, verbose_name=_("seller's address")
    )
    seller_tax_number = models.CharField(
        max_length=40, blank=True, verbose_name=_("seller's tax number")
    )
    # The buyer's when the receipt was written: its hours and the days to return are told by that
    # clock, wherever they move to. Empty until then.
    zone = models.CharField(
        max_length=64,
        blank=True,
        db_default="",
        default="",
        editable=False,
        verbose_name=_("time zone"),
    )
    created_at = models.DateTimeField(auto_now_add=True, verbose_name=_("created at"))
    expires_at = models.DateTimeField(null=True, blank=True, verbose_name=_("expires at"))
    # When it was delivered; never set for an order whose money bought nothing.
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
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("paid", "refunded"))
                | ~Q(seller_name="") & ~Q(buyer_email=""),
                name="receipt_names_both",
            ),
        ]
        indexes = [
            models.Index(fields=["buyer", "-created_at"], name="orders_of_buyer"),
            models.Index(
                fields=["expires_at"], name="orders_to_expire", condition=Q(status="pending")
            ),
            # The list of orders in its order, whole and by what it is filtered by.
            models.Index(fields=["-created_at", "-number"], name="orders_listed"),
            models.Index(fields=["status", "-created_at", "-number"], name="orders_by_status"),
            models.Index(fields=["currency", "-created_at", "-number"], name="orders_by_currency"),
            models.Index(fields=["paid_at"], name="orders_by_payment"),
            # As a receipt says; found by their words.
            GinIndex(words_of("number"), name="orders_by_number"),
            GinIndex(words_of("buyer_name"), name="orders_by_name"),
            GinIndex(words_of("buyer_email"), name="orders_by_address"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def clock(self) -> tzinfo:
        """By which its times are told; before there is a receipt, by the reader's."""
        return zone_of(self.zone) if self.zone else timezone.get_current_timezone()

    @property
    def dated(self) -> datetime:
        """The day it stands under for its buyer: paid, or else placed."""
        return self.paid_at or self.created_at


class OrderLine(models.Model):
    """One course of an order: title, price and share as they were agreed."""

    order = models.ForeignKey(
        Order,
        on_delete=models.CASCADE,
        related_name="lines",
        db_index=False,  # ``one_line_per_course`` begins with it
    )
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
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="sales",
        null=True,
        db_index=False,  # ``sales_of_producer`` begins with it
    )
    producer_name = models.CharField(max_length=120, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        constraints = [
            models.UniqueConstraint(fields=["order", "course"], name="one_line_per_course"),
            models.CheckConstraint(
                condition=Q(share__gte=0, total__gte=F("share")), name="share_within_total"
            ),
        ]
        indexes = [
            models.Index(fields=["producer", "course"], name="sales_of_producer"),
            GinIndex(words_of("title"), name="lines_by_title"),
        ]

    def __str__(self) -> str:
        return self.title
