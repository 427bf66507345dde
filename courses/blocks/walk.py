"""The one walker over what is written in blocks: a lesson's body, or any part of it.

``walk`` goes through all places in reading order: a place before what stands in it, the
fields of a struct as they are declared. ``children`` is its single step. Both take values in
either form and hand on the form they were given:

- as stored (``body.raw_data``): choosers hold keys, rich text its HTML. Costs no query.
- as read (``body``): choosers hold objects, which Wagtail reads type by type.

Two ways through blocks are not this one: Wagtail's reference index also looks into rich text
(``courses.files.held``), and a posted form is keys and counts before it is any value
(``courses.isolation.posted_ids``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BaseStreamBlock,
    BaseStructBlock,
    Block,
    CharBlock,
    ListBlock,
    StreamValue,
)
from wagtail.blocks.list_block import ListValue
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock, TypedTable

Key = str | int

# What a table has beside its cells is text without a block of its own.
_CAPTION = CharBlock(label=_("Caption"))
_HEADING = CharBlock(label=_("Column heading"))


@dataclass(frozen=True, slots=True)
class Place:
    """One value somewhere in a body, and the way to it.

    ``path`` says where: an index in a stream or list, a name in a struct, the outermost
    first. ``trail`` are the blocks that the path leads through, step for step; the last of
    them is ``block``, which says what ``value`` is.
    """

    path: tuple[Key, ...]
    trail: tuple[Block, ...]
    value: Any

    @property
    def block(self) -> Block:
        return self.trail[-1]

    @property
    def holds_others(self) -> bool:
        """Whether it is a stream, a struct, a list or a table, and not a value of its own."""
        return isinstance(
            self.block, BaseStreamBlock | BaseStructBlock | ListBlock | BaseTypedTableBlock
        )


def walk(block: Block, value: Any) -> Iterator[Place]:
    """Every place below ``value``, which ``block`` defines, in reading order."""
    return _walk(block, value, (), ())


def walk_stored(body: StreamValue) -> Iterator[Place]:
    """Every place of a body as it is stored; asks the database nothing."""
    return walk(body.stream_block, body.raw_data)


def children(block: Block, value: Any) -> Iterator[tuple[Key, Block, Any]]:
    """(key, block, value) of what stands right in ``value``; nothing for a value of its own.

    The fields of a struct are told even where nothing is stored for them, with None. Blocks
    of a type that the stream does not know (any more) are passed over and not counted, as
    Wagtail does when it reads them.
    """
    if isinstance(block, BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield name, child, (value or {}).get(name)
    elif isinstance(block, ListBlock):
        for index, item in enumerate(value or ()):
            yield index, block.child_block, _list_item(item)
    elif isinstance(block, BaseStreamBlock):
        known = _known(block, value or ())
        for index, (child, inner) in enumerate(known):
            yield index, child, inner
    elif isinstance(block, BaseTypedTableBlock):
        yield from _of_a_table(block, value)


def cell_key(row: int, column: int) -> str:
    """The key of a cell in its table, counted from 0."""
    return f"cell {row} {column}"


def _of_a_table(block: BaseTypedTableBlock, value: Any) -> Iterator[tuple[Key, Block, Any]]:
    """The caption, the headings, and the cells row by row."""
    if isinstance(value, TypedTable):
        caption, columns = value.caption, value.columns
        blocks = [column["block"] for column in columns]
        rows = value.row_data
    else:
        value = value or {}
        caption, columns = value.get("caption"), value.get("columns", ())
        blocks = [block.child_blocks[column["type"]] for column in columns]
        rows = value.get("rows", ())
    yield "caption", _CAPTION, caption
    for number, column in enumerate(columns):
        yield f"heading {number}", _HEADING, column["heading"]
    for number, row in enumerate(rows):
        for place, (child, cell) in enumerate(zip(blocks, row["values"], strict=False)):
            yield cell_key(number, place), child, cell


def id_of_item(block: Block | None, value: Any, index: int) -> str:
    """The id of what stands at ``index`` of a stream or list; empty where it has none yet."""
    if isinstance(block, BaseStreamBlock):
        known = [item for item in value or () if _type_of(item) in block.child_blocks]
        item = known[index]
    elif isinstance(value, ListValue):
        item = value.bound_blocks[index]
    else:
        item = (value or ())[index]
    return str((item.get("id") if isinstance(item, dict) else item.id) or "")


def _type_of(item: Any) -> str:
    return str(item["type"] if isinstance(item, dict) else item.block_type)


def _walk(
    block: Block, value: Any, path: tuple[Key, ...], trail: tuple[Block, ...]
) -> Iterator[Place]:
    for key, child, inner in children(block, value):
        place = Place((*path, key), (*trail, child), inner)
        yield place
        yield from _walk(child, inner, place.path, place.trail)


def _known(stream: BaseStreamBlock, items: Iterable[Any]) -> Iterator[tuple[Block, Any]]:
    for item in items:
        if isinstance(item, StreamValue.StreamChild):
            yield item.block, item.value
        elif item["type"] in stream.child_blocks:
            yield stream.child_blocks[item["type"]], item["value"]


def _list_item(item: Any) -> Any:
    """A list stores its items with a type and an id since Wagtail 2.16, bare before."""
    is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
    return item["value"] if is_wrapped else item
