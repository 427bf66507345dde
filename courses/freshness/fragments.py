"""Pieces of a page that depend on nothing but what they are given: drawn once, and remembered.

What is given is the key, so nothing can be old: another title or another tick is another piece.
Such a template loads no context processor, asks no database, and tells no time of day.
"""

from decimal import Decimal
from threading import Lock
from typing import Any
from uuid import UUID

from cachetools import LRUCache
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# Bytes of HTML in each process, about: the outlines of a hundred courses of average size.
MOST = 16 * 1024 * 1024
# A key and its place in the list, beside the text.
FRAME = 600

Plain = str | int | Decimal | UUID | None
Given = Plain | tuple["Given", ...]

_drawn: LRUCache[tuple[Any, ...], SafeString] = LRUCache(MOST, getsizeof=lambda t: len(t) + FRAME)
_lock = Lock()


def drawn(template: str, **given: Given) -> SafeString:
    """``template`` with ``given`` and the reader's language.

    Raises TypeError for a value that is no text, number, key, yes and no, or tuple of such: an
    object may change. In a tuple no text is marked as safe: it could not be told apart in the key.
    """
    # As written: 1.0 and 1.00 are equal, and are not the same on a page.
    told = ((name, type(value), str(value)) for name, value in given.items())
    key = (template, get_language(), *told)
    with _lock:
        found = _drawn.get(key)
    if found is None:
        _check(given)
        found = mark_safe(get_template(template).render(dict(given)))
        with _lock:
            _drawn[key] = found
    return found


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
