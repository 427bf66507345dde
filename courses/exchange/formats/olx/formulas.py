"""TeX in a text, in any of the delimiters Open edX knows."""

import re

_FORMULA_ENDS = {
    "[mathjaxinline]": "[/mathjaxinline]",
    "[mathjax]": "[/mathjax]",
    r"\(": r"\)",
    r"\[": r"\]",
    "$$": "$$",
}
_FORMULA_START = re.compile("|".join(re.escape(start) for start in _FORMULA_ENDS))


def split_formulas(text: str) -> list[tuple[str, bool]]:
    """[(part, is_formula)] of a text in the order they stand."""
    parts: list[tuple[str, bool]] = []
    done = position = 0
    unclosed: set[str] = set()  # so that text full of openings is still read in one go
    while match := _FORMULA_START.search(text, position):
        position = match.end()
        closing = _FORMULA_ENDS[match[0]]
        end = -1 if closing in unclosed else text.find(closing, position)
        if end < 0:
            unclosed.add(closing)
            continue
        parts.append((text[done : match.start()], False))
        parts.append((text[position:end].strip(), True))
        done = position = end + len(closing)
    return [*parts, (text[done:], False)]


def bare_formulas(text: str) -> str:
    """The text with TeX freed of its delimiters."""
    return "".join(part for part, _is_formula in split_formulas(text))
