"""Checking a certificate by its code."""

from django import forms


class VerifyForm(forms.Form):
    """The code of a certificate, however it was copied."""

    code = forms.CharField(
        label="Code of the certificate",
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text="26 letters and digits below its number. Spaces and dashes do not matter.",
    )
