"""A buyer's wish to give a course back, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.moves import Moves

MOST_WORDS = 1000
MOST_ANSWER = 2000


class ReturnStatus(models.TextChoices):
    # An admin is to decide.
    WAITING = "waiting", _("Waiting")
    # The money goes back, or has gone: by the rule, by an admin, or at Stripe.
    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Declined")


RETURN_MOVES = Moves(
    {
        ReturnStatus.WAITING: {ReturnStatus.GRANTED, ReturnStatus.DECLINED},
        ReturnStatus.GRANTED: {},
        ReturnStatus.DECLINED: {},
    }
)


class ReturnRequest(models.Model):
    """A request with the facts and the rule as they were when it was made.

    Rows are written under the lock of their order.
    """

    order = models.ForeignKey(
        "storefront.Order",
        on_delete=models.PROTECT,
        related_name="return_requests",
        verbose_name=_("order"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    words = models.TextField(_("words"), max_length=MOST_WORDS, blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=ReturnStatus.choices,
        default=ReturnStatus.WAITING,
    )
    studied_percent = models.PositiveSmallIntegerField(_("studied (percent)"))
    finished = models.BooleanField(_("finished"))
    return_days = models.PositiveSmallIntegerField(_("days to return a course"))
    return_below_percent = models.PositiveSmallIntegerField(_("studied less than (percent)"))
    answer = models.TextField(_("answer"), max_length=MOST_ANSWER, blank=True)
    # Empty for what the rule granted at once, and for money that Stripe gave back by itself.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    refund = models.ForeignKey(
        "storefront.Refund",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="return_requests",
        verbose_name=_("refund"),
    )
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(status="waiting"),
                name="one_return_waiting_per_order",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_at=None)
                | (~Q(status="waiting") & Q(decided_at__isnull=False)),
                name="return_decided_once",
            ),
            models.CheckConstraint(
                condition=Q(status="granted", refund__isnull=False)
                | (~Q(status="granted") & Q(refund=None)),
                name="return_granted_by_refund",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.get_status_display()}"

    @property
    def who_decided(self) -> str:
        """In words; empty while it waits. Reads ``decided_by`` and ``refund``."""
        if self.decided_by:
            return self.decided_by.get_full_name()
        if not self.refund:
            return ""
        return gettext("Stripe") if self.refund.requested_by_id is None else gettext("The rule")
