"""The ledger as a list."""

from django.utils.translation import gettext_lazy as _

from courses.records.lists import Records
from storefront.models import LedgerEntry
from storefront.records.columns import money_column
from storefront.records.filters import CurrencyFilter


class LedgerEntryAdmin(Records):
    model = LedgerEntry
    menu_label = _("Ledger")
    menu_icon = "doc-full"
    list_display = ("created_at", "account", "money", "memo", "order", "producer")
    list_filter = ("account", CurrencyFilter, "created_at")
    search_fields = ("order__number", "memo", "producer__email", "producer__name")
    list_select_related = ("order", "producer")
    ordering = ("-pk",)
    export_filename = "ledger"
    list_export = (
        *("transaction", "created_at", "account", "amount", "currency", "order", "producer"),
        "memo",
    )
    money = money_column("amount")
