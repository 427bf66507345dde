"""What may be chosen: leaves, for models and blocks alike."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.words.languages import Language

__all__ = [
    "DEFAULT_CURRENCY",
    "CourseStatus",
    "Currency",
    "Language",
    "LessonKind",
    "Level",
    "Pattern",
    "StructureType",
]


class Level(models.TextChoices):
    ALL = "all", _("All levels")
    BEGINNER = "beginner", _("Beginner")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")


class Currency(models.TextChoices):
    """Currencies courses may be sold in; each has two decimals at Stripe."""

    EUR = "EUR", _("Euro")
    USD = "USD", _("US dollar")
    GBP = "GBP", _("Pound sterling")


# What a price is in until somebody chooses; where currencies stand in a row, it comes first.
DEFAULT_CURRENCY = Currency.EUR


class StructureType(models.TextChoices):
    """How the lessons of a course are arranged."""

    # Lessons stand directly under the course.
    FLAT = "flat", _("Lessons only")
    # Lessons stand in chapters, which may hold chapters of their own.
    HIERARCHICAL = "hierarchical", _("In chapters")


class CourseStatus(models.TextChoices):
    """Derived, never stored: see ``CoursePage.status``."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


class LessonKind(models.TextChoices):
    """Derived from the blocks of the body."""

    VIDEO = "video", _("Video")
    ARTICLE = "article", _("Article")
    MIXED = "mixed", _("Video and text")


class Pattern(models.TextChoices):
    """The family of patterns and the hue that a category's covers are drawn in."""

    SCIENCE = "science", _("Contours")
    DESIGN = "design", _("Discs")
    LANGUAGES = "languages", _("Leaves")
    WRITING = "writing", _("Letters")
    DATA = "data", _("Tiles")
    MUSIC = "music", _("Ripples")
    BUSINESS = "business", _("Towers")
    CRAFT = "craft", _("Quilt")
