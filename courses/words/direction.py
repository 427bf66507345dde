"""Which way a language is written."""

import unicodedata
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.core import UnknownLocaleError
from django.conf import settings

Direction = Literal["ltr", "rtl"]

# Unicode's signs for "what follows has a direction of its own" and for its end (UAX 9).
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
_RUNS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def direction_of(language: str) -> Direction:
    """``rtl`` for ``"ar"``, ``"he"``, ``"fa"`` and their like; ``ltr`` for all others.

    Takes codes with a region or script (``"ar-EG"``, ``"zh-hans"``, ``"az_Arab"``) and says
    ``ltr`` of what is no language. CLDR's character order says so, and for languages that the
    interface is set in, Django's setting, so that both are always at one.
    """
    if language.partition("-")[0] in settings.LANGUAGES_BIDI:
        return "rtl"
    return _in_cldr(language)


@lru_cache(maxsize=256)
def _in_cldr(language: str) -> Direction:
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return "ltr"
    return "rtl" if locale.text_direction == "rtl" else "ltr"


def isolated(text: str, *, within: Direction) -> str:
    """``text`` fit to stand in a plain sentence that runs ``within``: a mail, a title, a label.

    Signs that cannot be seen part it from the sentence where one of its letters runs the other
    way; else quotes, numbers and full stops around it would change places. In HTML, ``<bdi>``
    does it.
    """
    if all(_RUNS.get(unicodedata.bidirectional(letter), within) == within for letter in text):
        return text
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
