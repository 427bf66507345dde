"""What kept pages hear of the pages that are not courses, and of the site's address."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.freshness import keys
from courses.freshness.changed import changed
from home.models import HomePage, PlainPage


@receiver([page_published, page_unpublished, post_page_move])
def page_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Published, taken back, deleted (which takes it back first) or moved."""
    if issubclass(sender, HomePage | PlainPage):
        changed(keys.page(instance.pk), keys.ADDRESSES)


@receiver([post_save, post_delete], sender=Site)
@receiver([post_save, post_delete], sender=PageViewRestriction)
def site_changed(sender: Any, raw: bool = False, **kwargs: Any) -> None:
    """Where the pages are, and who may see them: rare enough to drop all there are."""
    if not raw:
        changed(keys.SETTINGS)
