"""The sections of the sitemap; each reads a part behind a key."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from home.models import PlainPage
from storefront.catalogue.sitemaps import (
    Named,
    courses_after,
    previews_after,
    producers_after,
    subjects_after,
)

Section = Callable[[Any, int], list[Named]]


def pages_after(key: Any, size: int) -> list[Named]:
    """The front page and the pages to read below it: a handful."""
    if key is not None:
        return []
    ways = ["/", reverse("help"), reverse("learners:apply"), reverse("learners:verify")]
    pages = PlainPage.objects.live().public().order_by("pk")
    return [
        *(Named(key=way, path=way) for way in ways),
        *(
            Named(key=page.pk, path=urlsplit(page.url).path, changed_at=page.last_published_at)
            for page in pages
            if page.url
        ),
    ]


SECTIONS: dict[str, Section] = {
    "pages": pages_after,
    "courses": courses_after,
    "producers": producers_after,
    "previews": previews_after,
    "subjects": subjects_after,
}
