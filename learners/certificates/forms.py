"""Checking a certificate by its code."""

from django import forms
from django.utils.translation import gettext_lazy as _


class VerifyForm(forms.Form):
    """The code of a certificate, however it was copied."""

    code = forms.CharField(
        label=_("Code of the certificate"),
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("26 letters and digits below its number. Spaces and dashes do not matter."),
    )
