"""Celery looks for tasks here; the rooms hold them."""

from storefront.catalogue.tasks import count_catalogue
from storefront.checkout.tasks import expire_orders, finish_refunds, reduce_old_messages

__all__ = ["count_catalogue", "expire_orders", "finish_refunds", "reduce_old_messages"]
