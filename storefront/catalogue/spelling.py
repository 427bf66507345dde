"""What was meant by words that find nothing: misspelt ones, and two that were written as one.

Words are compared with those of popular courses, which each process remembers. So a word costs
as much as these are, however large the catalogue is; ordinary words never come here.
"""

from collections.abc import Collection, Iterator

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from courses.shapes.searches import cut
from courses.words.folding import fold, spelt_words

from .terms import SHORTEST_PREFIX
from .vocabulary import vocabulary

# In hundredths of letters in common.
CLOSE_ENOUGH = 75
MOST_LIKELY = 20
SHORTEST_PART = 3  # letters of a word that was written on to another
SHORTEST_BEGUN = 4  # letters that have only begun a misspelt word


def did_you_mean(query: str, *, typing: bool = False) -> str:
    """The query with all its misspelt words mended, or empty when nothing is close enough.

    While somebody is ``typing``, the last word may have only begun. One SQL at most, and none while
    this process remembers the words of the catalogue. Pairs of Chinese or Japanese characters are
    no words that could be misspelt.
    """
    known = vocabulary().words
    if not known:
        return ""
    asked = cut(query).casefold()
    mended, end = [], 0
    for start, written, word in spelt_words(asked):
        before, end = end, start + len(written)
        begun = typing and end == len(asked)
        mended += [asked[before:start], _mended(written, word, known, begun=begun)]
    suggestion = "".join([*mended, asked[end:]])
    return "" if fold(suggestion) == fold(asked) else suggestion


def _mended(written: str, word: str, known: dict[str, str], *, begun: bool) -> str:
    if word in known or len(word) < SHORTEST_PREFIX:
        return known.get(word, written)
    if begun and any(other.startswith(word) for other in known):
        return written
    other, mistakes = _closest(word, known.keys())
    if mistakes > 1:  # a space that is missing is one mistake
        parts = _parted(word, known, begun=begun)
        other = " ".join(known.get(part, part) for part in parts) or known.get(other, "")
    else:
        other = known.get(other, "")
    if not other and begun and len(word) >= SHORTEST_BEGUN:
        other, _mistakes = _closest(word, _beginnings(len(word), known))
    return other or written


def _closest(word: str, known: Collection[str]) -> tuple[str, float]:
    """The word of fewest mistakes and how many; of equals the most popular."""
    if turned := next((other for other in _turned(word) if other in known), ""):
        return turned, 1
    likely = process.extract(
        word, known, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=MOST_LIKELY
    )
    found = [(OSA.distance(word, other), -score, place, other) for other, score, place in likely]
    mistakes, _score, _place, other = min(found, default=(float("inf"), 0, 0, ""))
    return other, mistakes


def _turned(word: str) -> Iterator[str]:
    """With two letters the other way round, which is close enough in a short word too."""
    for place in range(len(word) - 1):
        yield f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"


def _parted(word: str, known: dict[str, str], *, begun: bool) -> list[str]:
    """The two words that ``word`` is, most alike in length; none where it is not two."""
    last = 1 if begun else SHORTEST_PART
    parted = [
        [word[:place], word[place:]]
        for place in range(SHORTEST_PART, len(word) - last + 1)
        if word[:place] in known and _ends(word[place:], known, begun=begun)
    ]
    return max(parted, key=lambda parts: min(map(len, parts)), default=[])


def _ends(word: str, known: dict[str, str], *, begun: bool) -> bool:
    return word in known or (begun and any(other.startswith(word) for other in known))


def _beginnings(length: int, known: dict[str, str]) -> Collection[str]:
    return dict.fromkeys(word[:length] for word in known if len(word) > length).keys()
