"""What is made of a person's name: initials, how they are greeted, what strangers read.

A name is never taken for first and last: it is its parts, in the order its owner wrote.
Initials are the first letters of the first and the last part: particles (van der, de la, bin)
stand between and need no list. What is left out is told by its form, in any language:

- a part that ends with a full stop and has more letters than one is a title or a suffix (Dr.,
  Prof., Jr.), and so is what follows a comma (PhD);
- an article in small letters before a hyphen or an apostrophe (al-Farsi, d'Alembert), and the
  Arabic ال that is written on to its word;
- a Thai or Lao vowel sign that is written before its consonant: alone it is no letter, and
  abbreviations of names begin with the consonant.

Two initials where a script has capitals, which say by themselves that they are no word. In any
other (Arabic, Hebrew, Hindi, Thai, Chinese …) two letters side by side read as a word or as
somebody else's name, so there is one. A letter is whole, with all its marks.
"""

import re

from .scripts import script_of
from .segments import letters

NOBODY = "·"
# Scripts whose names are written in one piece, the family's first.
IN_ONE_PIECE = frozenset({"CJK", "IDEOGRAPHIC", "HANGUL"})
VOWELS_BEFORE = frozenset("เแโใไເແໂໃໄ")
ARTICLE = re.compile(r"^(?:[a-zà-ž]{1,3}[-‐'’]|ال(?=\w{3}))")


def initials(name: str) -> str:
    """``Noor Brandt-Adeyo`` is ``NB``, ``Dr. Ludwig van Beethoven`` ``LB``, ``山田太郎`` ``山``."""
    parts = _parts(name)
    first = _initial(parts[0]) if parts else ""
    if not first:
        return NOBODY
    last = _initial(parts[-1]) if len(parts) > 1 else ""
    return first + last if _is_capital(first) and _is_capital(last) else first


def first_part(name: str) -> str:
    """What somebody is greeted by: the first part of their name that is no title."""
    parts = _parts(name)
    return parts[0] if parts else str(name or "").strip()


def short_form(name: str) -> str:
    """What strangers read: ``Jonna Aalto`` gives ``Jonna A.``; "" for no name.

    Of a name in Chinese, Japanese or Korean writing it is the family's part, or the first
    character where nothing parts them.
    """
    parts = _parts(name)
    if not parts:
        return ""
    alone = len(parts) == 1
    if script_of(parts[0][0]) in IN_ONE_PIECE:
        family, *given = letters(parts[0])
        return f"{family}…" if alone and given else parts[0]
    if alone:
        return parts[0]
    return f"{parts[0]} {_initial(parts[-1])}."


def _parts(name: str) -> list[str]:
    """The parts of a name that have a letter: no titles, no degrees, unless that is all."""
    written = re.split("[,،，、]", str(name or ""))[0].split()
    parts = [part for part in written if _initial(part)]
    return [part for part in parts if not _is_title(part)] or parts


def _is_title(part: str) -> bool:
    return part.endswith(".") and "." not in part[:-1] and len(letters(part)) > 2


def _initial(part: str) -> str:
    bare = ARTICLE.sub("", part) or part
    for letter in letters(bare):
        if letter[0].isalnum() and letter[0] not in VOWELS_BEFORE:
            return letters(letter.title())[0]
    return ""


def _is_capital(letter: str) -> bool:
    return letter != letter.lower()
