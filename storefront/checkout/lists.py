"""Orders, their refunds and coupons as lists."""

from decimal import Decimal
from typing import Any

from django.contrib.admin import display
from django.contrib.admin.utils import quote
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.views import InspectView

from courses.people import Person
from courses.records.columns import yes_no_column
from courses.records.lists import AskedFirst, Records, RecordsView
from courses.wording.moments import BY_YOUR_CLOCK
from courses.wording.money import format_money
from courses.wording.shares import format_share
from storefront.models import Coupon, Order, OrderStatus, Refund
from storefront.records.columns import money_column
from storefront.records.filters import CurrencyFilter


class OrderButtons(ButtonHelper):
    """Besides looking: give the money back."""

    def get_buttons_for_obj(self, obj: Order, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        buttons = super().get_buttons_for_obj(obj, *args, **kwargs)
        may = self.request.user.has_perm("storefront.add_refund")
        if may and obj.status == OrderStatus.PAID and obj.total:
            buttons.append(
                {
                    "url": reverse("orders:refund", args=[quote(obj.pk)]),
                    "label": pgettext("verb", "Refund"),
                    "classname": "button button-small button-secondary no",
                    "title": pgettext("verb", "Refund order %(number)s") % {"number": obj.number},
                }
            )
        return buttons


class OrderInspectView(InspectView):
    """An order with all that hangs on it, to the last ledger entry."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = Order.objects.with_sums().select_related("buyer").get(pk=self.instance.pk)
        refunds = Refund.objects.filter(payment__order=order).select_related("requested_by")
        return super().get_context_data(
            order=order,
            lines=order.lines.select_related("course", "producer"),
            payments=order.payments.all(),
            refunds=refunds,
            returns=order.return_requests.select_related("decided_by", "refund"),
            entries=order.ledger_entries.select_related("producer"),
            **kwargs,
        )


class OrderAdmin(Records):
    model = Order
    menu_label = _("Orders")
    menu_icon = "list-ul"
    button_helper_class = OrderButtons
    inspect_view_class = OrderInspectView
    list_display = ("number", "what", "buyer_address", "money", "returned", "status", "created_at")
    list_filter = ("status", CurrencyFilter, "created_at", "paid_at")
    # As the receipt says, and as the account is called today.
    search_fields = (
        *("number", "buyer_email", "buyer_name", "buyer__email", "buyer__name", "lines__title"),
    )
    list_select_related = ("buyer",)
    export_filename = "orders"
    list_export = (
        *("number", "status", "what", "buyer_name", "buyer_address", "seller_name", "currency"),
        *("subtotal", "discount", "coupon_code", "coupon_percent", "total", "returned"),
        *("created_at", "paid_at", "refunded_at"),
    )
    money = money_column("total", _("Total"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        return super().get_queryset(request).with_sums().prefetch_related("lines")

    @display(description=_("Course"))
    def what(self, order: Order) -> str:
        return ", ".join(line.title for line in order.lines.all())

    @display(description=_("Buyer"), ordering="buyer__email")
    def buyer_address(self, order: Order) -> str:
        """As the receipt says; before there is one, that of the account."""
        return order.buyer_email or order.buyer.email

    @display(description=pgettext_lazy("money", "Returned"), ordering="currency,went_back")
    def returned(self, order: Order) -> str:
        went_back: Decimal = order.went_back  # type: ignore[attr-defined]
        return format_money(went_back, order.currency) if went_back else ""


class RefundAdmin(Records):
    model = Refund
    menu_label = _("Refunds")
    menu_icon = "rotate"
    list_display = ("order", "money", "status", "reason", "requested_by", "created_at")
    list_filter = ("status", CurrencyFilter, "created_at")
    search_fields = ("payment__order__number", "refund_id", "reason", "payment__payment_intent")
    list_select_related = ("payment__order", "requested_by")
    inspect_view_fields_exclude = ("idempotency_key",)
    export_filename = "refunds"
    list_export = (
        *("order", "status", "amount", "currency", "refund_id", "reason", "requested_by"),
        *("created_at", "completed_at"),
    )
    money = money_column("amount")

    @display(description=_("Order"))
    def order(self, refund: Refund) -> str:
        return refund.payment.order.number


class CouponPermissions(PermissionHelper):
    """A coupon that an order names stays: switch it off instead."""

    def user_can_list(self, user: Person) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))

    def user_can_delete_obj(self, user: Person, obj: Coupon) -> bool:
        return super().user_can_delete_obj(user, obj) and not obj.orders.exists()


class CouponAdmin(AskedFirst):
    model = Coupon
    menu_label = _("Coupons")
    menu_icon = "tag"
    permission_helper_class = CouponPermissions
    index_view_class = RecordsView
    history_view_enabled = False
    list_display = ("code", "percent", "course", "uses", "valid_until", "is_active")
    list_filter = ("active", "percent_off")
    search_fields = ("code", "course__title")
    list_select_related = ("course",)
    list_per_page = 50
    is_active = yes_no_column("active", _("Active"))
    export_filename = "coupons"
    list_export = (
        *("code", "percent_off", "course", "used", "max_uses", "valid_from", "valid_until"),
        "active",
    )
    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("percent_off")]),
        FieldPanel("course"),
        FieldPanel("max_uses"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")])],
            heading=_("When"),
            help_text=BY_YOUR_CLOCK,
        ),
        FieldPanel("active"),
    ]

    @display(description=_("Off"), ordering="percent_off")
    def percent(self, coupon: Coupon) -> str:
        return format_share(coupon.percent_off)

    @display(description=_("Used"), ordering="used")
    def uses(self, coupon: Coupon) -> str:
        if not coupon.max_uses:
            return str(coupon.used)
        return gettext("%(used)d of %(most)d") % {"used": coupon.used, "most": coupon.max_uses}
