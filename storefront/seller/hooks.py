"""The seller's settings in the admin, under Settings."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.registry import registry

from storefront.models import Seller

Seller.panels = [
    MultiFieldPanel(
        [
            FieldPanel("name"),
            FieldPanel("address"),
            FieldRowPanel([FieldPanel("tax_number"), FieldPanel("contact_email")]),
        ],
        heading=_("Who sells"),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("return_days"), FieldPanel("return_below_percent")])],
        heading=_("Returns"),
    ),
]
registry.register(Seller, icon="clipboard-list", order=10)
