"""TeX that a learner would read as it was typed: told wherever somebody may write."""

from collections.abc import Iterator

from wagtail.blocks import CharBlock, RichTextBlock, StreamValue, TextBlock

from courses.blocks.formulas import LinesBlock, ProseBlock, WordsBlock
from courses.blocks.text import SourceBlock
from courses.blocks.walk import Place, walk_stored
from courses.formulas.stored import words_beside_formulas
from courses.formulas.unset import TextKind, unset_formulas
from courses.formulas.words import kept_words


def unset_in_body(body: StreamValue) -> Iterator[tuple[Place, str]]:
    """(place, what is to be told of it) for all that is written in blocks; asks no database."""
    for place in walk_stored(body):
        if place.value:
            for message in _told_of(place):
                yield place, message


def unset_in_html(html: str) -> list[str]:
    """Of rich text that holds no formulas."""
    return unset_formulas(words_beside_formulas(html), TextKind.PLAIN)


def unset_in_line(words: str) -> list[str]:
    """Of plain text that holds no formulas."""
    return unset_formulas(words, TextKind.PLAIN)


def _told_of(place: Place) -> list[str]:
    match place.block:
        case SourceBlock():
            return []
        case ProseBlock() if place.block.holds_formulas:
            return unset_formulas(words_beside_formulas(place.value), TextKind.RICH)
        case RichTextBlock():
            return unset_in_html(place.value)
        case WordsBlock() | LinesBlock():
            return unset_formulas(kept_words(place.value), TextKind.LINE)
        case CharBlock() | TextBlock():
            return unset_in_line(place.value)
    return []
