"""Subjects under which courses are shelved."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel

from .choices import Pattern


class Category(models.Model):
    """A subject; every course stands in one."""

    name = models.CharField(max_length=60, unique=True, verbose_name=_("name"))
    slug = models.SlugField(max_length=60, unique=True, verbose_name=_("slug"))
    pattern = models.CharField(
        max_length=12,
        choices=Pattern.choices,
        default=Pattern.SCIENCE,
        verbose_name=pgettext_lazy("of covers", "pattern"),
    )
    order = models.PositiveSmallIntegerField(
        default=0,
        help_text=_("Lower numbers come first."),
        verbose_name=pgettext_lazy("place in a list", "order"),
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("pattern"), FieldPanel("order")]

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name
