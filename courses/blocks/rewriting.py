"""Another body with every value of its own changed; the other half of ``walk``."""

from collections.abc import Callable
from typing import Any

from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, ListBlock, StreamValue
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock

Change = Callable[[Block, Any], Any]


def rewrite_stored(body: StreamValue, change: Change) -> list[dict[str, Any]]:
    """``body`` as a stream stores it, with ``change(block, value)`` for each value that is no
    stream, struct, list or table. Ids stay, and so does what the stream does not know any more.

    Asks the database nothing.
    """
    written: list[dict[str, Any]] = _rewrite(body.stream_block, list(body.raw_data), change)
    return written


def _rewrite(block: Block, value: Any, change: Change) -> Any:
    if isinstance(block, BaseStructBlock):
        return {
            name: _rewrite(block.child_blocks[name], inner, change)
            if name in block.child_blocks
            else inner
            for name, inner in (value or {}).items()
        }
    if isinstance(block, ListBlock):
        return [_item(block.child_block, item, change) for item in value or ()]
    if isinstance(block, BaseStreamBlock):
        return [
            _item(block.child_blocks[item["type"]], item, change)
            if item["type"] in block.child_blocks
            else item
            for item in value or ()
        ]
    if isinstance(block, BaseTypedTableBlock):
        return _table(block, value, change)
    return change(block, value)


def _item(block: Block, item: Any, change: Change) -> Any:
    """Wrapped with a type and an id, or bare as lists stored them before Wagtail 2.16."""
    if isinstance(item, dict) and "value" in item and "type" in item:
        return {**item, "value": _rewrite(block, item["value"], change)}
    return _rewrite(block, item, change)


def _table(block: BaseTypedTableBlock, value: Any, change: Change) -> Any:
    if not value:
        return value
    blocks = [block.child_blocks[column["type"]] for column in value["columns"]]
    rows = [
        {
            **row,
            "values": [
                _rewrite(child, cell, change)
                for child, cell in zip(blocks, row["values"], strict=False)
            ],
        }
        for row in value["rows"]
    ]
    return {**value, "rows": rows}
