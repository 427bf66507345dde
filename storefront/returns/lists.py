"""Returns as a list: a buyer's name leads to the page where one is decided."""

from django.contrib.admin import display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.records.columns import moment_column
from courses.records.decisions import DecisionAddresses, Decisions
from courses.records.lists import RecordsView
from courses.wording.money import format_money
from courses.wording.shares import format_share
from storefront.models import ReturnRequest

from .decision_views import decide


class ReturnAddresses(DecisionAddresses):
    namespace = "returns"


class ReturnsView(RecordsView):
    page_title = _("Returns")


class ReturnRequestAdmin(Decisions):
    model = ReturnRequest
    menu_label = _("Returns")
    menu_icon = "resubmit"
    url_helper_class = ReturnAddresses
    admin_path = "shop/returns/"
    decide_view = decide
    index_view_class = ReturnsView
    list_display = ("buyer", "status", "course", "money", "studied", "asked", "decided")
    list_filter = ("status", "created_at")
    search_fields = ("order__number", "asked_by__email", "asked_by__name", "order__lines__title")
    list_select_related = ("order", "asked_by", "decided_by", "refund")
    # Backwards by its name: waiting, granted, declined.
    ordering = ("-status", "-created_at", "-pk")
    export_filename = "returns"
    list_export = (
        *("number", "buyer", "email", "course", "status", "studied_percent", "words", "answer"),
        *("decided", "created_at", "decided_at"),
    )
    asked = moment_column("created_at", pgettext_lazy("when", "Asked"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReturnRequest]:
        return super().get_queryset(request).prefetch_related("order__lines")

    @display(description=_("Buyer"), ordering="asked_by__name")
    def buyer(self, asked: ReturnRequest) -> str:
        return asked.asked_by.get_full_name()

    @display(description=_("E-mail"))
    def email(self, asked: ReturnRequest) -> str:
        return asked.asked_by.email

    @display(description=_("Order"))
    def number(self, asked: ReturnRequest) -> str:
        return asked.order.number

    @display(description=_("Course"))
    def course(self, asked: ReturnRequest) -> str:
        return ", ".join(line.title for line in asked.order.lines.all())

    @display(description=_("Paid"), ordering="order__currency,order__total")
    def money(self, asked: ReturnRequest) -> str:
        return format_money(asked.order.total, asked.order.currency)

    @display(description=_("Studied"), ordering="studied_percent")
    def studied(self, asked: ReturnRequest) -> str:
        return format_share(asked.studied_percent)

    @display(description=pgettext_lazy("who", "Decided by"))
    def decided(self, asked: ReturnRequest) -> str:
        return asked.who_decided
