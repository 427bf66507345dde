"""Rich text as the text editor posts it: Draft.js's content state, in JSON.

{"blocks": [{"type", "depth", "text", "inlineStyleRanges", "entityRanges", …}],
"entityMap": {key: {"type", "data", …}}}, see https://draftjs.org/docs/api-reference-data-conversion.
What turns it into HTML believes all of it: a list item at depth 99,999,999 makes as many lists.
"""

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _

from .json_texts import read_json
from .refusals import Misshapen

Content = dict[str, Any]

# Entities whose data is just this: names and kinds. What else came with them was put there.
EXACT: dict[str, dict[str, type]] = {"FORMULA": {"tex": str}}
# The editor's own limit is 4.
DEEPEST_LIST = 10
# Styles that may hold at one place; the editor offers fewer, and each is there once.
MOST_STYLES = 12
# Where a style begins: no text is longer than a whole request.
FURTHEST = 10_000_000


def posted_content(text: str) -> Content:
    """The content of a posted text; empty for no text. Raises Misshapen.

    Takes time in proportion to the length of ``text`` (and of sorting it).
    """
    try:
        content = read_json(text) if text else None
    except ValueError as error:
        raise not_whole() from error
    if content is None:  # also "null", which the editor posts of an empty text
        return {}
    if not _is_content(content):
        raise not_whole()
    found: Content = content
    return found


def not_whole() -> Misshapen:
    return Misshapen(
        _(
            "A text in this form did not arrive whole, so nothing was saved. Go back, copy "
            "what you wrote last, reload the page and try again."
        ),
        code="text_not_whole",
    )


def _is_content(content: Any) -> bool:
    if not isinstance(content, dict):
        return False
    blocks, entities = content.get("blocks", []), content.get("entityMap", {})
    return (
        isinstance(blocks, list)
        and isinstance(entities, dict)
        and all(_is_entity(entity) for entity in entities.values())
        and all(_is_block(block, entities) for block in blocks)
    )


def _is_entity(entity: Any) -> bool:
    return (
        isinstance(entity, dict)
        and isinstance(entity.get("type"), str)
        and isinstance(entity.get("data"), dict)
        and _is_exact(entity["data"], EXACT.get(entity["type"]))
    )


def _is_exact(data: dict[str, Any], shape: dict[str, type] | None) -> bool:
    if shape is None:
        return True
    return data.keys() == shape.keys() and all(
        isinstance(data[name], kind) for name, kind in shape.items()
    )


def _is_block(block: Any, entities: dict[str, Any]) -> bool:
    if not isinstance(block, dict):
        return False
    styles, named = block.get("inlineStyleRanges", []), block.get("entityRanges", [])
    return (
        isinstance(block.get("text", ""), str)
        and isinstance(block.get("type", ""), str)
        and isinstance(block.get("key", ""), str)
        and _is_number(block.get("depth", 0), most=DEEPEST_LIST)
        and _are_ranges(styles, at_once=MOST_STYLES)
        and all(isinstance(where.get("style"), str) for where in styles)
        and _are_ranges(named, at_once=1)
        and all(_names_one_of(entities, where) for where in named)
    )


def _names_one_of(entities: dict[str, Any], where: dict[str, Any]) -> bool:
    key = where.get("key")
    return isinstance(key, str | int) and str(key) in entities


def _are_ranges(ranges: Any, *, at_once: int) -> bool:
    """Whether these are stretches of a text, at no place more than ``at_once`` of them."""
    if not isinstance(ranges, list) or not all(_is_range(where) for where in ranges):
        return False
    return max(accumulate(change for _place, change in _changes(ranges)), default=0) <= at_once


def _changes(ranges: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """(place, +1 or -1) where a range begins or ends; at one place the ends come first."""
    begun = [(where["offset"], 1) for where in ranges]
    ended = [(where["offset"] + where["length"], -1) for where in ranges]
    yield from sorted(begun + ended)


def _is_range(where: Any) -> bool:
    return (
        isinstance(where, dict)
        and _is_number(where.get("offset"), most=FURTHEST)
        and _is_number(where.get("length"), most=FURTHEST)
    )


def _is_number(value: Any, *, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
