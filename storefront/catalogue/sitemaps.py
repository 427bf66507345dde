"""``/sitemap.xml``: what anybody may open, and nothing else."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from courses.models import Category, ItemKind, ReleaseItem, ReleaseStatus
from storefront.models import CatalogueEntry


class CourseSitemap(Sitemap):
    """Courses that are sold now."""

    limit = 5000

    def items(self) -> QuerySet[CatalogueEntry, Any]:
        return (
            CatalogueEntry.objects.filter(listed=True)
            .order_by("pk")
            .values_list("slug", "updated_at", named=True)
        )

    def location(self, item: Any) -> str:
        return reverse("storefront:course", args=[item.slug])

    def lastmod(self, item: Any) -> datetime:
        return item.updated_at


class ProducerSitemap(Sitemap):
    limit = 5000

    def items(self) -> QuerySet[CatalogueEntry, Any]:
        return (
            CatalogueEntry.objects.filter(listed=True)
            .exclude(producer=None)
            .order_by("producer_id")
            .values_list("producer_id", flat=True)
            .distinct()
        )

    def location(self, item: UUID) -> str:
        return reverse("storefront:producer", args=[item])


class PreviewSitemap(Sitemap):
    """Lessons that are open without buying, of courses that are sold now."""

    limit = 5000

    def items(self) -> QuerySet[ReleaseItem, UUID]:
        return (
            ReleaseItem.objects.filter(
                release__status=ReleaseStatus.CURRENT,
                release__course__catalogue_entry__listed=True,
                kind=ItemKind.LESSON,
                preview=True,
            )
            .order_by("pk")
            .values_list("uuid", flat=True)
        )

    def location(self, item: UUID) -> str:
        return reverse("learners:lesson", args=[item])


class SubjectSitemap(Sitemap):
    """The catalogue and each of its subjects that has a course."""

    def items(self) -> list[str]:
        sold = CatalogueEntry.objects.filter(listed=True).values("category")
        return ["", *Category.objects.filter(pk__in=sold).values_list("slug", flat=True)]

    def location(self, item: str) -> str:
        here = reverse("storefront:catalogue")
        return f"{here}?category={item}" if item else here


SITEMAPS = {
    "courses": CourseSitemap,
    "producers": ProducerSitemap,
    "previews": PreviewSitemap,
    "subjects": SubjectSitemap,
}
