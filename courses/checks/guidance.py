"""What a template said to the author and nobody has written over yet."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from courses.blocks.guidance import left_guidance
from courses.blocks.walk import Place


def advice_left(body: StreamValue) -> Iterator[tuple[Place, str]]:
    """(where, what to do): learners would read words that are meant for the author."""
    for place in left_guidance(body):
        yield place, _left()


def pieces_told(messages: Iterable[str]) -> int:
    """How many of what the checks said, in the language of the reader, are about such words."""
    return sum(message.endswith(_left()) for message in messages)


def _left() -> str:
    return _("This is what the template says to you. Write your own instead, or delete it.")
