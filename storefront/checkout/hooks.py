"""What checkout adds to the admin: an order is refunded here, and the log says so."""

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from .views.refund import refund


@hooks.register("register_admin_urls")
def order_urls() -> list[URLResolver]:
    patterns = [path("<uuid:order_id>/refund/", refund, name="refund")]
    return [path("shop/orders/", include((patterns, "orders"), namespace="orders"))]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("storefront.refund", _("Refund an order"), _("Order refunded"))
