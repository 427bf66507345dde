"""How the size of a file, or what is too much of one, is written for a reader."""

import re

from django.template.defaultfilters import filesizeformat

_NOTHING_BEHIND_THE_POINT = re.compile(r"[.,]0(?=\xa0)")


def format_size(size: int) -> str:
    """``84 kB``, ``1.2 MB``, ``5 MB`` from bytes. Django never parts the number from its unit."""
    told = filesizeformat(size).replace("\xa0KB", "\xa0kB")
    return _NOTHING_BEHIND_THE_POINT.sub("", told)
