"""Pages of the site itself, for ``/sitemap.xml``."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from home.models import PlainPage


class PlainSitemap(Sitemap):
    """The front page and the pages to read below it."""

    def items(self) -> list[str]:
        return [
            "/",
            reverse("help"),
            reverse("learners:apply"),
            reverse("learners:verify"),
            *(page.url for page in PlainPage.objects.live().public() if page.url),
        ]

    def location(self, item: str) -> str:
        return item
