"""A person's name, as it is typed at sign-up and printed on certificates."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.printing import unprintable_words

LONGEST = 120
# Mails carry names, and a name with an address in it is how forms are used to send spam. A slash
# alone is none: "A/L", "s/o" and "d/o" (child of) stand in passports.
ADDRESS = re.compile(
    r"""
      [\\@<>]       # of mail, and of markup
    | www\. | :// | \bhttps?:
    | [.。．｡][\w-]{2,}[.。．｡]?[:/]  # the end of a domain, and a place there
    | \d\.\d         # of a machine
    | //
    """,
    re.IGNORECASE | re.VERBOSE,
)


def clean_name(text: str) -> str:
    """The name in one spelling: composed letters, single spaces, nothing invisible.

    Raises ValidationError, in words for the person, when it holds no letter, an address, or what
    no certificate could show.
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
            _("A name has no @, no angle brackets and no addresses in it."),
            code="name_with_address",
        )
    if len(name) > LONGEST:
        raise ValidationError(
            ngettext("Keep it to %(most)d character.", "Keep it to %(most)d characters.", LONGEST)
            % {"most": LONGEST},
            code="name_too_long",
        )
    if words := unprintable_words(name):
        raise ValidationError(words, code="name_unprintable")
    return name
