"""TeX in a text, in any of the delimiters Open edX knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.formulas.formula import read_formula
from courses.formulas.stored import one_line

_ENDS = {
    "[mathjaxinline]": "[/mathjaxinline]",
    "[mathjax]": "[/mathjax]",
    r"\(": r"\)",
    r"\[": r"\]",
    "$$": "$$",
}
_ON_A_LINE = {"[mathjax]", r"\[", "$$"}
_START = re.compile("|".join(re.escape(start) for start in _ENDS))


@dataclass(frozen=True)
class Tex:
    """A formula of a text. ``complaint`` says why it cannot be read here, if it cannot."""

    tex: str
    on_a_line: bool = False
    complaint: str = ""

    @property
    def reason(self) -> str:
        """For the report."""
        told = _("the formula “%(tex)s” is shown as its TeX source: %(complaint)s")
        shown = self.tex if len(self.tex) <= 60 else f"{self.tex[:59]}…"
        return told % {"tex": shown, "complaint": self.complaint.rstrip(".")}


def split_formulas(text: str) -> Iterator[str | Tex]:
    """The parts of a text in the order they stand: words, and formulas."""
    done = position = 0
    unclosed: set[str] = set()  # so that text full of openings is still read in one go
    while match := _START.search(text, position):
        position = match.end()
        closing = _ENDS[match[0]]
        end = -1 if closing in unclosed else text.find(closing, position)
        if end < 0:
            unclosed.add(closing)
            continue
        yield text[done : match.start()]
        if tex := one_line(text[position:end]):
            on_a_line = match[0] in _ON_A_LINE
            yield Tex(tex, on_a_line, read_formula(tex, display=on_a_line).complaint)
        done = position = end + len(closing)
    yield text[done:]


def marked_formulas(text: str) -> tuple[str, list[str]]:
    """(text, reasons): plain text whose formulas stand as such texts have them here, and what is
    to be told of those that cannot be read, which stay as their source."""
    words, reasons = [], []
    for part in split_formulas(text):
        if isinstance(part, str):
            words.append(part)
        elif part.complaint:
            words.append(part.tex)
            reasons.append(part.reason)
        else:
            words.append(rf"\({part.tex}\)")
    return "".join(words), reasons
