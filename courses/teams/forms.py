"""Who is asked to join a team."""

from django import forms
from django.utils.translation import gettext_lazy as _


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_(
            "Whoever has it is asked by mail. On the team they can edit the whole course; they "
            "need to teach here, and are told how."
        ),
    )
