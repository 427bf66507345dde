"""Lists of rows that wait for a decision: each leads to the page where it is decided."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.urls import URLResolver, include, path
from wagtail_modeladmin.helpers import AdminURLHelper, ButtonHelper

from .lists import Records


class DecisionAddresses(AdminURLHelper):
    """``<namespace>:index``, and ``<namespace>:decide`` where other rows are edited."""

    namespace = ""
    names = {"index": "index", "edit": "decide"}

    def get_action_url_name(self, action: str) -> str:
        return f"{self.namespace}:{self.names[action]}"


class DecisionButtons(ButtonHelper):
    """None beside a row: what can be done about it stands on its page."""

    def get_primary_button(self, obj: Model) -> dict[str, Any]:
        return {"url": self.url_helper.get_action_url("edit", obj.pk)}


class Decisions(Records):
    """``url_helper_class`` names the namespace, ``admin_path`` where it stands, ``decide_view`` the
    page of a row, which gets its ``pk``. Rows are neither written nor deleted here."""

    button_helper_class = DecisionButtons
    inspect_view_enabled = False
    admin_path = ""
    decide_view: Callable[..., HttpResponse]

    def get_admin_urls_for_registration(self) -> tuple[URLResolver, ...]:
        namespace = self.url_helper_class.namespace
        addresses = [
            path("", self.index_view, name="index"),
            path("<int:pk>/", type(self).decide_view, name="decide"),
        ]
        return (path(self.admin_path, include((addresses, namespace))),)
