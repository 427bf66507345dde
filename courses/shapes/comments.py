"""Where a comment on a page stands, as the editor posts it beside the words.

Its scripts take both for granted and run for everybody who opens the page: a position that is no
JSON keeps the editor of the whole team from starting.
"""

import re

from .json_texts import read_json
from .numbers import whole_number
from .refusals import list_not_whole

LONGEST_PATH = 500
MOST_RANGES = 100
# Names of fields and ids of blocks, from the outermost in.
_PATH = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_RANGE = {"key", "start", "end"}


def check_path(path: str) -> str:
    """The way to a field. Raises Misshapen for what is none."""
    if len(path) > LONGEST_PATH or not _PATH.fullmatch(path):
        raise list_not_whole()
    return path


def check_position(position: str) -> str:
    """Ranges of a text, or nothing for a whole field. Raises Misshapen for what is neither."""
    if not position:
        return position
    try:
        ranges = read_json(position)
    except ValueError:
        raise list_not_whole() from None
    if not isinstance(ranges, list) or len(ranges) > MOST_RANGES or not all(map(_is_range, ranges)):
        raise list_not_whole()
    return position


def _is_range(found: object) -> bool:
    return (
        isinstance(found, dict)
        and set(found) == _RANGE
        and isinstance(found["key"], str)
        and all(whole_number(str(found[end])) is not None for end in ("start", "end"))
    )
