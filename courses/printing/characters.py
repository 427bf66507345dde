"""Which characters can be printed: those that a font of ours has."""

import unicodedata
from bisect import bisect_right
from functools import cache

from django.utils.translation import ngettext

from .faces import COVERAGE

# Stands for a character that cannot be printed, so that nobody takes the rest for the whole.
SUBSTITUTE = "□"
# Signs for the shaping of their neighbours, which are never drawn themselves.
_SHAPING = {"Cf", "Zl", "Zp", "Zs", "Cc"}
_VARIATIONS = range(0xFE00, 0xFE10)


def unprintable(text: str) -> list[str]:
    """The characters of ``text`` that no font of ours has, each once, as they come."""
    return list(dict.fromkeys(sign for sign in text if not _can_be_printed(sign)))


def printable(text: str) -> str:
    """``text`` with a visible sign where a character cannot be printed."""
    return "".join(sign if _can_be_printed(sign) else SUBSTITUTE for sign in text)


def unprintable_words(text: str) -> str:
    """What to tell whoever wrote ``text``: which characters cannot be printed; else nothing."""
    found = unprintable(text)
    if not found:
        return ""
    return ngettext(
        "This character cannot be printed on a certificate: %(characters)s. Please write it "
        "another way.",
        "These characters cannot be printed on a certificate: %(characters)s. Please write them "
        "another way.",
        len(found),
    ) % {"characters": ", ".join(_told(sign) for sign in found[:10])}


def _told(sign: str) -> str:
    """The character, and its number for whoever has no font for it either: ``𒀀 (U+12000)``."""
    return f"{sign} (U+{ord(sign):04X})"


def _can_be_printed(sign: str) -> bool:
    code = ord(sign)
    if unicodedata.category(sign) in _SHAPING or code in _VARIATIONS:
        return True
    firsts, lasts = _coverage()
    place = bisect_right(firsts, code) - 1
    return place >= 0 and code <= lasts[place]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    """The first and the last characters of what our fonts hold, range by range."""
    ranges = [line.split("-") for line in COVERAGE.read_text().split()]
    return [int(first, 16) for first, _last in ranges], [int(last, 16) for _first, last in ranges]
