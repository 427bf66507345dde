"""Who joins a team."""

from django import forms
from django.utils.translation import gettext_lazy as _


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Of somebody who already teaches here. They can edit the whole course."),
    )
