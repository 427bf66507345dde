"""Small chores on the HTML of a line."""

import html
import json
import re

_EMPTY = re.compile(r"<(b|i|code|sub|sup|a)(?: [^>]*)?>(\s|<br/>)*</\1>")
_SPACE_AFTER_TAG = re.compile(r"(<(?:a [^>]*|b|i|code)>) +")
_SPACE_BEFORE_END = re.compile(r" +(</(?:a|b|i|code)>)")
_FORMULA_ENDS = {
    "[mathjaxinline]": "[/mathjaxinline]",
    "[mathjax]": "[/mathjax]",
    r"\(": r"\)",
    r"\[": r"\]",
    "$$": "$$",
}
_FORMULA_START = re.compile("|".join(re.escape(start) for start in _FORMULA_ENDS))


def load_json(text: str, default=None):
    """Parsed JSON that a stranger wrote, or the default when it cannot be."""
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return default


def storable(text: str):
    """The text without what a database or a file cannot hold: NUL and halves of surrogates."""
    return re.sub(r"[\x00\ud800-\udfff]", "", text)


def escape(text: str):
    """Text fit to stand between tags."""
    return html.escape(text or "", quote=False)


def plain_text(markup):
    """Words of an HTML fragment, white space run together."""
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", markup)).split())


def split_formulas(text: str):
    """[(part, is_formula)] of a text with TeX in any of the delimiters Open edX knows."""
    parts, done, position = [], 0, 0
    unclosed = set()  # so that text full of openings is still read in one go
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


def bare_formulas(text: str):
    """The text with TeX freed of its delimiters."""
    return "".join(part for part, _ in split_formulas(text))


def tidy(line):
    """A line without empty tags, doubled spaces, or breaks at its ends."""
    before = None
    while before != line:
        before = line
        line = _EMPTY.sub(r"\2", line)
    line = _SPACE_BEFORE_END.sub(r"\1 ", _SPACE_AFTER_TAG.sub(r" \1", line))
    line = re.sub(r" {2,}", " ", line)
    line = re.sub(r"(\s|<br/>)+$", "", re.sub(r"^(\s|<br/>)+", "", line))
    return re.sub(r" ?<br/> ?", "<br/>", re.sub(r" {2,}", " ", line))
