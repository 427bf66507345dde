"""One row per course that can be found: all that a card shows and a search asks."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.covers.addresses import generated_cover_url
from courses.currencies import why_unpayable
from courses.models import DEFAULT_CURRENCY, Language, Level

NEW_FOR = timedelta(days=30)


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
    # Free, then the currency of this site, then the others by their code: nobody here knows what
    # a pound is worth in euros, so prices are put in order within their currency only. Figures
    # stand before letters in every collation.
    price_group = models.GeneratedField(
        expression=Case(
            When(price=0, then=Value("0")),
            When(currency=DEFAULT_CURRENCY.value, then=Value("1")),
            default=F("currency"),
        ),
        output_field=models.CharField(max_length=3),
        db_persist=True,
    )
    cover_url = models.CharField(
        max_length=255, blank=True, help_text=_("Empty: the generated cover is shown.")
    )
    minutes = models.PositiveIntegerField(default=0)
    lessons = models.PositiveIntegerField(default=0)
    rating = models.DecimalField(max_digits=3, decimal_places=2, default=0)
    rating_count = models.PositiveIntegerField(default=0)
    students = models.PositiveIntegerField(default=0)
    completions = models.PositiveIntegerField(default=0)
    listed = models.BooleanField(default=True)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)
    search = SearchVectorField(null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name_plural = _("catalogue entries")
        indexes = [
            GinIndex(fields=["search"], name="catalogue_search"),
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
        ]

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
    def is_new(self) -> bool:
        return self.published_at > timezone.now() - NEW_FOR
