"""What a reviewer says with a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ApproveForm(forms.Form):
    comment = forms.CharField(
        required=False,
        max_length=2000,
        label=_("A word to the team, if you like"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ChangesForm(forms.Form):
    note = forms.CharField(
        max_length=5000,
        label=_("What should change"),
        help_text=_("The whole team reads this in the editor and by mail."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say what should change: the team reads your words.")},
    )
