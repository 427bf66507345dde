"""How long an e-mail address may be that somebody types: as long as the columns that keep one.

Django's form field takes 320 characters and its column 254, so a form that writes no model by
itself lets through what the database then refuses.
"""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models

LONGEST = models.EmailField().max_length or 254


def as_it_is_kept(address: str) -> None:
    """Addresses are kept in small letters, and İ in small is two.

    Of one that is too long as it was typed, the field's own bound has said so.
    """
    if len(address) <= LONGEST:
        MaxLengthValidator(LONGEST)(address.lower())


class AddressField(forms.EmailField):
    def __init__(self, **options: Any) -> None:
        super().__init__(**({"max_length": LONGEST} | options))
        self.validators.append(as_it_is_kept)


def shorten(field: forms.EmailField) -> None:
    """The same for a field that somebody else's form has made."""
    field.max_length = LONGEST
    others = [one for one in field.validators if not isinstance(one, MaxLengthValidator)]
    field.validators = [*others, MaxLengthValidator(LONGEST), as_it_is_kept]
    field.widget.attrs["maxlength"] = str(LONGEST)
