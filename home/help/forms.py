"""The form of the help page, for whoever is signed in and whoever is not."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.people import Person
from courses.shapes.addresses import AddressField
from courses.wording.moments import format_day
from home.models.inquiries import LONGEST
from storefront.models import Order

# More would be a list to scroll through; older ones can be named in the message.
ORDERS = 50


class InquiryForm(forms.Form):
    """``key`` travels with the form: see ``send_inquiry``."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What happened, and where? The address of the page helps."),
    )


class VisitorForm(InquiryForm):
    """Whoever is not signed in says where an answer should go."""

    email = AddressField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We answer there."),
    )
    field_order = ["email", "text", "key"]


class OrderChoice(forms.ModelChoiceField):
    def label_from_instance(self, order: Order) -> str:
        titles = ", ".join(line.title for line in order.lines.all())
        return " · ".join([order.number, titles, format_day(order.created_at)])


class MemberForm(InquiryForm):
    """Whoever is signed in may name one of their own orders, by its number."""

    order = OrderChoice(
        label=_("Is it about an order?"),
        queryset=Order.objects.none(),
        to_field_name="number",
        required=False,
        empty_label=_("No"),
    )
    field_order = ["order", "text", "key"]

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = Order.objects.filter(buyer=user).values("pk")[:ORDERS]
        mine = Order.objects.filter(pk__in=newest).prefetch_related("lines")
        choice = self.fields["order"]
        assert isinstance(choice, OrderChoice)
        choice.queryset = mine
        if not mine:
            del self.fields["order"]
