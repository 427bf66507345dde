"""What may be chosen: leaves, for models and blocks alike."""

from django.db import models


class Level(models.TextChoices):
    ALL = "all", "All levels"
    BEGINNER = "beginner", "Beginner"
    INTERMEDIATE = "intermediate", "Intermediate"
    ADVANCED = "advanced", "Advanced"


class Currency(models.TextChoices):
    """Currencies courses may be sold in; each has two decimals at Stripe."""

    EUR = "EUR", "Euro"
    USD = "USD", "US dollar"
    GBP = "GBP", "Pound sterling"


class Language(models.TextChoices):
    """Languages of instruction, as ISO 639-1 codes."""

    ENGLISH = "en", "English"
    GERMAN = "de", "German"
    FRENCH = "fr", "French"
    SPANISH = "es", "Spanish"
    PORTUGUESE = "pt", "Portuguese"
    ITALIAN = "it", "Italian"
    DUTCH = "nl", "Dutch"
    POLISH = "pl", "Polish"
    SWEDISH = "sv", "Swedish"
    ARABIC = "ar", "Arabic"
    HINDI = "hi", "Hindi"
    CHINESE = "zh", "Chinese"
    JAPANESE = "ja", "Japanese"


class StructureType(models.TextChoices):
    """How the lessons of a course are arranged."""

    # Lessons stand directly under the course.
    FLAT = "flat", "Flat: lessons only"
    # Lessons stand in chapters, which may hold chapters of their own.
    HIERARCHICAL = "hierarchical", "Hierarchical: chapters with lessons"


class CourseStatus(models.TextChoices):
    """Derived, never stored: see ``CoursePage.status``."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    ARCHIVED = "archived", "Archived"


class LessonKind(models.TextChoices):
    """Derived from the blocks of the body."""

    VIDEO = "video", "Video"
    ARTICLE = "article", "Article"
    MIXED = "mixed", "Video and text"


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
