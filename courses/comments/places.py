"""What a comment is about, in words: a field of a page, or a block of a lesson by its number."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.models import Page

from courses.models import LessonPage

WHOLE = "body"


def blocks_of(body: StreamValue) -> list[tuple[str, str]]:
    """(id of a block, how readers call it), numbered as they stand."""
    kinds = body.stream_block.child_blocks
    known = [block for block in body.raw_data if block["type"] in kinds]
    return [
        (
            block["id"],
            _("Block %(number)s: %(kind)s")
            % {"number": number, "kind": capfirst(kinds[block["type"]].label)},
        )
        for number, block in enumerate(known, start=1)
    ]


def place_of(page: Page, path: str) -> str:
    """How the place is called, "" when there is none of that name."""
    field, *rest = path.split(".")
    if field == WHOLE and isinstance(page, LessonPage):
        return dict(blocks_of(page.body)).get(rest[0], "") if rest else _("The lesson as a whole")
    names = {one.name: getattr(one, "verbose_name", "") for one in page._meta.get_fields()}
    return capfirst(str(names.get(field, "")))
