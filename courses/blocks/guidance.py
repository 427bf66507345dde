"""Words that a template says to an author, told from an author's own by the id of their block.

The id is made of the words. So what was written anew is not guidance any more although its block
is the same, whoever looks needs no list of templates, and a copy of a lesson keeps what it is.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from uuid import UUID, uuid5

from django.utils.html import strip_tags
from wagtail.blocks import Block, CharBlock, RichTextBlock, StreamValue, TextBlock

from .walk import Place, children, id_of_item, walk

_GUIDANCE = UUID("0b6f6f0e-6a52-4d0c-9a0f-3f0f3a1c0068")
_WRITTEN = (CharBlock, TextBlock, RichTextBlock)


def guiding_id(block: Block, value: Any) -> str:
    """The id of a block that guides; ``value`` is as a stream stores it.

    The editor adds keys and line breaks to what it saves, so letters alone count.
    """
    return str(uuid5(_GUIDANCE, re.sub(r"\s+", "", _words(block, value))))


def left_guidance(body: StreamValue) -> Iterator[Place]:
    """Blocks of a stream that still say what a template said. Asks the database nothing."""
    stored = body.raw_data
    for index, block, value in children(body.stream_block, stored):
        key = id_of_item(body.stream_block, stored, int(index))
        if key and key == guiding_id(block, value):
            yield Place((index,), (block,), value)


def _words(block: Block, value: Any) -> str:
    if isinstance(block, _WRITTEN):
        return unescape(strip_tags(str(value or "")))
    inside = walk(block, value)
    return " ".join(
        unescape(strip_tags(str(place.value or "")))
        for place in inside
        if isinstance(place.block, _WRITTEN)
    )
