"""What accounting adds to the editor: a producer's own sales."""

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .sales import SalesView, sells


@hooks.register("register_admin_urls")
def sales_urls():
    patterns = [
        path("", SalesView.as_view(), name="sales"),
        path("results/", SalesView.as_view(results_only=True), name="sales_results"),
    ]
    return [path("shop/sales/", include((patterns, "accounting"), namespace="accounting"))]


class SalesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest):
        return sells(request.user)


@hooks.register("register_admin_menu_item")
def my_sales_item():
    return SalesMenuItem(
        "My sales", reverse("accounting:sales"), name="my-sales", icon_name="table", order=60
    )
