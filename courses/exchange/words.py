"""Small chores on the HTML of a line.

What strangers wrote goes through here: no pattern may look again and again at the same letters.
"""

import html
import json
import re
from typing import Any

_TEX = re.compile(r"<tex>(.*?)</tex>")
_TEX_IN_WORDS = re.compile(r"\\\(((?:(?!\\[()]).)+)\\\)")
_EMPTY = re.compile(r"<(b|i|code|sub|sup|a)(?: [^>]*)?>(\s|<br/>)*</\1>")
_SPACE_AFTER_TAG = re.compile(r"(<(?:a [^>]*|b|i|code)>) +")
_SPACE_BEFORE_END = re.compile(r" +(</(?:a|b|i|code)>)")


def load_json(text: str | bytes | None, default: Any = None) -> Any:
    """Parsed JSON that a stranger wrote, or the default when it cannot be."""
    if text is None:
        return default
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return default


def storable(text: str) -> str:
    """The text without what a database or a file cannot hold: NUL and halves of surrogates."""
    return re.sub(r"[\x00\ud800-\udfff]", "", text)


def escape(text: str | None) -> str:
    """Text fit to stand between tags."""
    return html.escape(text or "", quote=False)


def paragraph(text: str) -> str:
    """Plain text as a paragraph of HTML."""
    return f"<p>{escape(text)}</p>"


def plain_text(markup: str) -> str:
    """Words of an HTML fragment, white space run together."""
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", markup)).split())


def words_of(markup: str) -> str:
    """Words of an HTML fragment, its formulas between ``\\(`` and ``\\)``."""
    return plain_text(_TEX.sub(r"\\(\1\\)", markup))


def with_formulas(words: str) -> str:
    """HTML of plain text in which formulas stand between ``\\(`` and ``\\)``."""
    return _TEX_IN_WORDS.sub(r"<tex>\1</tex>", escape(words))


def tidy(line: str) -> str:
    """A line without empty tags, doubled spaces, or breaks at its ends."""
    line = re.sub(r" {2,}", " ", line)
    before = ""
    while before != line:
        before = line
        line = _EMPTY.sub(r"\2", line)
    line = _SPACE_BEFORE_END.sub(r"\1 ", _SPACE_AFTER_TAG.sub(r" \1", line))
    line = re.sub(r" {2,}", " ", line)
    line = _without_breaks_behind(re.sub(r"^(\s|<br/>)+", "", line))
    return re.sub(r" ?<br/> ?", "<br/>", re.sub(r" {2,}", " ", line))


def _without_breaks_behind(line: str) -> str:
    """A pattern would try at each break in the line anew whether only breaks follow."""
    end = len(line)
    while True:
        if line.endswith("<br/>", 0, end):
            end -= len("<br/>")
        elif line[end - 1 : end].isspace():
            end -= 1
        else:
            return line[:end]
