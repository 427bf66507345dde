"""Which script a letter belongs to."""

import unicodedata
from functools import lru_cache

# The beginnings of Unicode's names of letters that are written without spaces between words,
# and whose every character says about as much as a syllable or a word.
IDEOGRAPHIC = frozenset(
    {"CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "BOPOMOFO", "HENTAIGANA"}
)
KANA = frozenset({"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HENTAIGANA"})


@lru_cache(maxsize=65536)
def script_of(character: str) -> str:
    """``LATIN``, ``DEVANAGARI``, ``CJK``: the first word of the name of a letter or mark.

    Python knows no scripts, but Unicode's names of letters begin with them. Half and full
    widths are told as what they are (``ｱ`` is katakana); "" for what has no name.
    """
    name = unicodedata.name(character, "")
    for width in ("FULLWIDTH ", "HALFWIDTH "):
        name = name.removeprefix(width)
    return name.partition(" ")[0]


def is_ideographic(character: str) -> bool:
    """Whether it is Chinese or Japanese writing: Han, kana and what stands among them."""
    return script_of(character) in IDEOGRAPHIC
