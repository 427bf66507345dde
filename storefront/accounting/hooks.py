"""What accounting adds to the editor: a producer's own sales."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from courses.people import signed_in

from .sales import SalesView, sells


@hooks.register("register_admin_urls")
def sales_urls() -> list[URLResolver]:
    patterns = [
        path("", SalesView.as_view(), name="sales"),
        path("results/", SalesView.as_view(results_only=True), name="sales_results"),
    ]
    return [path("shop/sales/", include((patterns, "accounting"), namespace="accounting"))]


class SalesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sells(signed_in(request))


@hooks.register("register_admin_menu_item")
def my_sales_item() -> MenuItem:
    return SalesMenuItem(
        _("My sales"), reverse("accounting:sales"), name="my-sales", icon_name="table", order=60
    )
