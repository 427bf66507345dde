"""The one refusal of this room."""

from django.core.exceptions import BadRequest
from django.utils.functional import Promise


class Misshapen(BadRequest):
    """What was sent has no shape that a page of ours sends; nothing was changed.

    Its words are for the reader. ``code`` names the reason for programs and tests.
    """

    def __init__(self, message: str | Promise, *, code: str) -> None:
        super().__init__(str(message))
        self.code = code
