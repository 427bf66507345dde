"""Payments and Stripe's messages as lists."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courses.records.lists import Records
from storefront.models import Payment, WebhookEvent
from storefront.records.columns import money_column
from storefront.records.filters import CurrencyFilter


class PaymentAdmin(Records):
    model = Payment
    menu_label = _("Payments")
    menu_icon = "success"
    list_display = ("order", "money", "status", "payment_intent", "created_at", "paid_at")
    list_filter = ("status", CurrencyFilter, "created_at")
    search_fields = ("order__number", "session_id", "payment_intent", "order__buyer__email")
    list_select_related = ("order",)
    inspect_view_fields_exclude = ("idempotency_key", "checkout_url")
    export_filename = "payments"
    list_export = (
        *("order", "status", "amount", "currency", "session_id", "payment_intent"),
        *("created_at", "paid_at"),
    )
    money = money_column("amount")


class TypeFilter(SimpleListFilter):
    """Types among the latest messages: those of all would be read from every row."""

    title = _("type")
    parameter_name = "type"
    LATEST = 1000

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        latest = WebhookEvent.objects.order_by("-pk").values("type")[: self.LATEST]
        types = {message["type"] for message in latest} | {self.value() or ""}
        return [(name, name) for name in sorted(types) if name]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[WebhookEvent]
    ) -> QuerySet[WebhookEvent]:
        return queryset.filter(type=self.value()) if self.value() else queryset


class WebhookEventAdmin(Records):
    model = WebhookEvent
    menu_label = _("Stripe messages")
    menu_icon = "mail"
    list_display = ("type", "event_id", "status", "attempts", "error", "received_at")
    list_filter = ("status", TypeFilter, "received_at")
    search_fields = ("event_id", "error")
    export_filename = "stripe-messages"
    list_export = (
        *("event_id", "type", "status", "attempts", "error", "received_at", "handled_at"),
    )
