"""Letters as readers count them, and words as they know them.

ICU finds both by Unicode's rules (UAX 29), and words of Thai, Lao, Khmer, Burmese, Chinese and
Japanese by its dictionaries. Names of the trade that those rules take apart stay whole here:
C#, C++, .NET, R&D, A/B.

A text costs about a microsecond a letter. The language is never asked: the letters tell the
dictionary, and a word must be the same for a course and for whoever searches it.
"""

import re
from collections.abc import Iterator

from icu4py.breakers import (
    BaseBreaker,
    CharacterBreaker,
    LineBreaker,
    SentenceBreaker,
    WordBreaker,
)
from icu4py.locale import Locale

# Full-width letters and signs, as they stand in Japanese, as the plain ones: Ｃ＋＋.
_PLAIN_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
# In no language: the rules that all have in common.
ANY_LANGUAGE = Locale("root")
_HALF_OF_A_PAIR = re.compile(r"[\ud800-\udfff]")

# A letter or number stands neither before nor after, so that nothing is torn from a word; one
# of another script may, since Japanese and Thai put no space there.
_ALONE, _ENDS = r"(?<![a-z0-9à-ɏ])", r"(?![a-z0-9à-ɏ+#])"
KEPT = re.compile(
    rf"""
      {_ALONE} [a-z] (?:\#|♯) {_ENDS}             # C#, F#, F♯
    | {_ALONE} [a-z][a-z0-9]{{0,15}} \+\+ [0-9]{{0,2}} {_ENDS}  # C++, C++17, Notepad++
    | (?<![^\W_]|[.+\#/]) \. [a-z][a-z0-9]{{1,15}} {_ENDS} (?!\.[a-z])  # .NET, .io
    | {_ALONE} [a-z] (?:[&/][a-z])+ {_ENDS}       # R&D, Q&A, A/B
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Most lines of most courses: English letters, figures, and signs that end a word wherever they
# stand, or before a space. What ``KEPT`` finds has others.
_NOT_SIMPLE = re.compile(r"[^A-Za-z0-9 \-!?(),;:.]|[,;:.](?=[A-Za-z0-9])")
_SIMPLE_WORD = re.compile(r"[A-Za-z0-9]+")


def letters(text: str) -> list[str]:
    """What readers take for one letter each: ``"कुमार"`` gives ``["कु", "मा", "र"]``.

    Grapheme clusters: a letter with its marks, a flag, a family of emoji.
    """
    return list(_pieces(CharacterBreaker, text))


def words(text: str) -> list[str]:
    """The words of ``text`` as they are written, signs and spaces left out."""
    return [word for _start, word in placed_words(text)]


def placed_words(text: str) -> Iterator[tuple[int, str]]:
    """(where it begins, word) of all words of ``text``."""
    if is_simple(text):
        for found in _SIMPLE_WORD.finditer(text):
            yield found.start(), found[0]
        return
    end = 0
    for kept in KEPT.finditer(text.translate(_PLAIN_WIDTH)):
        yield from _plain_words(text[end : kept.start()], end)
        yield kept.start(), text[kept.start() : kept.end()]
        end = kept.end()
    yield from _plain_words(text[end:], end)


def is_simple(text: str) -> bool:
    """Whether it holds English letters, figures and plain signs alone."""
    return not _NOT_SIMPLE.search(text)


def count_simple(text: str) -> int:
    """How many words ``text`` has, which ``is_simple``."""
    return len(_SIMPLE_WORD.findall(text))


def first_words(text: str, most: int) -> str:
    """``text`` up to the end of its word number ``most``; all of it when it has no more."""
    end = 0
    for number, (start, word) in enumerate(placed_words(text), start=1):
        if number > most:
            return text[:end]
        end = start + len(word)
    return text


def unbreakable(text: str) -> list[str]:
    """The pieces of ``text`` between the places where a line may end, all of it.

    ``"wide-open sky"`` gives ``["wide-", "open ", "sky"]``; Thai its words, Chinese and Japanese
    single characters with the signs that may not be parted from them.
    """
    return list(_pieces(LineBreaker, text))


def sentences(text: str) -> list[str]:
    """The sentences of ``text`` with what stands behind them, all of it."""
    return list(_pieces(SentenceBreaker, text))


def _plain_words(text: str, start: int) -> Iterator[tuple[int, str]]:
    for piece in _pieces(WordBreaker, text):
        if any(character.isalnum() for character in piece):
            yield start, piece
        start += len(piece)


def _pieces(kind: type[BaseBreaker], text: str) -> Iterator[str]:
    # What is no character at all (half of a pair) can be in a text that was sent to us.
    return iter(kind(_HALF_OF_A_PAIR.sub("\ufffd", text), ANY_LANGUAGE))
