r"""Plain text in which formulas stand between ``\(`` and ``\)``, as in options of a question.

A dollar is no delimiter: texts have prices. ``\\(`` is a bracket after a backslash.
"""

import re
from collections.abc import Iterator
from typing import Any, Self

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .formula import Formula, read_formula

_FORMULA = re.compile(r"(?<!\\)\\\((.+?)(?<!\\)\\\)", re.DOTALL)


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
        return _FORMULA.sub(r"\1", str(self))

    def __html__(self) -> SafeString:
        return escape(str(self)) if self.html is None else self.html


def read_words(text: str) -> Words:
    """The text with its formulas set."""
    parts = list(_parts(text))
    if not any(isinstance(part, Formula) for part in parts):
        return Words(text)
    return Words(text, "".join(_shown(part) for part in parts))


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
    done = 0
    for match in _FORMULA.finditer(text):
        yield text[done : match.start()]
        yield read_formula(match[1])
        done = match.end()
    yield text[done:]


def _shown(part: str | Formula) -> str:
    if isinstance(part, Formula):
        return part.shown
    return escape(part.replace(r"\\(", r"\("))
