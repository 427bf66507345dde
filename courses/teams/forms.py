"""Who is asked to join a team."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.shapes.addresses import AddressField


class InviteForm(forms.Form):
    email = AddressField(
        label=_("E-mail address"),
        help_text=_(
            "Of whoever is to write the course with you. They get a mail, and join when they say "
            "yes; then they can edit the whole course. Somebody who does not teach here yet reads "
            "in the mail how to apply first."
        ),
    )
