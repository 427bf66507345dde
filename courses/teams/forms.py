"""Who joins a team."""

from django import forms


class InviteForm(forms.Form):
    email = forms.EmailField(
        label="E-mail address",
        help_text="Of somebody who already teaches here. They can edit the whole course.",
    )
