"""Full-text search of the catalogue on one weighted vector per course.

Words are found and folded the same way when a course is indexed and when somebody searches:
``courses.words`` says what a word is in any language. PostgreSQL is handed words, never text:
its parser would cut them at vowel signs and at ``+``, ``#`` and ``.``. Each word is indexed
as it is written and by its stem in the course's language, so that ``maps`` finds *map*,
``photo`` finds *photography* and ``cafe`` finds *café*.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import BooleanField, FloatField
from django.db.models.expressions import RawSQL
from rapidfuzz import fuzz, process

from courses.freshness import keys
from courses.freshness.remembered import Remembered
from courses.shapes.searches import cut
from courses.words.folding import Form, fold, forms, is_plain, spelt_words
from courses.words.scripts import is_ideographic, script_of
from storefront.models import CatalogueEntry

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
VECTOR = '"storefront_catalogueentry"."search"'
STUDENTS = '"storefront_catalogueentry"."students"'
SHORTEST_PREFIX = 3

# How much of the catalogue the words known to the speller are taken from.
VOCABULARY_COURSES = 2000
CLOSE_ENOUGH = 75


def search_vector(*, language: str, weighted: Iterable[tuple[str, str]]) -> RawSQL:
    """The vector of a course, from pairs of weight (``A`` to ``D``) and text.

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
                stemmers.append(_stemmer(language, word))
            place += max(1, len(form.parts))
    return RawSQL(
        "(SELECT coalesce(string_agg(format('''%%s'':%%s', form, place), ' '), '')::tsvector"
        " FROM unnest(%s::text[], %s::text[], %s::text[]) AS given(word, place, stemmer),"
        " LATERAL (SELECT word UNION"
        " SELECT unnest(ts_lexize(stemmer::regdictionary, word))) AS indexed(form))",
        [words, places, stemmers],
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


def _stemmer(language: str, word: str) -> str | None:
    """Who knows the stem of ``word``, if anybody. English words stand in texts of all scripts."""
    stemmer, script = STEMMERS.get(language, (None, ""))
    if stemmer is None or not is_plain(word):
        return None
    return ENGLISH if script != "LATIN" and word.isascii() else stemmer


def query_words(query: str) -> list[str]:
    """The words that are searched for: folded, each once, of as much as is read of a query."""
    return list(dict.fromkeys(fold(cut(query))))


@dataclass(frozen=True)
class Terms:
    """Words as the index knows them, as two ``tsquery`` texts: begun words, and whole ones."""

    begun: str
    whole: str


def find_terms(query: str) -> Terms | None:
    """The forms under which the words of ``query`` may be indexed; None for no words.

    One SQL that reads no table: PostgreSQL alone knows its stems. Asked for beforehand so
    that the search itself has a constant query, whose matches the planner can estimate. A
    word that says nothing in English ("how", "the") is dropped unless all words do.
    """
    asked = list({form.text: form for form in forms(cut(query))}.values())
    if not asked:
        return None
    stems, silent = _stems([form.text for form in asked if is_plain(form.text)])
    telling = [form for form in asked if form.text not in silent] or asked
    return Terms(
        begun=" & ".join(_asked(form, stems.get(form.text, set()), begun=True) for form in telling),
        whole=" & ".join(
            _asked(form, stems.get(form.text, set()), begun=False) for form in telling
        ),
    )


def _stems(words: list[str]) -> tuple[dict[str, set[str]], set[str]]:
    """The stems of each word in any language, and the words that say nothing in English."""
    pairs = [(word, stemmer) for word in words for stemmer in _stemmers_for(word)]
    if not pairs:
        return {}, set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, stemmer, ts_lexize(stemmer::regdictionary, word)"
            " FROM unnest(%s::text[], %s::text[]) AS given(word, stemmer)",
            [[word for word, _ in pairs], [stemmer for _, stemmer in pairs]],
        )
        rows = cursor.fetchall()
    stems: dict[str, set[str]] = {}
    for word, _by, found in rows:
        stems.setdefault(word, set()).update(found or ())
    return stems, {word for word, by, found in rows if by == ENGLISH and found == []}


def _stemmers_for(word: str) -> list[str]:
    script = script_of(word[0]) if script_of(word[0]) != "DIGIT" else "LATIN"
    return [stemmer for stemmer, known in STEMMERS.values() if known == script]


def _asked(form: Form, stems: set[str], *, begun: bool) -> str:
    """``('maps':* | 'map')``: the word as it is written, its stems, a name's parts in order."""
    prefix = ":*" if begun and _may_begin(form.text) else ""
    found = [f"'{form.text}'{prefix}", *(f"'{stem}'" for stem in sorted(stems - {form.text}))]
    found += [f"'{spelling}'" for spelling in form.spellings]
    if form.parts and form.spellings:
        found.append("(" + " <-> ".join(f"'{part}'" for part in form.parts) + ")")
    return f"({' | '.join(found)})"


def _may_begin(word: str) -> bool:
    """Whether words that begin with ``word`` are found by it.

    In Korean any word: endings are written on to it. A single Chinese or Japanese character
    stands in the index as the beginning of a pair.
    """
    if is_ideographic(word[0]):
        return len(word) == 1
    return script_of(word[0]) == "HANGUL" or len(word) >= SHORTEST_PREFIX


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
    known = vocabulary()
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


def _read_vocabulary() -> dict[str, str]:
    """Words of titles, tags, subjects and names: folded, and as they are written."""
    words: dict[str, str] = {}
    rows = (
        CatalogueEntry.objects.filter(listed=True)
        .order_by("-students", "-course")
        .values_list("title", "subtitle", "tags", "producer_name", "category__name")
    )
    for title, subtitle, tags, producer, category in rows[:VOCABULARY_COURSES]:
        for word, written in _words_of(
            " ".join([title, subtitle, *tags, producer, category or ""])
        ):
            words.setdefault(word, written)
    return words


# A change of one course costs the words of one: those of the others are still known.
@lru_cache(maxsize=2 * VOCABULARY_COURSES)
def _words_of(told: str) -> tuple[tuple[str, str], ...]:
    return tuple((word, written) for _at, written, word in spelt_words(told.casefold()))


vocabulary = Remembered(_read_vocabulary, keys.CATALOGUE, keys.SUBJECTS)
