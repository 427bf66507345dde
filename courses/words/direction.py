"""Which way a language is written."""

from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.core import UnknownLocaleError

Direction = Literal["ltr", "rtl"]


@lru_cache(maxsize=256)
def direction_of(language: str) -> Direction:
    """``rtl`` for ``"ar"``, ``"he"``, ``"fa"`` and their like; ``ltr`` for all others.

    Takes codes with a region or script (``"ar-EG"``, ``"zh-hans"``, ``"az_Arab"``) and says
    ``ltr`` of what is no language. Source: CLDR's character order.
    """
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return "ltr"
    return "rtl" if locale.text_direction == "rtl" else "ltr"
