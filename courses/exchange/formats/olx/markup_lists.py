"""Lists and tables of a fragment. A table has no block of its own, so it becomes a list."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy, ngettext
from lxml.html import HtmlElement, tostring

from courses.exchange.neutral import ABSENT, Heading, Note, Piece, Prose, Quotation
from courses.exchange.words import escape, paragraph, plain_text, tidy
from courses.exchange.xml import parse_html
from courses.words.reading import count_words

from .markup_lines import LineWriter

TABLE = gettext_lazy("a table became a list")
BIG_TABLE = gettext_lazy("a large table was left out")
MAX_CELLS = 150
MAX_WORDS = 1_200

_SKIPPED = {"script", "style", "link", "template"}


class ListReader(LineWriter):
    """The part of the reader that knows ul, ol, dl and table."""

    def do_ul(self, element: HtmlElement) -> None:
        self.read_list(element, "ul")

    def do_ol(self, element: HtmlElement) -> None:
        self.read_list(element, "ol")

    def read_list(self, element: HtmlElement, tag: str) -> None:
        self.end_line()
        items: list[str] = []
        after: list[Piece] = []
        if words := _loose(element.text):
            items.append(words)
        for child in list(element):
            tail, child.tail = child.tail, None
            if not isinstance(child.tag, str) or child.tag in _SKIPPED:
                items += filter(None, [_loose(tail)])
                continue
            if child.tag in ("ul", "ol"):  # a list straight in a list belongs to the item before
                words = self.squash(_wrapped(child), after)
                if items and words:
                    items[-1] += words
                elif words:
                    items += _items_of(words)
            elif words := self.squash(child, after):
                items.append(words)
            items += filter(None, [_loose(tail)])
            if after and tag == "ul":  # a numbered list must not start again in its middle
                self.add_list(tag, items)
                self.end_prose_with(after)
                items, after = [], []
        self.add_list(tag, items)
        if after:
            self.end_prose_with(after)

    def do_dl(self, element: HtmlElement) -> None:
        self.end_line()
        items: list[str] = []
        term = ""
        for child in (part for group in element for part in _terms(group)):
            words = self.squash(child) if isinstance(child.tag, str) else ""
            if child.tag == "dt":
                # several terms may share what is said of them
                term = " · ".join(filter(None, [term, words]))
            elif words:
                items.append(f"<b>{term}</b>: {words}" if term else words)
                term = ""
        if term:
            items.append(f"<b>{term}</b>")
        self.add_list("ul", items)

    def do_table(self, element: HtmlElement) -> None:
        self.end_line()
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in _rows(element)]
        word_count = count_words(element.text_content())
        if sum(len(row) for row in rows) > MAX_CELLS or word_count > MAX_WORDS:
            self.because(BIG_TABLE)
            told = ngettext(
                "The original course had a table of %(number)d row here. "
                "It could not be brought along.",
                "The original course had a table of %(number)d rows here. "
                "It could not be brought along.",
                len(rows),
            )
            self.piece(Note(paragraph(told % {"number": len(rows)}), str(ABSENT)))
            return
        if max((len(row) for row in rows), default=0) < 2:
            for cell in (cell for row in rows for cell in row):  # a table only to place things
                self.children(cell)
                self.end_line()
            return
        self.because(TABLE)
        for caption in element.findall("caption"):
            self.children(caption)
            self.end_line()
        heads: list[str] = []
        items: list[str] = []
        after: list[Piece] = []
        for row in rows:
            words = [self.squash(cell, after) for cell in row]
            if not heads and not items and all(cell.tag == "th" for cell in row):
                heads = words
            else:
                items += _row(words, heads)
        self.add_list("ul", items or _row(heads, []))
        if after:
            self.end_prose_with(after)

    def add_list(self, tag: str, items: list[str]) -> None:
        if items:
            self.prose.append(
                f"<{tag}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>"
            )

    def squash(self, element: HtmlElement, after: list[Piece] | None = None) -> str:
        """The element as the inside of a list item; what is not words goes to `after`, or
        behind the list."""
        parts = []
        for piece in self.inside(element):
            match piece:
                case Prose(html=markup):
                    parts.append(markup)
                case Heading(text=text):
                    parts.append(f"<p><b>{escape(text)}</b></p>")
                case Quotation(text=text, source=source):
                    lines = [*text.split("\n\n"), *filter(None, [source])]
                    parts.append("".join(map(paragraph, lines)))
                case Note(html=markup, title=title):
                    parts.append((f"<p><b>{escape(title)}</b></p>" if title else "") + markup)
                case _:
                    (self.files if after is None else after).append(piece)
        markup = "".join(parts).replace("</p><p>", "<br/>")
        return tidy(re.sub(r"</?p>", "", markup))


def _loose(text: str | None) -> str:
    """Words that stand in a list but in none of its items."""
    return escape(" ".join((text or "").split()))


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """The table's own rows, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.findall("tr")


def _terms(child: HtmlElement) -> Iterable[HtmlElement]:
    """A dt or dd of a list, or those of a div that groups them."""
    return child.iterchildren("dt", "dd") if child.tag == "div" else [child]


def _row(words: list[str], heads: list[str]) -> list[str]:
    """A row as list items: usually one; cells that are lists give theirs."""
    filled = [value for value in words if value]
    if filled and all(re.match(r"<[uo]l>", value) for value in filled):
        return [item for value in filled for item in _items_of(value)]
    named: list[str] = []
    for index, value in enumerate(words):
        head = plain_text(heads[index]) if index < len(heads) else ""
        if not value:
            continue
        if not named:
            named.append(value if "<" in value else f"<b>{value}</b>")
        else:
            named.append(f"{escape(head)}: {value}" if head else value)
    return ["<br/>".join(named)] if named else []


def _items_of(markup: str) -> list[str]:
    """The outermost items of a list, or the markup as the only one."""
    tree = parse_html(markup)
    lists = [child for child in tree if child.tag in ("ul", "ol")]
    if not lists or len(lists) < len(tree):
        return [markup]
    found = []
    for item in (item for part in lists for item in part):
        item.tail = None
        text = tostring(item, encoding="unicode", method="xml")
        found.append(re.sub(r"^<li>|</li>$", "", text))
    return found


def _wrapped(element: HtmlElement) -> HtmlElement:
    wrapper = parse_html("")
    wrapper.append(element)
    return wrapper
