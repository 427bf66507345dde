"""Subjects under which courses are shelved."""

from django.db import models
from wagtail.admin.panels import FieldPanel


class Room(models.TextChoices):
    """The family of patterns and the hue that a category's covers are drawn in."""

    SCIENCE = "science", "Contours"
    DESIGN = "design", "Discs"
    LANGUAGES = "languages", "Leaves"
    WRITING = "writing", "Letters"
    DATA = "data", "Tiles"
    MUSIC = "music", "Ripples"
    BUSINESS = "business", "Towers"
    CRAFT = "craft", "Quilt"


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

    def __str__(self):
        return self.name
