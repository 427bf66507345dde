r"""TeX that stands in a text as it was typed, for nobody read it as a formula: told in words.

Brackets after a backslash are unmistakable. Dollars are prices, too, so what stands between two of
them is told only if it reads like mathematics: “$5 and $10” does not, “$x^2$” does.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto

from django.utils.translation import gettext as _

from .delimiters import Typed, split_typed
from .formula import read_formula

_ENVIRONMENT = re.compile(r"\\begin\{([a-z]+\*?)\}.*?\\end\{\1\}", re.DOTALL)
_OPEN_EDX = re.compile(r"\[mathjax(inline)?\](?P<tex>.+?)\[/mathjax\1?\]", re.DOTALL)
# As in Pandoc: no space inside of the dollars, no letter or digit outside of them.
_DOLLARS = re.compile(r"(?<![\\$\w])(\${1,2})(?![\s$])(?P<tex>[^$]+?)(?<![\s\\])\1(?![$\w])")
_HALVES = re.compile(r"(?<!\\)\\[()\[\]]")
_COMMAND = re.compile(r"\\[A-Za-z]|[\w)}\]]\s*[\^_]\s*[\w{(\\]")
_FUNCTIONS = {"sin", "cos", "tan", "log", "ln", "exp", "lim", "max", "min"}
_SIGNS = re.compile(r"[\w\s+\-−*/=<>≤≥()\[\].,|!'′]+")
_LONGEST = 60


class TextKind(Enum):
    """Where a text stands, by what becomes of a formula in it."""

    RICH = auto()  # set, and gone from the words that are asked about
    LINE = auto()  # set beside the words, which still hold it
    PLAIN = auto()  # never set


def unset_formulas(words: str, text: TextKind) -> list[str]:
    """What is to be told of the words of a text, each sentence once."""
    told = list(_between_brackets(words, text))
    rest = "\n".join(part for part in split_typed(words) if isinstance(part, str))
    told += [_in_other_signs(written, tex, text) for written, tex in _other_signs(rest)]
    return list(dict.fromkeys(told))


def _between_brackets(words: str, text: TextKind) -> Iterator[str]:
    for part in split_typed(words):
        if isinstance(part, str):
            if text is not TextKind.PLAIN:
                yield from (_in_pieces(_from(half, part), text) for half in _HALVES.finditer(part))
        elif text is TextKind.PLAIN:
            yield _no_formulas_here(part.written)
        elif text is TextKind.RICH:
            yield _unread(part)


def _from(half: re.Match[str], words: str) -> str:
    """What to show of half a pair: where it begins, what follows."""
    return words[half.start() :] if half[0] in (r"\(", r"\[") else half[0]


def _other_signs(words: str) -> Iterator[tuple[str, str]]:
    """(what stands there, its TeX) of formulas in signs that nothing here reads."""
    for found in _ENVIRONMENT.finditer(words):
        yield found[0], found[0]
    for found in _OPEN_EDX.finditer(words):
        yield found[0], found["tex"]
    for found in _DOLLARS.finditer(_ENVIRONMENT.sub(" ", words)):
        if _is_mathematics(found["tex"]):
            yield found[0], found["tex"]


def _is_mathematics(tex: str) -> bool:
    """A command, a power or an index; else letters by themselves among signs."""
    if _COMMAND.search(tex):
        return True
    names = re.findall(r"[^\W\d_]+", tex)
    longest = 2 if re.search(r"[=<>≤≥+*/]", tex) else 1
    return (
        bool(names)
        and _SIGNS.fullmatch(tex) is not None
        and all(len(name) <= longest or name in _FUNCTIONS for name in names)
    )


def _unread(typed: Typed) -> str:
    """Of rich text, where a formula that can be read was set."""
    if complaint := read_formula(typed.tex).complaint:
        told = _("Formula “%(tex)s”: %(complaint)s")
        return told % {"tex": _short(typed.written), "complaint": complaint}
    return _in_pieces(typed.written, TextKind.RICH)


def _in_pieces(written: str, text: TextKind) -> str:
    if text is TextKind.RICH:
        told = _(
            "“%(tex)s” is not read as a formula. Write “\\(” before a formula and “\\)” behind it "
            "in one paragraph, with no bold, link or other mark inside, and save. What is no "
            "formula, mark as code."
        )
    else:
        told = _(
            "“%(tex)s” is not read as a formula. Write “\\(” before a formula and “\\)” behind it. "
            "To show such a bracket as it stands, write one more backslash before it."
        )
    return told % {"tex": _short(written)}


def _in_other_signs(written: str, tex: str, text: TextKind) -> str:
    if text is TextKind.PLAIN:
        return _no_formulas_here(written)
    if text is TextKind.RICH:
        told = _(
            "“%(found)s” is shown as it stands. For a formula, write “%(tex)s”. What is no "
            "formula, mark as code."
        )
    else:
        told = _(
            "“%(found)s” is shown as it stands. For a formula, write “%(tex)s”. To show a dollar "
            "as it stands, write a backslash before it."
        )
    return told % {"found": _short(written), "tex": _short(rf"\({' '.join(tex.split())}\)")}


def _no_formulas_here(written: str) -> str:
    told = _(
        "“%(tex)s” is shown as it stands, for formulas are not set here. Say it in words, or write "
        "it where they are: in a text, a heading, a question or a cell of a table."
    )
    return told % {"tex": _short(written)}


def _short(written: str) -> str:
    line = " ".join(written.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
