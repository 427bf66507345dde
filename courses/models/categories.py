"""Subjects under which courses are shelved."""

from django.db import models
from wagtail.admin.panels import FieldPanel

from .choices import Room


class Category(models.Model):
    """A subject; every course stands in one."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    room = models.CharField(max_length=12, choices=Room.choices, default=Room.SCIENCE)
    order = models.PositiveSmallIntegerField(default=0, help_text="Lower numbers come first.")

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("room"), FieldPanel("order")]

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name
