"""Who sells here and what they promise about returns, set by an admin."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting


class Seller(BaseGenericSetting):
    """One row. Receipts copy from it when they are written; all else shows it as it is now."""

    name = models.CharField(
        max_length=120,
        default="Perfomix",
        help_text=_("As it stands on receipts and in what search engines read."),
        verbose_name=_("name"),
    )
    address = models.TextField(
        max_length=500,
        blank=True,
        help_text=_("Street, town and country, for receipts. One line each."),
        verbose_name=_("address"),
    )
    tax_number = models.CharField(
        max_length=40,
        blank=True,
        help_text=_("For receipts, if you have one."),
        verbose_name=_("tax number"),
    )
    contact_email = models.EmailField(
        blank=True,
        help_text=_("Where people may write to. Empty: the address that mails come from."),
        verbose_name=_("contact address"),
    )
    return_days = models.PositiveSmallIntegerField(
        default=30,
        validators=[MaxValueValidator(365)],
        help_text=_(
            "For so many days a buyer may return a course at once. 0: every return is decided "
            "by an admin."
        ),
        verbose_name=_("days to return a course"),
    )
    return_below_percent = models.PositiveSmallIntegerField(
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("A course may be returned at once while less than this share is studied."),
        verbose_name=_("studied less than (percent)"),
    )

    class Meta:
        verbose_name = _("seller and returns")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="seller_has_a_name"),
            models.CheckConstraint(condition=Q(return_days__lte=365), name="seller_return_days"),
            models.CheckConstraint(
                condition=Q(return_below_percent__gte=1, return_below_percent__lte=100),
                name="seller_return_below",
            ),
        ]

    def __str__(self) -> str:
        return self.name
