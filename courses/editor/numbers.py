"""Numbers in the forms of the studio: typed as people write them, and never changed by a browser.

A field of the type “number” drops what it does not know: somebody who types “24,50” into one has
asked for 2450. So these are fields of text, which bring up digits on a phone, and the server reads
them: a sum in every way that people write one, anything else as a whole number or not at all.
"""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import DecimalField, TextInput
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import register_form_field_override

from courses.wording.money import read_money


class MoneyInput(TextInput):
    """A sum, as the language writes it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return number_format(value, decimal_pos=2, use_l10n=True)
        return super().format_value(value)


class MoneyField(DecimalField):
    """A sum; what cannot be told is given back as it was typed."""

    widget = MoneyInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            try:
                return read_money(value)
            except ValueError:
                raise ValidationError(
                    _("This cannot be read as a sum. Write it like 24.50 or 24,50."),
                    code="invalid",
                ) from None
        return super().to_python(value)


def read_numbers_as_they_are_written() -> None:
    """In every form that Wagtail makes for a model."""
    register_form_field_override(models.DecimalField, override={"form_class": MoneyField})
    register_form_field_override(
        models.IntegerField, override={"widget": TextInput(attrs={"inputmode": "numeric"})}
    )
