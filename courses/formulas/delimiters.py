r"""Where a formula begins and ends in what people type: ``\(…\)``, or ``\[…\]`` displayed.

A dollar is no delimiter, because texts have prices (decision 0036); ``\\(`` is a bracket after a
backslash.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TYPED = re.compile(
    r"(?<!\\)\\(?:\((?P<in_line>.+?)(?<!\\)\\\)|\[(?P<displayed>.+?)(?<!\\)\\\])", re.DOTALL
)
# What people put around a formula where it needs nothing around it, and what would then end it.
_AROUND = (("$$", "$$", "$"), ("$", "$", "$"), (r"\(", r"\)", r"\)"), (r"\[", r"\]", r"\]"))


@dataclass(frozen=True)
class Typed:
    """A formula in a line of text: ``written`` with its delimiters, ``tex`` without."""

    written: str
    tex: str


def split_typed(text: str) -> Iterator[str | Typed]:
    """The parts of a text in order: words, and formulas."""
    done = 0
    for match in _TYPED.finditer(text):
        yield text[done : match.start()]
        yield _typed(match)
        done = match.end()
    yield text[done:]


def without_delimiters(tex: str) -> str:
    """A formula that was pasted with what stands around it elsewhere."""
    tex = tex.strip()
    for start, end, never in _AROUND:
        inner = tex[len(start) : len(tex) - len(end)]
        if (
            len(tex) >= len(start + end)
            and tex.startswith(start)
            and tex.endswith(end)
            and not tex.endswith(f"\\{end}")
            and not re.search(rf"(?<!\\){re.escape(never)}", inner)
        ):
            return inner.strip()
    return tex


def _typed(match: re.Match[str]) -> Typed:
    if match["in_line"] is not None:
        return Typed(match[0], match["in_line"])
    return Typed(match[0], rf"\displaystyle {match['displayed'].strip()}")
