"""Codes that lower a price."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


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
        null=True, blank=True, help_text=_("Empty: no limit."), verbose_name=_("max uses")
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
        ]

    def __str__(self) -> str:
        return self.code
