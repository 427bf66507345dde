"""The stems that PostgreSQL has, by language, and what this process has already asked it."""

from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache
from django.db import connection

from courses.words.folding import is_plain
from courses.words.scripts import script_of

# PostgreSQL's stemmers by language of instruction, and the script whose words they know. A
# language without one has no stems. These are all it has for languages we offer.
STEMMERS = {
    "en": ("english_stem", "LATIN"),
    "de": ("german_stem", "LATIN"),
    "fr": ("french_stem", "LATIN"),
    "es": ("spanish_stem", "LATIN"),
    "pt": ("portuguese_stem", "LATIN"),
    "it": ("italian_stem", "LATIN"),
    "nl": ("dutch_stem", "LATIN"),
    "sv": ("swedish_stem", "LATIN"),
    "da": ("danish_stem", "LATIN"),
    "nb": ("norwegian_stem", "LATIN"),
    "fi": ("finnish_stem", "LATIN"),
    "hu": ("hungarian_stem", "LATIN"),
    "ro": ("romanian_stem", "LATIN"),
    "tr": ("turkish_stem", "LATIN"),
    "id": ("indonesian_stem", "LATIN"),
    "el": ("greek_stem", "GREEK"),
    "ru": ("russian_stem", "CYRILLIC"),
    "ar": ("arabic_stem", "ARABIC"),
    "hi": ("hindi_stem", "DEVANAGARI"),
    "ta": ("tamil_stem", "TAMIL"),
}
ENGLISH = "english_stem"


class Stems(NamedTuple):
    """The stems of a word in any language, and whether it says nothing in English."""

    found: frozenset[str] = frozenset()
    is_silent: bool = False


NONE = Stems()
# A dictionary is changed by an upgrade of PostgreSQL alone; beyond so many words the least used go.
_known: LRUCache[str, Stems] = LRUCache(20_000)
_lock = Lock()


def stemmer_of(language: str, word: str) -> str | None:
    """Who knows the stem of ``word``, if anybody. English words stand in texts of all scripts."""
    stemmer, script = STEMMERS.get(language, (None, ""))
    if stemmer is None or not is_plain(word):
        return None
    return ENGLISH if script != "LATIN" and word.isascii() else stemmer


def stems_of(words: Iterable[str]) -> dict[str, Stems]:
    """The stems of each word. One SQL that reads no table, and none for words that were asked for
    before."""
    asked = set(words)
    with _lock:
        found = {word: _known[word] for word in asked if word in _known}
    if new := sorted(asked - found.keys()):
        fresh = _ask(new)
        found |= fresh
        with _lock:
            _known.update(fresh)
    return found


def _ask(words: list[str]) -> dict[str, Stems]:
    pairs = [(word, stemmer) for word in words if is_plain(word) for stemmer in _stemmers(word)]
    if not pairs:
        return dict.fromkeys(words, NONE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, stemmer, ts_lexize(stemmer::regdictionary, word)"
            " FROM unnest(%s::text[], %s::text[]) AS given(word, stemmer)",
            [[word for word, _ in pairs], [stemmer for _, stemmer in pairs]],
        )
        rows = cursor.fetchall()
    stems: dict[str, set[str]] = {word: set() for word in words}
    for word, _by, lexemes in rows:
        stems[word].update(lexemes or ())
    silent = {word for word, by, lexemes in rows if by == ENGLISH and lexemes == []}
    return {word: Stems(frozenset(found), word in silent) for word, found in stems.items()}


def _stemmers(word: str) -> list[str]:
    script = script_of(word[0]) if script_of(word[0]) != "DIGIT" else "LATIN"
    return [stemmer for stemmer, known in STEMMERS.values() if known == script]
