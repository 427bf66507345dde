"""Full-text search of the catalogue on one weighted vector per course.

Words are found and folded the same way when a course is indexed and when somebody searches:
``courses.words`` says what a word is in any language. PostgreSQL is handed words, never text:
its parser would cut them at vowel signs and at ``+``, ``#`` and ``.``. Each word is indexed
as it is written and by its stem in the course's language, so that ``maps`` finds *map*,
``photo`` finds *photography* and ``cafe`` finds *café*.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from django.db.models import BooleanField, FloatField
from django.db.models.expressions import RawSQL
from rapidfuzz import fuzz, process

from courses.freshness import keys
from courses.freshness.remembered import Remembered
from courses.shapes.searches import cut
from courses.words.folding import Form, fold, forms, spelt_words
from storefront.models import CatalogueEntry

from .stems import stemmer_of
from .terms import SHORTEST_PREFIX, Terms

VECTOR = '"storefront_catalogueentry"."search"'
STUDENTS = '"storefront_catalogueentry"."students"'

# How much of the catalogue the words known to the speller are taken from.
VOCABULARY_COURSES = 2000
CLOSE_ENOUGH = 75


def search_vector(
    *, language: str, weighted: Iterable[tuple[str, str]], features: Iterable[str] = ()
) -> RawSQL:
    """The vector of a course, from pairs of weight (``A`` to ``D``) and text.

    ``features`` are lexemes without a place, that no word is found by.

    Written out word for word (``'maps':3A 'map':3A``), because PostgreSQL reads what stands in
    quotes as one word, whatever its signs. A folded word holds no quote and no backslash.
    """
    words: list[str] = []
    places: list[str] = []
    stemmers: list[str | None] = []
    place = 1
    for weight, text in weighted:
        for form in forms(text):
            for word, shift in _found_by(form):
                words.append(word)
                places.append(f"{place + shift}{weight}")
                stemmers.append(stemmer_of(language, word))
            place += max(1, len(form.parts))
    return RawSQL(
        "(SELECT (coalesce(string_agg(format('''%%s'':%%s', form, place), ' '), '') || %s)"
        "::tsvector"
        " FROM unnest(%s::text[], %s::text[], %s::text[]) AS given(word, place, stemmer),"
        " LATERAL (SELECT word UNION"
        " SELECT unnest(ts_lexize(stemmer::regdictionary, word))) AS indexed(form))",
        ["".join(f" '{feature}'" for feature in features), words, places, stemmers],
    )


def _found_by(form: Form) -> Iterator[tuple[str, int]]:
    """(word, how far behind its place) of all that ``form`` is found by."""
    yield form.text, 0
    for shift, part in enumerate(form.parts):
        yield part, shift
    for other in (*form.spellings, *form.within):
        yield other, 0
    if form.last:
        yield form.last, 1


def matches(terms: Terms) -> RawSQL:
    """A condition for ``filter``: the course has every word."""
    return RawSQL(f"{VECTOR} @@ %s::tsquery", [terms.begun], output_field=BooleanField())


def relevance(terms: Terms) -> RawSQL:
    """How well a course answers, as a number with six decimals so that pages can continue.

    Whole words count twice as much as beginnings of words, and courses that many people
    took stand a little before those that nobody knows.
    """
    weights = "'{0.1, 0.25, 0.5, 1.0}'::real[]"
    rank = f"ts_rank({weights}, {VECTOR}, %s::tsquery)"
    return RawSQL(
        f"round((({rank} + 2 * {rank}) * (1 + ln(1 + {STUDENTS}) / 20))::numeric, 6)::float8",
        [terms.begun, terms.whole],
        output_field=FloatField(),
    )


def did_you_mean(query: str) -> str:
    """The query with its misspelt words mended, or empty when nothing is close enough.

    One SQL at most, and none while this process remembers the words of the catalogue. Pairs
    of Chinese or Japanese characters are no words that could be misspelt.
    """
    known = vocabulary().words
    if not known:
        return ""
    asked = cut(query).casefold()
    mended, end = [], 0
    for start, written, word in spelt_words(asked):
        mended += [asked[end:start], _mended(written, word, known)]
        end = start + len(written)
    suggestion = "".join([*mended, asked[end:]])
    return "" if fold(suggestion) == fold(asked) else suggestion


def _mended(written: str, word: str, known: dict[str, str]) -> str:
    if word in known or len(word) < SHORTEST_PREFIX:
        return known.get(word, written)
    best = process.extractOne(word, known.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    return known[best[0]] if best else written


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
