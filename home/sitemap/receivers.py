"""What the sitemap hears of: courses in the shop, and pages beside them."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from home.models import HomePage, PlainPage
from storefront.models import CatalogueEntry

from .building import promise_sitemap


@receiver([post_save, post_delete], sender=CatalogueEntry)
@receiver([post_save, post_delete], sender=PageViewRestriction)
def address_changed(sender: Any, raw: bool = False, **kwargs: Any) -> None:
    """A course is sold, changed, archived or brought back; a page is closed or opened."""
    if not raw:
        promise_sitemap()


@receiver([page_published, page_unpublished, post_page_move])
def page_changed(sender: type[Page], **kwargs: Any) -> None:
    if issubclass(sender, HomePage | PlainPage):
        promise_sitemap()
