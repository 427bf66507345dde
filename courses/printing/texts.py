"""A text as ``printing.typ`` takes it: its words, and how they are set."""

import unicodedata
from typing import Any

from .characters import printable
from .scripts import written_in

# Their letters stay within the lines; others have marks above and below.
_LOW = ("LATIN", "GREEK", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "HEBREW")


def told(text: str, *, language: str) -> dict[str, Any]:
    """``language`` is that of the page, for a text whose letters do not say."""
    written = written_in(text, language=language)
    return {
        "words": printable(text),
        "language": written.language,
        "region": written.region,
        "direction": written.direction,
        "tall": any(
            sign.isalpha() and not unicodedata.name(sign, "LATIN").startswith(_LOW) for sign in text
        ),
    }
