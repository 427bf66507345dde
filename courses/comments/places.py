"""What a comment is about, in words: a field of a page, or a block of a lesson by its number.

The editor shows a comment beside a field alone, so one on a block stands at its first field, and
one on a lesson as a whole at its title.
"""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import Block, FieldBlock, StreamValue, StructBlock
from wagtail.models import Page

from courses.models import LessonPage

BODY = "body"
WHOLE = "title"


def places_in(body: StreamValue) -> list[tuple[str, str]]:
    """(way to a block's first field in the editor, how readers call it), numbered as they stand."""
    kinds = body.stream_block.child_blocks
    known = [block for block in body.raw_data if block["type"] in kinds]
    return [
        (
            ".".join([BODY, block["id"], *_first_field(kinds[block["type"]])]),
            _("Block %(number)s: %(kind)s")
            % {"number": number, "kind": capfirst(kinds[block["type"]].label)},
        )
        for number, block in enumerate(known, start=1)
    ]


def place_of(page: Page, path: str) -> str:
    """How the place is called, "" when there is none of that name."""
    field = path.split(".", maxsplit=1)[0]
    if field == BODY and isinstance(page, LessonPage):
        named = {block_of(place): called for place, called in places_in(page.body)}
        return named.get(block_of(path), "")
    names = {one.name: getattr(one, "verbose_name", "") for one in page._meta.get_fields()}
    return capfirst(str(names.get(field, "")))


def block_of(path: str) -> str:
    """The way to a block, of a way to anything in it."""
    return ".".join(path.split(".")[:2])


def id_of(path: str) -> str:
    """The id of the block that a way leads to, or into."""
    return path.split(".")[1]


def _first_field(block: Block) -> list[str]:
    if not isinstance(block, StructBlock):
        return []
    return [
        next(name for name, child in block.child_blocks.items() if isinstance(child, FieldBlock))
    ]
