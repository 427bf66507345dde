"""What of the shop search engines may know: what anybody may open, and nothing else.

Each function names what follows a key, in the order of keys, so that a worker reads a hundred
thousand courses a part at a time.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.urls import reverse

from courses.models import Category, ItemKind, ReleaseItem, ReleaseStatus
from storefront.models import CatalogueEntry


@dataclass(frozen=True)
class Named:
    """An address of the sitemap, and since when it says what it says."""

    key: Any
    path: str
    changed_at: datetime | None = None


def courses_after(key: Any, size: int) -> list[Named]:
    """Courses that are sold now."""
    sold = CatalogueEntry.objects.filter(listed=True).order_by("pk")
    if key is not None:
        sold = sold.filter(pk__gt=key)
    return [
        Named(pk, reverse("storefront:course", args=[slug]), changed)
        for pk, slug, changed in sold.values_list("pk", "slug", "updated_at")[:size]
    ]


def producers_after(key: Any, size: int) -> list[Named]:
    """Whose courses are sold now: their page changes with each of these."""
    theirs = CatalogueEntry.objects.filter(listed=True).exclude(producer=None)
    if key is not None:
        theirs = theirs.filter(producer_id__gt=key)
    found = theirs.order_by("producer_id").values_list("producer_id")
    return [
        Named(pk, reverse("storefront:producer", args=[pk]), changed)
        for pk, changed in found.annotate(changed=Max("updated_at"))[:size]
    ]


def previews_after(key: Any, size: int) -> list[Named]:
    """Lessons that are open without buying, of courses that are sold now."""
    lessons = ReleaseItem.objects.filter(
        release__status=ReleaseStatus.CURRENT,
        release__course__catalogue_entry__listed=True,
        kind=ItemKind.LESSON,
        preview=True,
    ).order_by("pk")
    if key is not None:
        lessons = lessons.filter(pk__gt=key)
    found = lessons.values_list("pk", "uuid", "release__decided_at")[:size]
    return [
        Named(pk, reverse("learners:lesson", args=[uuid]), changed) for pk, uuid, changed in found
    ]


def subjects_after(key: Any, size: int) -> list[Named]:
    """The catalogue, and each of its subjects that has a course: as many as an admin names."""
    if key is not None:
        return []
    here = reverse("storefront:catalogue")
    sold = CatalogueEntry.objects.filter(listed=True).values("category")
    slugs = Category.objects.filter(pk__in=sold).values_list("slug", flat=True)
    return [Named(here, here), *(Named(slug, f"{here}?category={slug}") for slug in slugs)]
