"""Where the words of a search stand in what is shown of a course: marked in title and one line.

The index knows the place of each word it holds, stems and spellings too, so what was found is what
is marked. Title, subtitle and lines stand there first and in this order
(``entries``); their words are counted here as they were counted there. No query of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import TextField
from django.db.models.expressions import RawSQL
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from courses.words.folding import Form, placed_forms
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
    lines = [entry.title, entry.subtitle, *entry.told]
    title, *others = zip(lines, _spans(lines, hits), strict=True)
    # The first of those in which most words were found: the subtitle, where none was.
    line = max(others, key=lambda told: len(told[1]))
    return Marked(title=_with_marks(*title), line=_with_marks(*_cut(*line)))


def _spans(lines: Iterable[str], hits: Hits) -> Iterator[list[Span]]:
    """From where to where something was found, for each of ``lines``."""
    place, ended = 1, ""
    for line in lines:
        found: list[Span] = []
        for start, end, form in placed_forms(line):
            if _is_found(form, place, hits, ended):
                # Pairs of Chinese and Japanese characters overlap.
                begins = found.pop()[0] if found and start <= found[-1][1] else start
                found.append((begins, end))
            place, ended = place + max(1, len(form.parts)), form.last
        yield found


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
    words = [start for start, _end, _form in placed_forms(line)]
    begin = next((start for start in words if first - BEFORE <= start <= first), first)
    begin = 0 if first <= BEFORE else begin
    ends = [end for _start, end, _form in placed_forms(line) if end <= begin + LONGEST]
    end = max(ends, default=begin + LONGEST)
    before, after = "…" if begin else "", "…" if end < len(line) else ""
    shift = len(before) - begin
    kept = [(start + shift, stop + shift) for start, stop in spans if begin <= start < stop <= end]
    return f"{before}{line[begin:end]}{after}", kept


def _with_marks(line: str, spans: list[Span]) -> SafeString:
    pieces, end = [], 0
    for start, stop in spans:
        pieces.append((line[end:start], line[start:stop]))
        end = stop
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}", marked, line[end:])
