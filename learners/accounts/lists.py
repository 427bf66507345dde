"""Applications to teach as a list: a name leads to the page where one is decided."""

from datetime import datetime
from typing import Any

from django.contrib.admin import display
from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail_modeladmin.helpers import AdminURLHelper, ButtonHelper

from courses.records.lists import Records, RecordsView
from learners.models import ProducerApplication

from .application_views import decide


class ApplicationAddresses(AdminURLHelper):
    """``applications:index``, and ``applications:decide`` where other rows are edited."""

    names = {"index": "applications:index", "edit": "applications:decide"}

    def get_action_url_name(self, action: str) -> str:
        return self.names[action]


class ApplicationButtons(ButtonHelper):
    """None beside a row: what can be done about it stands on its page."""

    def get_primary_button(self, obj: ProducerApplication) -> dict[str, Any]:
        return {"url": self.url_helper.get_action_url("edit", obj.pk)}


class ApplicationsView(RecordsView):
    page_title = _("Applications to teach")


class ApplicationAdmin(Records):
    model = ProducerApplication
    menu_label = _("Applications")
    menu_icon = "mail"
    menu_order = 250
    url_helper_class = ApplicationAddresses
    button_helper_class = ApplicationButtons
    index_view_class = ApplicationsView
    inspect_view_enabled = False
    list_display = ("who", "address", "status", "sent", "decided_by")
    list_filter = ("status",)
    list_select_related = ("user", "decided_by")
    ordering = ("-created_at", "-pk")

    def get_admin_urls_for_registration(self) -> list[URLResolver]:
        """A list and one page: applications are neither written nor deleted here."""
        addresses = [
            path("", self.index_view, name="index"),
            path("<int:pk>/", decide, name="decide"),
        ]
        return [path("applications/", include((addresses, "applications")))]

    @display(description=_("Who"))
    def who(self, application: ProducerApplication) -> str:
        return application.user.name

    @display(description=_("E-mail"))
    def address(self, application: ProducerApplication) -> str:
        return application.user.email

    @display(description=pgettext_lazy("when", "Sent"), ordering="created_at")
    def sent(self, application: ProducerApplication) -> datetime:
        return application.created_at
