"""What exports add to the editor: their addresses, and the way to them."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from courses.isolation.policies import group_page_actions
from courses.models.team import may_teach

from . import views


@hooks.register("register_admin_urls")
def exports_urls() -> list[URLResolver]:
    patterns = [
        path("", views.index, name="index"),
        path("<uuid:key>/", views.file, name="file"),
        path("<uuid:key>/remove/", views.remove, name="remove"),
    ]
    return [path("exports/", include((patterns, "exports"), namespace="exports"))]


class ExportsMenuItem(MenuItem):
    """For those who have lists. Whether there is an export is not asked: every page has a menu."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_teach(request.user) or bool(group_page_actions(request.user))


@hooks.register("register_admin_menu_item")
def exports_item() -> MenuItem:
    return ExportsMenuItem(
        _("Your exports"),
        reverse("exports:index"),
        name="exports",
        icon_name="download",
        order=9000,
    )
