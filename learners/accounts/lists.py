"""Applications to teach as a list: a name leads to the page where one is decided."""

from django.contrib.admin import display
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.records.columns import moment_column
from courses.records.decisions import DecisionAddresses, Decisions
from courses.records.lists import RecordsView
from learners.models import ProducerApplication

from .application_views import decide


class ApplicationAddresses(DecisionAddresses):
    namespace = "applications"


class ApplicationsView(RecordsView):
    page_title = _("Applications to teach")


class ApplicationAdmin(Decisions):
    model = ProducerApplication
    menu_label = _("Applications")
    menu_icon = "mail"
    menu_order = 250
    url_helper_class = ApplicationAddresses
    admin_path = "applications/"
    decide_view = decide
    index_view_class = ApplicationsView
    list_display = ("who", "address", "status", "sent", "decided_by")
    list_filter = ("status",)
    list_select_related = ("user", "decided_by")
    ordering = ("-created_at", "-pk")
    sent = moment_column("created_at", pgettext_lazy("when", "Sent"))

    @display(description=_("Who"))
    def who(self, application: ProducerApplication) -> str:
        return application.user.name

    @display(description=_("E-mail"))
    def address(self, application: ProducerApplication) -> str:
        return application.user.email
