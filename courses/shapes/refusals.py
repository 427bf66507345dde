"""The one kind of refusal of this room, and the words of those that several readers share."""

from django.core.exceptions import BadRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _


class Misshapen(BadRequest):
    """What was sent has no shape that a page of ours sends; nothing was changed.

    Its words are for the reader. ``code`` names the reason for programs and tests.
    """

    def __init__(self, message: str | Promise, *, code: str) -> None:
        super().__init__(str(message))
        self.code = code


def list_not_whole() -> Misshapen:
    """For lists of blocks and rows of forms alike: to the reader both are lists."""
    return Misshapen(
        _(
            "A list in this form did not arrive whole, so nothing was saved. Go back, copy "
            "what you wrote last, reload the page and try again."
        ),
        code="list_not_whole",
    )
