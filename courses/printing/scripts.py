"""Which language and direction a text is set in, as far as its letters say.

Chinese characters look different in China, Taiwan, Japan and Korea, and one font draws them all:
it asks for the language. What runs from right to left is told by the first letter, as HTML's
``dir="auto"`` does.
"""

import unicodedata
from dataclasses import dataclass

# By the first word of a letter's name in Unicode: a language of its script.
LANGUAGES = {
    "ARABIC": "ar",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAI": "th",
    "GREEK": "el",
    "CYRILLIC": "ru",
}
# Characters that only one of the two ways of writing has tell which one it is.
SIMPLIFIED, TRADITIONAL, JAPANESE = "gb2312", "big5", "shift_jis"


@dataclass(frozen=True)
class TextSetting:
    """As typst takes it: ``lang``, ``region``, ``dir``."""

    language: str
    region: str | None
    direction: str


def written_in(text: str, *, language: str) -> TextSetting:
    """How ``text`` is set; ``language`` where its letters do not say."""
    letters = [sign for sign in text if unicodedata.category(sign).startswith("L")]
    first = _script(letters[0]) if letters else ""
    direction = "ltr"
    if letters and unicodedata.bidirectional(letters[0]) in {"R", "AL"}:
        direction = "rtl"
    found, region = _east_asian(letters, language)
    return TextSetting(found or LANGUAGES.get(first, language), region, direction)


def _east_asian(letters: list[str], language: str) -> tuple[str, str | None]:
    scripts = {_script(letter) for letter in letters}
    if scripts & {"HIRAGANA", "KATAKANA"}:
        return "ja", "JP"
    if "HANGUL" in scripts:
        return "ko", "KR"
    han = "".join(letter for letter in letters if _script(letter) == "CJK")
    if not han:
        return "", None
    if language in {"ja", "ko"}:
        return language, None
    if _in(SIMPLIFIED, han):
        return "zh", "CN"
    if _in(TRADITIONAL, han):
        return "zh", "TW"
    if _in(JAPANESE, han):
        return "ja", "JP"
    return "zh", "CN"


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0].split("-")[0]


def _in(characters: str, han: str) -> bool:
    try:
        han.encode(characters)
    except UnicodeEncodeError:
        return False
    return True
