"""A person's name, as it is typed at sign-up and printed on certificates."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LONGEST = 120
# Mails carry names, and a name with an address in it is how forms are used to send spam.
ADDRESS = re.compile(r"[/\\@<>]|www\.|https?:", re.IGNORECASE)


def clean_name(text: str) -> str:
    """The name in one spelling: composed letters, single spaces, nothing invisible.

    Raises ValidationError, in words for the person, when it holds no letter or an address.
    """
    composed = unicodedata.normalize("NFC", text or "")
    # Cc and Cf: controls, and marks that turn the direction of what follows them. The two
    # joiners stay: Persian and Hindi names are spelt with them.
    visible = "".join(
        " " if character.isspace() else character
        for character in composed
        if character.isspace()
        or character in "\u200c\u200d"
        or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cn"}
    )
    name = " ".join(visible.split())
    if not any(character.isalpha() for character in name):
        raise ValidationError(_("Enter your name."), code="name_missing")
    if ADDRESS.search(name):
        raise ValidationError(
            _("A name has no slashes, no @ and no addresses in it."), code="name_with_address"
        )
    if len(name) > LONGEST:
        raise ValidationError(
            ngettext("Keep it to %(most)d character.", "Keep it to %(most)d characters.", LONGEST)
            % {"most": LONGEST},
            code="name_too_long",
        )
    return name
