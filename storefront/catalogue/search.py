"""Full-text search of the catalogue on one weighted vector per course.

Words are found and folded the same way when a course is indexed and when somebody searches:
``courses.words`` says what a word is in any language. PostgreSQL is handed words, never text:
its parser would cut them at vowel signs and at ``+``, ``#`` and ``.``. Each word is indexed
as it is written and by its stem in the course's language, so that ``maps`` finds *map*,
``photo`` finds *photography* and ``cafe`` finds *café*.
"""

from collections.abc import Iterable, Iterator

from django.db.models import BooleanField, FloatField
from django.db.models.expressions import RawSQL

from courses.words.folding import Form, forms

from .stems import stemmer_of
from .terms import Terms

VECTOR = '"storefront_catalogueentry"."search"'
STUDENTS = '"storefront_catalogueentry"."students"'


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
