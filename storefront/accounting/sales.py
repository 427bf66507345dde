"""What a producer sells, and how every cent of it was divided.

Wagtail's own report and no modeladmin list: its rows belong to a person and not to whoever holds
a permission, most of its columns are sums or stand in the order, and above them stands what was
earned. As ``Records`` it would need a permission helper, a view, a template and each heading once
more, and would lose the report's way with dates and with an empty list.
"""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from courses.isolation.standing import standing_of
from courses.models.team import may_teach
from courses.people import Person, signed_in
from courses.records.exports import heading_of
from courses.wording.money import format_money
from storefront.models import Account, LedgerEntry, OrderLine, OrderStatus

SOLD = (OrderStatus.PAID, OrderStatus.REFUNDED)
MONEY = DecimalField(max_digits=12, decimal_places=2)


def sales_of(user: Person) -> QuerySet[OrderLine]:
    """Lines of paid orders whose share is this person's, newest first.

    That is whoever led the course when it was bought, and nobody else: a co-instructor sees
    no money, a former lead keeps what was theirs, a new one begins with their first sale.

    ``fee`` is what the platform keeps of a line, ``kept`` what the producer still has of
    their share after refunds, as the ledger says.
    """
    held = (
        LedgerEntry.objects.filter(
            order=OuterRef("order"), account=Account.PRODUCER, producer=OuterRef("producer")
        )
        .order_by()
        .values("order")
        .annotate(sum=-Sum("amount"))
        .values("sum")
    )
    return (
        OrderLine.objects.filter(
            producer=user,
            order__status__in=SOLD,
            order__paid_at__isnull=False,  # without it the money bought nothing
        )
        .select_related("order")
        .annotate(
            fee=F("total") - F("tax") - F("share"),
            kept=Coalesce(Subquery(held, output_field=MONEY), Decimal(0), output_field=MONEY),
        )
        .order_by("-order__paid_at", "-pk")
    )


def earned_by(user: Person) -> list[str]:
    """What a person has earned so far, one amount per currency: ``["€84.15", "$20.00"]``."""
    sums = (
        LedgerEntry.objects.filter(account=Account.PRODUCER, producer=user)
        .order_by("currency")
        .values_list("currency")
        .annotate(sum=-Sum("amount"))
    )
    return [format_money(amount, currency) for currency, amount in sums if amount]


class LabelledColumn(Column):
    """On a phone a sale is a card, and each of its cells says of itself what it is."""

    cell_template_name = "storefront/accounting/cell.html"


class LabelledDateColumn(DateColumn):
    cell_template_name = "storefront/accounting/date_cell.html"


class MoneyColumn(LabelledColumn):
    def get_value(self, instance: OrderLine) -> str:
        return format_money(super().get_value(instance), instance.order.currency)


class SalesView(ReportView):
    """My sales: price, discount, what was paid, the fee, the share, and what is left of it."""

    page_title = _("My sales")
    header_icon = "table"
    template_name = "storefront/accounting/sales.html"
    results_template_name = "storefront/accounting/sales_results.html"
    index_url_name = "accounting:sales"
    index_results_url_name = "accounting:sales_results"
    model = OrderLine
    paginate_by = 50
    columns = [
        LabelledDateColumn("order.paid_at", label=_("Sold"), width="12%"),
        LabelledColumn("title", label=_("Course"), classname="sold-title"),
        LabelledColumn("order.number", label=_("Order")),
        MoneyColumn("price", label=_("Price")),
        MoneyColumn("discount", label=_("Discount")),
        MoneyColumn("total", label=_("Paid")),
        MoneyColumn("fee", label=_("Fee")),
        MoneyColumn("share", label=_("Your share")),
        MoneyColumn("kept", label=_("Kept")),
        LabelledColumn("order.get_status_display", label=_("State")),
    ]
    export_filename = "my-sales"
    list_export = [
        *("order.paid_at", "order.number", "title", "order.currency", "price", "discount"),
        *("total", "tax", "fee", "share", "kept", "order.status"),
    ]
    export_headings = {
        "order.paid_at": _("Sold"),
        "order.number": _("Order"),
        "title": _("Course"),
        "order.currency": _("Currency"),
        "price": _("Price"),
        "discount": _("Discount"),
        "total": _("Paid"),
        "tax": _("Tax"),
        "fee": _("Fee"),
        "kept": _("Kept"),
        "share": _("Your share"),
        "order.status": _("State"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not sells(signed_in(request)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_heading(self, queryset: QuerySet[OrderLine], field: str) -> str:
        return heading_of(self.model, field, super().get_heading(queryset, field))

    def get_base_queryset(self) -> QuerySet[OrderLine]:
        return sales_of(self.request.user)

    def get_queryset(self) -> QuerySet[OrderLine]:
        return sales_of(self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(earned=earned_by(self.request.user), **kwargs)


def sells(user: Person) -> bool:
    """Whether there is anything for this person to see here: they lead a course, or once did."""
    return may_teach(user) and (
        standing_of(user).leads or OrderLine.objects.filter(producer=user).exists()
    )
