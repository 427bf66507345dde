"""Who is asked to join a team."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.shapes.addresses import AddressField


class InviteForm(forms.Form):
    email = AddressField(
        label=_("E-mail address"),
        help_text=_(
            "Whoever has it gets a mail and decides. Who does not teach here yet reads in it how "
            "to apply. On the team they can edit the whole course."
        ),
    )
