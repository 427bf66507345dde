"""What the shop adds to Wagtail's admin. Wagtail finds hooks in this module only."""

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import modeladmin_register

from .accounting.sales import SalesView, sells
from .checkout.views.refund import refund
from .modeladmin import Shop

modeladmin_register(Shop)


@hooks.register("register_admin_urls")
def desk_urls():
    patterns = [
        path("orders/<uuid:order_id>/refund/", refund, name="refund"),
        path("sales/", SalesView.as_view(), name="sales"),
        path("sales/results/", SalesView.as_view(results_only=True), name="sales_results"),
    ]
    return [path("shop/", include((patterns, "storefront_desk"), namespace="storefront_desk"))]


class SalesMenuItem(MenuItem):
    def is_shown(self, request):
        return sells(request.user)


@hooks.register("register_admin_menu_item")
def my_sales_item():
    return SalesMenuItem(
        "My sales", reverse("storefront_desk:sales"), name="my-sales", icon_name="table", order=60
    )


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("storefront.refund", "Refund an order", "Order refunded")
