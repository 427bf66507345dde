r"""Plain text in which formulas stand between ``\(`` and ``\)``, as in options of a question.

``\\(`` is a bracket after a backslash, ``\$`` a dollar, as in TeX.
"""

import re
from collections.abc import Iterator
from typing import Any, Self

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .delimiters import Typed, split_typed
from .formula import Formula, read_formula

_AS_IT_STANDS = re.compile(r"\\(\\[()\[\]]|\$)")


class Words(str):
    """The text as it was written; on a page, with its formulas set (``html``).

    A string like any other to whoever compares, counts or sends it.
    """

    __slots__ = ("html",)
    html: SafeString | None  # None for a text without formulas

    def __new__(cls, text: str = "", html: str | None = None) -> Self:
        words = super().__new__(cls, text)
        words.html = None if html is None else mark_safe(html)
        return words

    @property
    def spoken(self) -> str:
        """For the name of a control, which can hold no formula but its TeX."""
        parts = split_typed(str(self))
        return "".join(part.tex if isinstance(part, Typed) else part for part in parts)

    def __html__(self) -> SafeString:
        return escape(str(self)) if self.html is None else self.html


def read_words(text: str) -> Words:
    """The text with its formulas set."""
    html = "".join(_shown(part) for part in _parts(text))
    return Words(text) if html == escape(text) else Words(text, html)


def complaints_of(text: str) -> list[str]:
    """Why formulas in the text cannot be read, in order, each once."""
    found = (part.complaint for part in _parts(text) if isinstance(part, Formula))
    return list(dict.fromkeys(complaint for complaint in found if complaint))


def stored_words(words: str) -> str | dict[str, str]:
    """What is kept of a text: itself, and beside it what pages show if that is another thing."""
    html = getattr(words, "html", None)
    return str(words) if html is None else {"text": str(words), "html": str(html)}


def kept_words(stored: Any) -> Words:
    """The text that ``stored_words`` stored."""
    if isinstance(stored, dict):
        return Words(stored["text"], stored["html"])
    return stored if isinstance(stored, Words) else Words(stored or "")


def _parts(text: str) -> Iterator[str | Formula]:
    for part in split_typed(text):
        yield read_formula(part.tex) if isinstance(part, Typed) else part


def _shown(part: str | Formula) -> str:
    if isinstance(part, Formula):
        return part.shown
    return escape(_AS_IT_STANDS.sub(r"\1", part))
