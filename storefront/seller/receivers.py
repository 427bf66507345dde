"""A changed setting shows on the next page."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from courses.freshness import keys
from courses.freshness.changed import changed
from storefront.models import Seller


@receiver([post_save, post_delete], sender=Seller)
def seller_changed(sender: Any, **kwargs: Any) -> None:
    changed(keys.SETTINGS)
