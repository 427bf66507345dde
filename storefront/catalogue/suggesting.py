"""What the search field suggests while somebody types: words, subjects, courses, producers.

Words and subjects are remembered by the process; courses and producers are read from indexes of
words, never more of them than is bounded (``catalogue_suggestions`` in the database).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from courses.shapes.searches import cut
from courses.words.folding import fold, spelt_words
from courses.words.scripts import is_ideographic, script_of

from .categories import the_categories
from .spelling import did_you_mean
from .stems import Stems, stems_of
from .terms import Terms, beginnings, find_terms, said_otherwise
from .vocabulary import vocabulary

# So many of each kind, and so many of all courses are looked at: the most popular, and of those
# that an index finds.
WORDS, SUBJECTS, COURSES, PEOPLE = 3, 2, 4, 2
LOOKED_THROUGH, CANDIDATES = 1_000, 200
SHORTEST = 2  # letters, where a letter is no syllable and no word


@dataclass(frozen=True)
class Suggestion:
    """One line: what is written, in which language (empty: the page's), and where it leads."""

    text: str
    href: str
    language: str = ""


@dataclass(frozen=True)
class Suggestions:
    words: list[Suggestion]
    subjects: list[Suggestion]
    courses: list[Suggestion]
    producers: list[Suggestion]

    @property
    def count(self) -> int:
        return sum(map(len, (self.words, self.subjects, self.courses, self.producers)))


NOTHING = Suggestions([], [], [], [])


def suggest(text: str) -> Suggestions:
    """What may be meant by ``text``, whose last word may have only begun. One SQL.

    And one for stems that this process has not met, and for what it remembers, once. Where nothing
    begins so, what begins as ``text`` does once its misspelt words are mended: one SQL more.
    """
    text = cut(text)
    typed = fold(text)
    if not typed or not _is_enough(typed):
        return NOTHING
    found = _found(text, typed)
    # Of several words only the last was looked for among words: the others may be misspelt.
    says_something = found.count > (len(found.words) if len(typed) > 1 else 0)
    if says_something or not (meant := did_you_mean(text, typing=True)):
        return found
    mended = fold(meant)
    found = _found(meant, mended)
    if not found.count or mended[-1] not in vocabulary().words:
        return found
    return replace(found, words=[_search_for(meant), *found.words][:WORDS])


def _found(text: str, typed: list[str]) -> Suggestions:
    courses, producers = _from_indexes(find_terms(text, typing=True), beginnings(text))
    return Suggestions(list(_words(text)), list(_subjects(text, typed)), courses, producers)


def _search_for(text: str) -> Suggestion:
    return Suggestion(text, f"{reverse('storefront:catalogue')}?{urlencode({'q': text})}")


def _is_enough(typed: list[str]) -> bool:
    (first, *others) = typed
    says_much = is_ideographic(first[0]) or script_of(first[0]) == "HANGUL"
    return bool(others) or says_much or len(first) >= SHORTEST


def _words(text: str) -> Iterator[Suggestion]:
    """``text`` with its last word written to the end, by words of the catalogue."""
    *_before, last = [(0, "", ""), *spelt_words(text.casefold())]
    start, written, begun = last
    if len(begun) < SHORTEST or text.casefold()[start + len(written) :].strip():
        return
    known = vocabulary().subjects
    longer = (folded for folded in known if folded.startswith(begun) and folded != begun)
    first = list(islice(longer, 2 * WORDS))
    stems = stems_of(first)
    telling = [known[folded] for folded in first if not stems[folded].is_silent]
    for word in telling[:WORDS]:
        yield _search_for(text.casefold()[:start] + word)


def _subjects(text: str, typed: list[str]) -> Iterator[Suggestion]:
    """Those whose words begin so, have the same stems, or say the same."""
    catalogue = reverse("storefront:catalogue")
    names = {category: fold(category.name) for category in the_categories()}
    asked = [[word] for word in typed], *said_otherwise(text)
    stems = stems_of({*chain(*names.values()), *chain(*chain(*asked))})
    found = 0
    for category, words in names.items():
        if any(all(_is_among(each, words, stems) for each in chain(*way)) for way in asked):
            found += 1
            yield Suggestion(category.name, f"{catalogue}?{urlencode({'category': category.slug})}")
        if found == SUBJECTS:
            return


def _is_among(asked: str, words: list[str], stems: Mapping[str, Stems]) -> bool:
    return any(word.startswith(asked) or stems[word].found & stems[asked].found for word in words)


def _from_indexes(titles: Terms | None, names: str) -> tuple[list[Suggestion], list[Suggestion]]:
    if titles is None:
        return [], []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, key, label, language"
            " FROM catalogue_suggestions(%s::tsquery, %s::tsquery, %s, %s, %s, %s)",
            [titles.begun, names, LOOKED_THROUGH, CANDIDATES, COURSES, PEOPLE],
        )
        rows = cursor.fetchall()
    ways = {"course": "storefront:course", "producer": "storefront:producer"}
    found = {
        kind: [
            Suggestion(label, reverse(way, args=[key]), language)
            for told, key, label, language in rows
            if told == kind
        ]
        for kind, way in ways.items()
    }
    return found["course"], found["producer"]
