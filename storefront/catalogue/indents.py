"""HTML without what its templates are written with."""

import re

from django.utils.safestring import SafeString, mark_safe

INDENTS = re.compile(r"\n[ \t\n]+")


def unindented(html: SafeString) -> SafeString:
    """A third of three hundred lessons, which would be compressed for each reader.

    For pages on which no text is set as it was typed.
    """
    return mark_safe(INDENTS.sub("\n", html))
