"""JSON in what was sent."""

import json
from typing import Any, NoReturn

# What nests deeper was written to exhaust whoever walks it. Rich text nests five deep.
DEEPEST = 20


def read_json(text: str | bytes) -> Any:
    """What ``text`` says in JSON. Raises ValueError for everything else.

    Everything else is also what no column can hold (null characters, halves of surrogate
    pairs), numbers that are none (NaN, Infinity), and what nests deeper than ``DEEPEST``.
    """
    try:
        found = json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    _look_through(found)
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _look_through(found: Any) -> None:
    """Level by level, so that depth costs no stack."""
    level = [found]
    for _depth in range(DEEPEST):
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below += value.keys()
                below += value.values()
            elif isinstance(value, list):
                below += value
            elif isinstance(value, str):
                _check_text(value)
        if not below:
            return
        level = below
    raise ValueError("nested too deeply")


def _check_text(text: str) -> None:
    if "\x00" in text:
        raise ValueError("a null character")
    text.encode()  # UnicodeEncodeError, a ValueError, for half of a surrogate pair
