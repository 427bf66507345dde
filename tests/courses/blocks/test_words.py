"""Whatever a producer reads of a block is marked, and put into the reader's language late."""

from collections.abc import Iterator

from django.utils.functional import Promise
from wagtail.blocks import Block, ChoiceBlock, ListBlock

from courses.blocks import ItemStream, LessonStream


def blocks() -> Iterator[tuple[str, Block]]:
    """(way to it, block) of each block that has a name, down to the last field."""
    for stream in (LessonStream(), ItemStream()):
        yield from _below(stream, type(stream).__name__)


def _below(block: Block, way: str) -> Iterator[tuple[str, Block]]:
    if isinstance(block, ListBlock):
        yield from _below(block.child_block, way)
    for name, child in getattr(block, "child_blocks", {}).items():
        yield f"{way}.{name}", child
        yield from _below(child, f"{way}.{name}")


def unmarked(said: dict[str, object]) -> list[str]:
    return [way for way, words in said.items() if words and not isinstance(words, Promise)]


def test_every_label_is_marked():
    labels = {way: block.label for way, block in blocks()}

    assert len(labels) > 50
    assert unmarked(labels) == []


def test_groups_and_descriptions_are_marked():
    found = dict(blocks())

    assert unmarked({way: block.meta.group for way, block in found.items()}) == []
    assert (
        unmarked({way: getattr(block.meta, "description", "") for way, block in found.items()})
        == []
    )
    assert all(block.meta.description for way, block in found.items() if block.meta.group)


def test_help_texts_are_marked():
    helped = {
        way: getattr(getattr(block, "field", None), "help_text", "") for way, block in blocks()
    }

    assert len([text for text in helped.values() if text]) > 12
    assert unmarked(helped) == []


def test_choices_are_marked_but_for_the_names_of_programming_languages():
    choices = {
        f"{way}={key}": label
        for way, block in blocks()
        if isinstance(block, ChoiceBlock)
        for key, label in block.field.choices
        if key
    }

    assert len(choices) > 30
    names = ["css", "html", "javascript", "json", "python", "r", "sql"]
    assert unmarked(choices) == [f"LessonStream.code.language={name}" for name in names]
