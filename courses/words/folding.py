"""The forms under which words are searched: the same for what is written and what is asked.

Lower case; Latin and Greek without accents, Russian ё as е, Arabic and Hebrew without vowel
points and in one spelling (Lucene's ArabicNormalizer), digits of all scripts as 0 to 9. Vowel
signs of Hindi, Bengali, Thai and their like are parts of the word and stay. Chinese and
Japanese are cut into pairs of characters (decision 0011).

A folded word holds letters, marks, digits and ``. + # & /``, nothing that a query could
mistake for a sign of its own.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile, groupby, pairwise
from operator import itemgetter

from .scripts import is_ideographic, script_of
from .segments import KEPT, placed_words

LONGEST_FORM = 100  # letters; nobody types more of a word, and PostgreSQL takes 2 KB

# Letters that no decomposition folds.
LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ё": "е",
        "♯": "#",
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ہ": "ه",
        "ँ": "ं",
        # Written or left out at will: tatweel, the dot of Catalan l·l, the nukta of Hindi.
        **dict.fromkeys("ـ·़"),
    }
)
WITHOUT_ACCENTS = frozenset({"LATIN", "GREEK"})
WITHOUT_POINTS = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW"})
JOINING_SIGNS = frozenset(".+#&/")
APOSTROPHES = re.compile("['’‘＇\"״׳]")
# The Arabic article is written on to its word, with "and", "with", "as", "so" and "for" before
# it; the list is that of Lucene's ArabicStemmer.
ARABIC_ARTICLE = re.compile(r"(?:[وبكف]?ال|لل)(?=\w{2})")
# Letters with a dot between them are said as one word: U.S.A., e.g.
DOTTED_LETTERS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")


@dataclass(frozen=True, slots=True)
class Form:
    """A word as it is searched, and what else it is found by.

    ``parts`` follow one another in it (node and js in Node.js). ``spellings`` say as much as
    it does and are asked for in its place (nodejs; an Arabic word without its article);
    ``within`` say less and only find it (net finds .NET). ``last`` ends a run of Chinese or
    Japanese: it begins no pair.
    """

    text: str
    parts: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    last: str = ""


def is_plain(word: str) -> bool:
    """Whether a folded word may have a stem: it is no name with signs, and no pair."""
    return not JOINING_SIGNS & set(word) and not is_ideographic(word[0])


def fold(text: str) -> list[str]:
    """``"Café-Kunst"`` gives ``["cafe", "kunst"]``; ``"日本語"`` ``["日本", "本語"]``."""
    return [form.text for form in forms(text)]


def forms(text: str) -> Iterator[Form]:
    """The words of ``text`` in order, as they are searched."""
    return (form for _start, _end, form in placed_forms(text))


def placed_forms(text: str) -> Iterator[tuple[int, int, Form]]:
    """(where it begins, where it ends, form) of the words of ``text`` in order."""
    run, end = "", 0
    for start, word in placed_words(text):
        if run and start != end:
            yield from _pairs(run, end)
            run = ""
        end = start
        if word.isascii() and word.isalnum():  # most words of most texts
            if run:
                yield from _pairs(run, end)
                run = ""
            end += len(word)
            yield start, end, Form(word.lower()[:LONGEST_FORM])
            continue
        for ideographic, piece in _stretches(word):
            if run and not ideographic:
                yield from _pairs(run, end)
                run = ""
            end += len(piece)
            if ideographic:
                run += piece
            else:
                yield from ((end - len(piece), end, form) for form in _spaced(piece))
    if run:
        yield from _pairs(run, end)


def _stretches(word: str) -> Iterator[tuple[bool, str]]:
    """(whether it is Chinese or Japanese writing, stretch of it) of a word."""
    if word.isascii():
        yield False, word
        return
    ideographic = [is_ideographic(character) for character in word]
    for place, character in enumerate(word):
        # A mark, such as the sign for a variant of a character, is written as what it stands on.
        if place and _is_mark(character):
            ideographic[place] = ideographic[place - 1]
    for kind, stretch in groupby(zip(ideographic, word, strict=True), key=itemgetter(0)):
        yield kind, "".join(character for _kind, character in stretch)


def spelt_words(text: str) -> Iterator[tuple[int, str, str]]:
    """(where it begins, as written, folded) of the words of ``text`` that can be misspelt.

    Pairs of Chinese and Japanese characters are none, nor is what holds two words (l'eau).
    """
    for start, word in placed_words(text):
        if word.isascii() and word.isalnum():  # most words of most texts
            yield start, word, word.lower()[:LONGEST_FORM]
        elif word.isascii() or not any(map(is_ideographic, word)):
            found = list(_spaced(word))
            if len(found) == 1:
                yield start, word, found[0].text


def fold_letters(text: str) -> str:
    """``text`` in lower case and in one spelling of each letter."""
    composed = unicodedata.normalize("NFKC", text.casefold())
    composed = unicodedata.normalize("NFKC", composed.translate(LETTERS).casefold())
    return unicodedata.normalize("NFC", "".join(_plain_letters(composed)))


def _plain_letters(text: str) -> Iterator[str]:
    script = ""
    for character in text:
        kind = unicodedata.category(character)
        if kind == "Mn":
            if script not in WITHOUT_POINTS:
                yield character
        elif kind == "Nd":
            yield str(unicodedata.digit(character))
        elif kind != "Cf":  # joiners and marks of direction
            script = script_of(character) if kind[0] in "LN" else script
            yield _without_accents(character) if script in WITHOUT_ACCENTS else character


def _without_accents(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter).translate(LETTERS)
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


def _pairs(run: str, end: int) -> Iterator[tuple[int, int, Form]]:
    """Pairs stand in for words that have no spaces; a single character for itself.

    ``end`` is where the run ends in its text.
    """
    letters, places = _characters(run)
    before = end - len(run)
    for start in range(max(1, len(letters) - 1) if letters else 0):
        is_last = start == len(letters) - 2
        ends = places[min(start + 1, len(letters) - 1)][1]
        form = Form(letters[start : start + 2], last=letters[-1] if is_last else "")
        yield before + places[start][0], before + ends, form


def _characters(run: str) -> tuple[str, list[tuple[int, int]]]:
    """The characters of ``run`` that are searched, and from where to where each is written."""
    composed = "".join(filter(_is_a_character, unicodedata.normalize("NFKC", run)))
    if len(composed) == len(run):
        return composed, [(place, place + 1) for place in range(len(run))]
    letters, places = "", []
    starts = [place for place, one in enumerate(run) if not place or not _is_mark(one)]
    for start, end in pairwise([*starts, len(run)]):
        written = unicodedata.normalize("NFKC", run[start:end])
        for letter in filter(_is_a_character, written):
            letters += letter
            places.append((start, end))
    # Two that are written apart and said as one: nobody knows which is which any more.
    return composed, places if letters == composed else [(0, len(run))] * len(composed)


def _is_a_character(part: str) -> bool:
    return _is_searched(part) and not _is_mark(part)


def _spaced(word: str) -> Iterator[Form]:
    if word.isascii() and word.isalnum():  # most words of most texts
        yield Form(word.lower()[:LONGEST_FORM])
        return
    if KEPT.fullmatch(name := fold_letters(word)):
        yield Form(name, within=_said_by(name))
        return
    # l'eau is two words, like don't; in Ukrainian or Hebrew the sign is a letter of one word.
    first = next(filter(str.isalnum, word), None)
    if first is None:  # signs between two characters of Chinese
        return
    between = " " if script_of(first) == "LATIN" else ""
    for piece in re.split(r"[\s_‿:,;]+", APOSTROPHES.sub(between, word)):
        folded = "".join(filter(_is_searched, fold_letters(piece))).strip(".+#&/")
        folded = "".join(dropwhile(_is_mark, folded))  # a mark belongs to a letter before it
        if DOTTED_LETTERS.fullmatch(folded):
            folded = folded.replace(".", "")
        if folded:
            yield _form(folded[:LONGEST_FORM].strip("."))


def _is_searched(character: str) -> bool:
    return character in JOINING_SIGNS or unicodedata.category(character)[0] in "LMN"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _said_by(name: str) -> tuple[str, ...]:
    """What a name says without its signs: net of .NET, c++ of C++17.

    A single letter says nothing: C is neither C# nor C++.
    """
    version = re.match(r"(.+\+\+)\d+$", name)
    bare = name.strip("." if name.startswith(".") else "+0123456789")
    said = [version[1]] if version else []
    return tuple(said + [bare] if len(bare) > 1 and bare.isalnum() else said)


def _form(word: str) -> Form:
    """A word without its article; ``node.js``: node and js, .js, and nodejs as it is typed."""
    parts = tuple(part for part in word.split(".") if part)
    if len(parts) == 1:
        article = ARABIC_ARTICLE.match(word)
        return Form(word, spellings=(word[article.end() :],) if article else ())
    if all(part.isdigit() for part in parts):
        return Form(word, parts)
    endings = tuple(f".{part}" for part in parts[1:])
    return Form(word, parts, spellings=("".join(parts),), within=endings)
