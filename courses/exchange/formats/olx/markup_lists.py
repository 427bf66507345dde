"""Lists of a fragment, and what stands inside an item of one."""

import re
from collections.abc import Iterable

from lxml.html import HtmlElement, tostring

from courses.exchange.large_tables import LISTED, as_list
from courses.exchange.neutral import Equation, Heading, Note, Piece, Prose, Quotation, Table
from courses.exchange.words import escape, paragraph, tidy, with_formulas
from courses.exchange.xml import parse_html

from .markup_lines import LineWriter

_SKIPPED = {"script", "style", "link", "template"}


class ListReader(LineWriter):
    """The part of the reader that knows ul, ol and dl."""

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

    def add_list(self, tag: str, items: list[str]) -> None:
        if items:
            self.prose.append(
                f"<{tag}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>"
            )

    def squash(self, element: HtmlElement, after: list[Piece] | None = None) -> str:
        """The element as the inside of a list item; what is not words goes to `after`, or
        behind the list."""
        markup = self.flat(element, after).replace("</p><p>", "<br/>")
        return tidy(re.sub(r"</?p>", "", markup))

    def flat(self, element: HtmlElement, after: list[Piece] | None = None) -> str:
        """The element as paragraphs and lists; what is not words goes to `after`, or behind."""
        parts = []
        for piece in self.inside(element):
            match piece:
                case Prose(html=markup):
                    parts.append(markup)
                case Heading(text=text):
                    parts.append(f"<p><b>{with_formulas(text)}</b></p>")
                case Quotation(text=text, source=source):
                    lines = [*text.split("\n\n"), *filter(None, [source])]
                    parts.append("".join(map(paragraph, lines)))
                case Note(html=markup, title=title):
                    parts.append((f"<p><b>{escape(title)}</b></p>" if title else "") + markup)
                case Equation(tex=tex):
                    parts.append(f"<p><tex>{escape(tex)}</tex></p>")
                case Table():
                    self.because(LISTED)
                    parts.append(as_list(piece))
                case _:
                    (self.files if after is None else after).append(piece)
        return "".join(parts)


def _loose(text: str | None) -> str:
    """Words that stand in a list but in none of its items."""
    return escape(" ".join((text or "").split()))


def _terms(child: HtmlElement) -> Iterable[HtmlElement]:
    """A dt or dd of a list, or those of a div that groups them."""
    return child.iterchildren("dt", "dd") if child.tag == "div" else [child]


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
