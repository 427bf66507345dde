"""The words of the catalogue that each process remembers, however large the catalogue is."""

from functools import lru_cache
from typing import NamedTuple

from courses.freshness import keys
from courses.freshness.remembered import Remembered
from courses.words.folding import spelt_words
from storefront.models import CatalogueEntry

# So many courses they are taken from.
VOCABULARY_COURSES = 2000


class Vocabulary(NamedTuple):
    """Words of popular courses, the most popular first: folded, and as they are written."""

    subjects: dict[str, str]  # of titles, tags and subjects
    words: dict[str, str]  # of promises and names as well


def _read_vocabulary() -> Vocabulary:
    known = Vocabulary({}, {})
    rows = (
        CatalogueEntry.objects.filter(listed=True)
        .order_by("-students", "-pk")
        .values_list("title", "subtitle", "tags", "producer_name", "category__name")
    )
    for title, subtitle, tags, producer, category in rows[:VOCABULARY_COURSES]:
        for word, written in _words_of(" ".join([title, *tags, category or ""])):
            known.subjects.setdefault(word, written)
            known.words.setdefault(word, written)
        for word, written in _words_of(f"{subtitle} {producer}"):
            known.words.setdefault(word, written)
    return known


# A change of one course costs the words of one: those of the others are still known.
@lru_cache(maxsize=4 * VOCABULARY_COURSES)
def _words_of(told: str) -> tuple[tuple[str, str], ...]:
    return tuple((word, written) for _at, written, word in spelt_words(told.casefold()))


vocabulary = Remembered(_read_vocabulary, keys.CATALOGUE, keys.SUBJECTS)
