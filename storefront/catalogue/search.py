"""Full-text search of the catalogue on one weighted vector per course.

Words are folded the same way when a course is indexed and when somebody searches:
lower case, no accents, Chinese and Japanese cut into pairs of characters. Each text is
indexed twice, as it is written and by the stems of the course's language, so that
``maps`` finds *map*, ``photo`` finds *photography* and ``cafe`` finds *café*.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.db.models import BooleanField, FloatField
from django.db.models.expressions import RawSQL
from rapidfuzz import fuzz, process

from courses.shapes.searches import MOST_WORDS
from storefront.models import CatalogueEntry

# PostgreSQL's stemmers by language of instruction; a language without one has no stems.
CONFIGS = {
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "pt": "portuguese",
    "it": "italian",
    "nl": "dutch",
    "sv": "swedish",
    "ar": "arabic",
    "hi": "hindi",
}
VECTOR = '"storefront_catalogueentry"."search"'
STUDENTS = '"storefront_catalogueentry"."students"'
SHORTEST_PREFIX = 3
# A common word matches half the catalogue; only the most popular matches are ranked.
CANDIDATES = 400

# Letters that no decomposition folds.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"})
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
WORD = re.compile(rf"{UNSPACED.pattern}|[^\W_\u3040-\u30ff\u3400-\u9fff]+")

# Words known to the speller, and how much of the catalogue they are taken from.
VOCABULARY_KEY = "storefront:vocabulary"
VOCABULARY_SECONDS = 600
VOCABULARY_COURSES = 2000
CLOSE_ENOUGH = 75


def fold(text: str) -> list[str]:
    """The words of ``text`` as they are indexed: ``"Café-Kunst"`` gives ``["cafe", "kunst"]``."""
    plain = unicodedata.normalize("NFKD", str(text).casefold().translate(LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words: list[str] = []
    for word in WORD.findall(unicodedata.normalize("NFC", plain)):
        words += _pairs(word) if UNSPACED.fullmatch(word) else [word]
    return words


def _pairs(run: str) -> list[str]:
    """``"日本語"`` gives ``["日本", "本語"]``: pairs stand in for words that have no spaces."""
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def search_vector(*, language: str, weighted: Iterable[tuple[str, str]]) -> RawSQL:
    """The vector of a course, from pairs of weight (``A`` to ``D``) and text."""
    parts, params = [], []
    for weight, text in weighted:
        folded = " ".join(fold(text))
        for config in filter(None, ("simple", CONFIGS.get(language))):
            parts.append("setweight(to_tsvector(%s::regconfig, %s), %s)")
            params += [config, folded, weight]
    return RawSQL(" || ".join(parts) or "''::tsvector", params)


def query_words(query: str) -> list[str]:
    """The words that are searched for: folded, each once, eight at most."""
    return list(dict.fromkeys(fold(query)))[:MOST_WORDS]


@dataclass(frozen=True)
class Terms:
    """Words as the index knows them, as two ``tsquery`` texts: begun words, and whole ones."""

    begun: str
    whole: str


def find_terms(words: list[str]) -> Terms | None:
    """The forms under which ``words`` may be indexed in any language; None for no words.

    One SQL that reads no table: PostgreSQL alone knows its stems. Asked for beforehand so
    that the search itself has a constant query, whose matches the planner can estimate. A
    word that says nothing in English ("how", "the") is dropped unless all words do.
    """
    if not words:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, length(to_tsvector('english', word)) = 0, ARRAY("
            "SELECT DISTINCT unnest(tsvector_to_array(to_tsvector(config, word)))"
            " FROM unnest(%s::regconfig[]) config)"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS given(word, place) ORDER BY place",
            [list(CONFIGS.values()), words],
        )
        rows = cursor.fetchall()
    telling = [row for row in rows if not row[1]] or rows
    return Terms(
        begun=" & ".join(_forms(word, stems, begun=True) for word, _, stems in telling),
        whole=" & ".join(_forms(word, stems, begun=False) for word, _, stems in telling),
    )


def _forms(word: str, stems: list[str], *, begun: bool) -> str:
    """``('maps':* | 'map')``: the word as it is written or any of its stems."""
    prefix = ":*" if begun and len(word) >= SHORTEST_PREFIX else ""
    forms = [f"'{word}'{prefix}", *(f"'{stem}'" for stem in sorted(set(stems) - {word}))]
    return f"({' | '.join(forms)})"


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

    One SQL at most, and none while the words of the catalogue are in the cache.
    """
    known = vocabulary()
    if not known:
        return ""
    mended = []
    for word in query_words(query):
        if word in known or len(word) < SHORTEST_PREFIX:
            mended.append(known.get(word, word))
            continue
        best = process.extractOne(word, known.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
        mended.append(known[best[0]] if best else word)
    suggestion = " ".join(mended)
    return "" if fold(suggestion) == query_words(query) else suggestion


def vocabulary() -> dict[str, str]:
    """Words of titles, tags, subjects and names: folded, and as they are written."""
    words = cache.get(VOCABULARY_KEY)
    if words is None:
        words = {}
        rows = (
            CatalogueEntry.objects.filter(listed=True)
            .order_by("-students", "-course")
            .values_list("title", "subtitle", "tags", "producer_name", "category__name")
        )
        for title, subtitle, tags, producer, category in rows[:VOCABULARY_COURSES]:
            for written in WORD.findall(
                " ".join([title, subtitle, *tags, producer, category or ""]).casefold()
            ):
                for word in fold(written):
                    words.setdefault(word, written)
        cache.set(VOCABULARY_KEY, words, VOCABULARY_SECONDS)
    return words
