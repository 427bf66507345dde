"""Reading Stripe's form encoding: ``line_items[0][price_data][currency]=eur``.

Stripe: "The API has predictable resource-oriented URLs, accepts form-encoded request
bodies", https://docs.stripe.com/api.
"""

import re
from typing import Any
from urllib.parse import parse_qsl

from .errors import ApiError

KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


def decode(text: str) -> dict:
    """A tree of dicts, lists and strings. Raises ApiError (400) for keys that contradict."""
    root: dict = {}
    for key, value in parse_qsl(text, keep_blank_values=True):
        match = KEY.fullmatch(key)
        if not match:
            raise ApiError(400, f"Invalid parameter name: {key}")
        path = [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]
        _place(root, path, value, key)
    return {name: _lists(value) for name, value in root.items()}


def _place(node: dict, path: list[str], value: str, key: str) -> None:
    for part in path[:-1]:
        node = node.setdefault(part or str(len(node)), {})
        if not isinstance(node, dict):
            raise ApiError(400, f"Invalid parameter: {key} is given as a value and as an object.")
    last = path[-1] or str(len(node))
    if last in node:
        raise ApiError(400, f"Invalid parameter: {key} is given twice.")
    node[last] = value


def _lists(value: Any) -> Any:
    """Objects whose every key is a number are lists."""
    if not isinstance(value, dict):
        return value
    if all(name.isdigit() for name in value):
        return [_lists(value[name]) for name in sorted(value, key=int)]
    return {name: _lists(inner) for name, inner in value.items()}
