"""Full-text search of the catalogue on one weighted vector per course.

Words are folded the same way when a course is indexed and when somebody searches:
lower case, no accents, Chinese and Japanese cut into pairs of characters. Each text is
indexed twice, as it is written and by the stems of the course's language, so that
``maps`` finds *map*, ``photo`` finds *photography* and ``cafe`` finds *café*.
"""

import re
import unicodedata
from collections.abc import Iterable

from django.core.cache import cache
from django.db.models import BooleanField, FloatField
from django.db.models.expressions import RawSQL
from rapidfuzz import fuzz, process

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
MOST_WORDS = 8
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
    words = []
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


def search_query(words: list[str], *, prefixes: bool = True) -> tuple[str, list]:
    """SQL and parameters of a ``tsquery``: every word, in any of its forms.

    With ``prefixes`` the last letters may be missing. A word that says nothing in
    English ("how", "the") is not asked for unless it is the only one.
    """
    clauses, params = [], []
    for word in words:
        begins = prefixes and len(word) >= SHORTEST_PREFIX
        forms = ["to_tsquery('simple', %s)"]
        values = [f"{word}:*" if begins else word]
        for config in CONFIGS.values():
            forms.append(f"to_tsquery('{config}', %s)")
            values.append(word)
        clause = f"({' || '.join(forms)})"
        if len(words) > 1:
            clause = (
                "CASE WHEN numnode(to_tsquery('english', %s)) = 0 "
                f"THEN ''::tsquery ELSE {clause} END"
            )
            values.insert(0, word)
        clauses.append(clause)
        params += values
    return f"({' && '.join(clauses)})", params


def matches(words: list[str]) -> RawSQL:
    """A condition for ``filter``: the course has every word."""
    sql, params = search_query(words)
    return RawSQL(f"{VECTOR} @@ {sql}", params, output_field=BooleanField())


def relevance(words: list[str]) -> RawSQL:
    """How well a course answers, as a number with six decimals so that pages can continue.

    Whole words count twice as much as beginnings of words, and courses that many people
    took stand a little before those that nobody knows.
    """
    begun, begun_params = search_query(words)
    whole, whole_params = search_query(words, prefixes=False)
    weights = "'{0.1, 0.25, 0.5, 1.0}'::real[]"
    rank = f"ts_rank({weights}, {VECTOR}, {begun}) + 2 * ts_rank({weights}, {VECTOR}, {whole})"
    return RawSQL(
        f"round((({rank}) * (1 + ln(1 + {STUDENTS}) / 20))::numeric, 6)::float8",
        [*begun_params, *whole_params],
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
