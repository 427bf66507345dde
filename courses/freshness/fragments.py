"""Pieces of a page that depend on nothing but what they are given: drawn once, and remembered.

What is given is the key, so nothing can be old: another title or another tick is another piece.
Such a template loads no context processor, asks no database, and tells no time of day.
"""

from decimal import Decimal
from sys import getsizeof
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from cachetools import LRUCache
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# Bytes in each process, about: the outlines of a hundred courses of average size.
MOST = 16 * 1024 * 1024
# Of a key and its place in the list, beside their texts.
FRAME = 600

Plain = str | int | Decimal | UUID | None
Given = Plain | tuple["Given", ...]


class _Piece(NamedTuple):
    html: SafeString
    size: int


_drawn: LRUCache[tuple[Any, ...], _Piece] = LRUCache(MOST, getsizeof=lambda piece: piece.size)
_lock = Lock()


def drawn(template: str, **given: Given) -> SafeString:
    """``template`` with ``given`` and the reader's language.

    Raises TypeError for a value that is no text, number, key, yes and no, or tuple of such: an
    object may change. In a tuple no text is marked as safe: it could not be told apart in the key.
    """
    # As written: 1.0 and 1.00 are equal, and are not the same on a page.
    told = tuple((name, type(value), str(value)) for name, value in given.items())
    key = (template, get_language(), *told)
    with _lock:
        found = _drawn.get(key)
    if found is not None:
        return found.html
    _check(given)
    html = mark_safe(get_template(template).render(dict(given)))
    # What is given is kept, too, and may be as long: what an author wrote, in any script.
    size = FRAME + getsizeof(html) + sum(getsizeof(text) for _name, _type, text in told)
    if size < MOST / 2:
        with _lock:
            _drawn[key] = _Piece(html, size)
    return html


def forget() -> None:
    """For tests, and whoever edits a template while the site runs."""
    with _lock:
        _drawn.clear()


def _check(given: dict[str, Given]) -> None:
    for name, value in given.items():
        if not _is_plain(value):
            raise TypeError(f"{name} is {type(value).__name__}, and no text or number.")


def _is_plain(value: object) -> bool:
    if isinstance(value, tuple):
        return type(value) is tuple and all(
            _is_plain(part) and not isinstance(part, SafeString) for part in value
        )
    return value is None or isinstance(value, str | int | Decimal | UUID)
