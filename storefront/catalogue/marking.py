"""Where the words of a search stand in what is shown of a course: marked in title and one line.

The index knows the place of each word it holds, stems and spellings too, so what was found is what
is marked. Title, subtitle and lines stand there first and in this order
(``entries``); their words are counted here as they were counted there. No query of its own.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import TextField
from django.db.models.expressions import RawSQL
from django.utils.safestring import SafeString, mark_safe

from courses.words.folding import Form, forms, placed_forms
from courses.words.segments import count_simple, is_simple
from storefront.models import CatalogueEntry

from .terms import Terms

MOST_PLACES = 200
# Letters of a line that are shown, and how many of them stand before the first mark.
LONGEST, BEFORE = 160, 60

Span = tuple[int, int]
Hits = dict[int, set[str]]  # what was found at each place of the index


@dataclass(frozen=True)
class Marked:
    """What a card says of a course that was found; safe HTML."""

    title: SafeString
    line: SafeString


def places_of_words(terms: Terms) -> RawSQL:
    """An annotation: “7 maps” for each word of the course that was asked for, by its place."""
    return RawSQL(
        "ARRAY(SELECT place || ' ' || lexeme"
        ' FROM unnest("storefront_catalogueentry"."search") AS found(lexeme, places, weights),'
        " unnest(places) AS place WHERE lexeme = ANY(%s::text[]) OR lexeme ^@ ANY(%s::text[])"
        f" ORDER BY place LIMIT {MOST_PLACES})",
        [list(terms.lexemes), list(terms.beginnings)],
        output_field=ArrayField(TextField()),
    )


def mark(entries: Iterable[CatalogueEntry]) -> None:
    """Give each entry of a search its ``marked``."""
    for entry in entries:
        entry.marked = _marked(entry)


def _marked(entry: CatalogueEntry) -> Marked:
    hits: Hits = defaultdict(set)
    for found in entry.found_at:  # type: ignore[attr-defined]  # an annotation
        place, _space, lexeme = found.partition(" ")
        hits[int(place)].add(lexeme)
    title, *lines = _placed([entry.title, entry.subtitle, *entry.told])
    line = _telling(lines, hits)
    return Marked(
        title=_with_marks(title.text, _spans(title, hits)),
        line=_with_marks(*_cut(line.text, _spans(line, hits))),
    )


@dataclass(frozen=True)
class _Extent:
    """How much of an index a line takes: ``is_plain`` where each word has one place and ends there.

    ``ended``: the character that ends the last run of Chinese or Japanese, None without a word.
    """

    places: int
    is_plain: bool = True
    ended: str | None = ""


# Of the lines of a course most are counted only. These are some hundred courses.
@lru_cache(maxsize=10_000)
def _extent(line: str) -> _Extent:
    if is_simple(line):
        words = count_simple(line)
        return _Extent(words, ended="" if words else None)
    places, is_plain, ended = 0, True, None
    for form in forms(line):
        places, ended = places + max(1, len(form.parts)), form.last
        is_plain = is_plain and not form.parts and not form.last
    return _Extent(places, is_plain, ended)


# Of titles and of the lines that are shown.
@lru_cache(maxsize=2_000)
def _words_of(line: str) -> tuple[tuple[int, int, Form], ...]:
    return tuple(placed_forms(line))


class _Line(NamedTuple):
    """A line of a course, where it begins in the index, and how the one before ended."""

    text: str
    place: int
    ended: str
    extent: _Extent


def _placed(lines: Iterable[str]) -> Iterator[_Line]:
    place, ended = 1, ""
    for line in lines:
        extent = _extent(line)
        yield _Line(line, place, ended, extent)
        place += extent.places
        ended = ended if extent.ended is None else extent.ended


def _telling(lines: Sequence[_Line], hits: Hits) -> _Line:
    """The first of ``lines`` in which most words were found: the first of all, where none was."""
    marks = [0] * len(lines)
    begins = [line.place for line in lines]
    for place in hits:
        # Of several that begin there, all but the last are empty. Before the first is the title.
        if (number := bisect_right(begins, place) - 1) >= 0:
            marks[number] += place < begins[number] + lines[number].extent.places
    for number, line in enumerate(lines):
        if not line.extent.is_plain or line.ended:
            # A run's last character is indexed one place behind its last pair.
            marks[number] = len(_spans(line, hits))
    return lines[marks.index(max(marks))]


def _spans(line: _Line, hits: Hits) -> list[Span]:
    """From where to where something was found in ``line``."""
    found: list[Span] = []
    place, ended = line.place, line.ended
    for start, end, form in _words_of(line.text):
        if _is_found(form, place, hits, ended):
            # Pairs of Chinese and Japanese characters overlap.
            begins = found.pop()[0] if found and start <= found[-1][1] else start
            found.append((begins, end))
        place, ended = place + max(1, len(form.parts)), form.last
    return found


def _is_found(form: Form, place: int, hits: Hits, ended: str) -> bool:
    """``ended``: the character that ends the run before, which is indexed at this place, too."""
    here = hits.get(place, set()) - ({ended} - {form.text})
    within = (place + shift in hits for shift in range(1, len(form.parts)))
    return bool(here) or any(within) or bool(form.last and form.last in hits.get(place + 1, ()))


def _cut(line: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """A long line from a little before its first mark on."""
    if len(line) <= LONGEST:
        return line, spans
    first = spans[0][0] if spans else 0
    words = [start for start, _end, _form in _words_of(line)]
    begin = next((start for start in words if first - BEFORE <= start <= first), first)
    begin = 0 if first <= BEFORE else begin
    ends = [end for _start, end, _form in _words_of(line) if end <= begin + LONGEST]
    end = max(ends, default=begin + LONGEST)
    before, after = "…" if begin else "", "…" if end < len(line) else ""
    shift = len(before) - begin
    kept = [(start + shift, stop + shift) for start, stop in spans if begin <= start < stop <= end]
    return f"{before}{line[begin:end]}{after}", kept


def _with_marks(line: str, spans: list[Span]) -> SafeString:
    # Django's own ways of writing this down take longer than to find what is marked.
    pieces, end = [], 0
    for start, stop in spans:
        pieces.append(f"{escape(line[end:start])}<mark>{escape(line[start:stop])}</mark>")
        end = stop
    return mark_safe("".join(pieces) + escape(line[end:]))
