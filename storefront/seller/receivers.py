"""A changed setting shows on the next page."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from courses.promises.after_commit import after_commit
from storefront.models import Seller

from .current import forget


@receiver([post_save, post_delete], sender=Seller)
def seller_changed(sender: Any, **kwargs: Any) -> None:
    after_commit(forget)
