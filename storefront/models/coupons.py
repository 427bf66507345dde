"""Codes that lower a price."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.currencies import CURRENCIES, why_unpayable
from courses.models import CoursePage


class Coupon(models.Model):
    """``used`` counts open and paid orders; one that expires gives its use back."""

    code = models.CharField(max_length=40, verbose_name=_("code"))
    percent_off = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(100)], verbose_name=_("percent off")
    )
    course = models.ForeignKey(
        "courses.CoursePage",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="coupons",
        help_text=_("Leave empty for every course."),
        verbose_name=_("course"),
    )
    max_uses = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no limit."),
        verbose_name=_("max uses"),
    )
    used = models.PositiveIntegerField(default=0, editable=False, verbose_name=_("used"))
    valid_from = models.DateTimeField(null=True, blank=True, verbose_name=_("valid from"))
    valid_until = models.DateTimeField(null=True, blank=True, verbose_name=_("valid until"))
    active = models.BooleanField(default=True, verbose_name=_("active"))
    created_at = models.DateTimeField(auto_now_add=True, verbose_name=_("created at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("coupon")
        verbose_name_plural = _("coupons")
        constraints = [
            models.UniqueConstraint(
                Upper("code"),
                name="one_coupon_per_code",
                violation_error_message=_("There is a coupon with this code."),
            ),
            models.CheckConstraint(
                condition=Q(max_uses=None) | Q(used__lte=F("max_uses")), name="coupon_not_overused"
            ),
            models.CheckConstraint(
                condition=Q(percent_off__gte=1, percent_off__lte=100), name="coupon_percent"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_from__lt=F("valid_until")),
                name="coupon_ends_after_it_starts",
                violation_error_message=_("A code ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """What an admin enters must be a code that a buyer can use."""
        super().clean()
        problems: dict[str, str] = {}
        if self.max_uses is not None and self.max_uses < self.used:
            problems["max_uses"] = gettext(
                "It has been used %(used)s times already. Allow at least that many uses, "
                "or switch the code off."
            ) % {"used": self.used}
        if self.course and self.percent_off and (reason := self.why_unpayable_for(self.course)):
            problems["percent_off"] = gettext(
                "This would leave too little of the course’s price. %(reason)s"
            ) % {"reason": reason}
        if problems:
            raise ValidationError(problems)

    def why_unpayable_for(self, course: CoursePage) -> str:
        """Why a card cannot be charged what the code leaves of the price; empty when it can."""
        rest = course.price - self.discount_on(course.price, course.currency)
        return why_unpayable(rest, course.currency)

    def discount_on(self, price: Decimal, currency: str) -> Decimal:
        """In the currency's smallest unit: half a cent goes up, as with any amount."""
        return CURRENCIES[currency].rounded(price * self.percent_off / 100)
