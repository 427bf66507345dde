"""Markdown as HTML that ``clean_html`` reads: CommonMark, with tables."""

import re

from markdown_it import MarkdownIt

MAX_MARKDOWN = 1024**2  # bytes of one text; a long novel has as much

# HTML inside is handed on: the reader of it keeps nothing that it does not know.
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:(.*\S)", re.MULTILINE | re.IGNORECASE)


def markdown_html(text: str) -> str:
    return str(_MARKDOWN.render(text))


def part_head(text: str) -> tuple[str, str]:
    """(the title that a head between two ``---`` gives, the text below it)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _HEAD.match(text)
    if not found:
        return "", text
    named = _TITLE.search(found[1])
    return (named[1].strip(" \t").strip("\"'") if named else ""), text[found.end() :]
