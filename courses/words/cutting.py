"""Where a text may end: never within a letter, and where it is shown, where a line may end."""

from itertools import accumulate

from .segments import letters, sentences, unbreakable

MORE = "…"


def clip(text: str, most: int) -> str:
    """The beginning of ``text`` that fits ``most`` code points, as fields count; whole letters.

    A letter with its marks, or a family of emoji, is in it or not; only one that would not fit
    by itself is cut.
    """
    if len(text) <= most:
        return text
    ends = accumulate(len(letter) for letter in letters(text[: most + 1]))
    # The letter that the cut goes through, or might go on behind it, is left out.
    return text[: max((end for end in ends if end <= most), default=most)]


def shorten(text: str, most: int) -> str:
    """``text``, or its beginning and "…", ``most`` code points together at most.

    Ends where a line may end (after a word; in Chinese, Japanese and Thai by their own rules),
    unless that would lose half of what fits: then after a letter.
    """
    if len(text) <= most:
        return text
    room = most - len(MORE)
    ends = accumulate(len(piece) for piece in unbreakable(text[: most + 1]))
    end = max((end for end in ends if len(text[:end].rstrip()) <= room), default=0)
    kept = text[:end].rstrip() if end > room // 2 else clip(text, room)
    return kept.rstrip() + MORE


def whole_sentences(text: str, most: int) -> str:
    """The sentences of ``text`` that fit ``most`` code points; "" when not even the first does."""
    text = text.strip()
    ends = accumulate(len(sentence) for sentence in sentences(text))
    fitting = (end for end in ends if len(text[:end].rstrip()) <= most)
    return text[: max(fitting, default=0)].rstrip()
