"""One row per course that can be found: all that a card shows and a search asks."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, F, Func, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.blocks.media import CAPTION_LANGUAGES
from courses.covers.addresses import generated_cover_url
from courses.currencies import why_unpayable
from courses.models import DEFAULT_CURRENCY, Language, Level

NEW_FOR = timedelta(days=30)

# What readers narrow by, as steps: ratings from so many stars, lengths below so many minutes.
STEPS_OF_STARS = ("4.5", "4")
# By how popular courses are; what a search reads of each stands together (``Findable``).
TIERS = (0, 1, 2)
LENGTHS = {"short": 180, "medium": 480, "long": None}

# Free, then the currency of this site, then the others by their code: nobody here knows what
# a pound is worth in euros, so prices are put in order within their currency only. Figures
# stand before letters in every collation.
PRICE_GROUP = Case(
    When(price=0, then=Value("0")),
    When(currency=DEFAULT_CURRENCY.value, then=Value("1")),
    default=F("currency"),
)
STARS = Case(
    When(rating__gte=Decimal("4.5"), then=Value("4.5")),
    When(rating__gte=4, then=Value("4")),
    default=Value(""),
)
# A course whose length nobody knows has none.
LENGTH = Case(
    When(minutes=0, then=Value("")),
    When(minutes__lt=LENGTHS["short"], then=Value("short")),
    When(minutes__lt=LENGTHS["medium"], then=Value("medium")),
    default=Value("long"),
)


class Proof(models.TextChoices):
    """What the certificate of a course proves: a lesson with a quiz is done once it is passed."""

    QUIZZES = "quizzes", _("Quizzes passed")
    LESSONS = "lessons", _("Lessons completed")


# All of it in one word, by which an index finds the courses of any choice of filters.
PIGEONHOLE = Func(
    Coalesce(Cast("category_id", TextField()), Value("")),
    "language",
    "level",
    PRICE_GROUP,
    STARS,
    LENGTH,
    "certificate",
    "captions",
    template="(%(expressions)s)",
    arg_joiner=" || ' ' || ",
    output_field=TextField(),
)


OF_TITLES = "%(function)s(%(expressions)s, '{a}')"  # those that are weighted A


class CatalogueEntry(models.Model):
    """Written when a release is approved, never from drafts; counts follow events."""

    course = models.OneToOneField(
        "courses.CoursePage",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="catalogue_entry",
    )
    uuid = models.UUIDField(unique=True)
    slug = models.CharField(max_length=255)
    title = models.CharField(max_length=255)
    subtitle = models.CharField(max_length=200, blank=True)
    producer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    producer_name = models.CharField(max_length=120, blank=True)
    category = models.ForeignKey(
        "courses.Category", on_delete=models.PROTECT, null=True, related_name="+"
    )
    tags = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    level = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    currency = models.CharField(max_length=3)
    price_group = models.GeneratedField(
        expression=PRICE_GROUP, output_field=models.CharField(max_length=3), db_persist=True
    )
    cover_url = models.CharField(
        max_length=255, blank=True, help_text=_("Empty: the generated cover is shown.")
    )
    cover_srcset = models.CharField(
        max_length=500, blank=True, help_text=_("The same picture in several widths.")
    )
    minutes = models.PositiveIntegerField(default=0)
    lessons = models.PositiveIntegerField(default=0)
    rating = models.DecimalField(max_digits=3, decimal_places=2, default=0)
    rating_count = models.PositiveIntegerField(default=0)
    stars = models.GeneratedField(
        expression=STARS, output_field=models.CharField(max_length=3), db_persist=True
    )
    length = models.GeneratedField(
        expression=LENGTH, output_field=models.CharField(max_length=6), db_persist=True
    )
    certificate = models.CharField(max_length=8, choices=Proof.choices, default=Proof.LESSONS)
    captions = models.CharField(
        max_length=600,
        blank=True,
        help_text=_("Languages in which each film has captions, with spaces between."),
    )
    pigeonhole = models.GeneratedField(
        expression=PIGEONHOLE, output_field=TextField(), db_persist=True
    )
    students = models.PositiveIntegerField(default=0)
    completions = models.PositiveIntegerField(default=0)
    tier = models.PositiveSmallIntegerField(
        default=2,
        help_text=_("0: among the most popular courses, 1: the next, 2: the others and new ones."),
    )
    listed = models.BooleanField(default=True)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)
    told = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text=_("Lines that a search may show: outcomes, and the names of its parts."),
    )
    search = SearchVectorField(null=True, editable=False)
    # For suggestions: the words of the title among them, and those of the producer's name.
    title_words = models.GeneratedField(
        expression=Func("search", function="ts_filter", template=OF_TITLES),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    producer_words = SearchVectorField(null=True, editable=False)

    # Long, and needed where something was searched for: lines and words by the thousand.
    WORDS = ("search", "title_words", "producer_words")
    UNSHOWN = (*WORDS, "told")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name_plural = _("catalogue entries")
        indexes = [
            GinIndex(fields=["title_words"], name="catalogue_titles", condition=Q(listed=True)),
            GinIndex(fields=["producer_words"], name="catalogue_names", condition=Q(listed=True)),
            # One index per order of the catalogue; course breaks ties for keyset pages.
            models.Index(
                fields=["-published_at", "-course"],
                name="catalogue_newest",
                condition=Q(listed=True),
            ),
            models.Index(
                fields=["-students", "-course"], name="catalogue_popular", condition=Q(listed=True)
            ),
            models.Index(
                fields=["-rating", "-course"], name="catalogue_rated", condition=Q(listed=True)
            ),
            models.Index(
                fields=["price_group", "price", "course"],
                name="catalogue_priced",
                condition=Q(listed=True),
            ),
            models.Index(
                fields=["category", "-students", "-course"],
                name="catalogue_by_category",
                condition=Q(listed=True),
            ),
            # Whose courses they are, among few or of somebody who is chosen.
            models.Index(
                fields=["producer", "-students", "-course"],
                name="catalogue_by_producer",
                condition=Q(listed=True),
            ),
            # The shelf of the front page that most people finished.
            models.Index(
                fields=["-completions", "-course"],
                name="catalogue_finished",
                condition=Q(listed=True, completions__gt=0),
            ),
            # Any choice of filters: the courses of a few pigeonholes.
            models.Index(
                fields=["pigeonhole"], name="catalogue_pigeonholes", condition=Q(listed=True)
            ),
        ]

    # What its card says where it was searched for (``catalogue.marking``).
    marked: Any = None

    def __str__(self) -> str:
        return self.title

    @property
    def is_free(self) -> bool:
        return not self.price

    @property
    def why_unpayable(self) -> str:
        """Why nobody can pay the price, so that it is not for sale; empty when they can."""
        return why_unpayable(self.price, self.currency)

    @property
    def pattern(self) -> str:
        """Which family of covers its subject has; empty without a subject."""
        return self.category.pattern if self.category else ""

    @property
    def cover(self) -> str:
        """The picture on a card: the thumbnail, else the cover drawn for this course."""
        return self.cover_url or self._drawn("wide")

    @property
    def book_cover(self) -> str:
        """The picture on the shelf, upright where it is drawn."""
        return self.cover_url or self._drawn("book")

    def _drawn(self, shape: str) -> str:
        return generated_cover_url(seed=self.uuid, pattern=self.pattern, shape=shape)

    @property
    def level_label(self) -> str:
        return str(Level(self.level).label)

    @property
    def language_label(self) -> str:
        return str(Language(self.language).label)

    @property
    def caption_labels(self) -> list[str]:
        """The names of the languages in which each of its films has captions."""
        return [str(name) for code, name in CAPTION_LANGUAGES if code in self.captions.split()]

    @property
    def is_new(self) -> bool:
        return self.published_at > timezone.now() - NEW_FOR


class Findable(models.Model):
    """A course for sale as a search reads it: thousands of them for one common word.

    Triggers write here what changes in the catalogue, in the same transaction (decision 0061). Each
    tier is a partition, so the popular courses lie side by side. Words lie outside the row.
    """

    course = models.OneToOneField(
        CatalogueEntry,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        related_name="+",
        db_constraint=False,
    )
    tier = models.PositiveSmallIntegerField()
    students = models.PositiveIntegerField()
    pigeonhole = models.TextField()
    producer_id = models.UUIDField(null=True)
    search = SearchVectorField(null=True)
    # PostgreSQL takes long values out of a row only where the row is longer than 2 KB.
    ballast = models.GeneratedField(
        expression=Func(Value(" "), Value(2_048), function="repeat"),
        output_field=TextField(),
        db_persist=True,
    )

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [
            # Searched at once: what waits to be sorted into it would be looked through each time.
            GinIndex(fields=["search"], name="findable_words", fastupdate=False),
            models.Index(fields=["pigeonhole"], name="findable_pigeonholes"),
            models.Index(fields=["producer_id"], name="findable_producers"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.pigeonhole}"


class Pigeonhole(models.Model):
    """How many courses for sale have exactly these features.

    Triggers write here whatever changes in the catalogue, in the same transaction and as a row of
    its own (decision 0043), so several rows may speak of one pigeonhole: their sum counts.
    """

    key = models.TextField()
    category_id = models.IntegerField(null=True)
    language = models.CharField(max_length=2)
    level = models.CharField(max_length=12)
    price_group = models.CharField(max_length=3)
    stars = models.CharField(max_length=3)
    length = models.CharField(max_length=6)
    certificate = models.CharField(max_length=8)
    captions = models.CharField(max_length=600)
    courses = models.IntegerField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.key}: {self.courses}"


class FacetCount(models.Model):
    """How many courses for sale stand behind one value of one filter; of several rows, the sum.

    The same as the pigeonholes tell, summed up for whoever filters by nothing.
    """

    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=12)
    courses = models.IntegerField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.facet} {self.value}: {self.courses}"
