"""Celery looks for tasks here; the rooms hold them."""

from storefront.checkout.tasks import expire_orders, finish_refunds, reduce_old_messages

__all__ = ["expire_orders", "finish_refunds", "reduce_old_messages"]
