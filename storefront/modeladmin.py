"""The lists of the shop in the admin, under one entry of the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdminGroup

from storefront.accounting.lists import LedgerEntryAdmin
from storefront.checkout.lists import CouponAdmin, OrderAdmin, RefundAdmin
from storefront.payments.lists import PaymentAdmin, WebhookEventAdmin
from storefront.returns.lists import ReturnRequestAdmin


class Shop(ModelAdminGroup):
    menu_label = _("Shop")
    menu_icon = "table"
    menu_order = 300
    items = (
        OrderAdmin,
        ReturnRequestAdmin,
        PaymentAdmin,
        RefundAdmin,
        LedgerEntryAdmin,
        CouponAdmin,
        WebhookEventAdmin,
    )
