"""HTML as Markdown and Word come to, read as pieces: prose, headings, lists, tables, pictures.

Only what stands in a list here is kept; of everything else the words are, and of scripts nothing.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from lxml.html import HtmlElement

from courses.blocks.tables import MOST_COLUMNS, MOST_ROWS

from .large_tables import LONG, WIDE, as_list, parted
from .neutral import (
    MAX_CELLS,
    Attachment,
    Code,
    Heading,
    Note,
    Picture,
    Piece,
    Prose,
    Quotation,
    Table,
)
from .words import escape, paragraph, plain_text, tidy
from .xml import parse_html

SCRIPTS = _("scripts, styles and form fields were dropped")
DEEP = _("what was nested very deeply gave its words alone")
LOST_PICTURE = _("a picture that did not come along is named by its description")
ELSEWHERE = _("a picture kept on another site became a link")
LOST_LINK = _("links that lead nowhere from here were taken off their words")
UNEVEN = _("a table whose rows differ in length was filled up with empty cells")
BIG_TABLE = _("a very large table was left out")

DROPPED = frozenset(
    {"script", "style", "template", "link", "meta", "base", "head", "title", "iframe", "object"}
    | {"embed", "svg", "math", "form", "input", "button", "select", "textarea", "canvas", "audio"}
    | {"video", "source", "track", "noscript", "frame", "frameset", "applet"}
)
INLINE = {
    **dict.fromkeys(("b", "strong"), "b"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "i"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "sub": "sub",
    "sup": "sup",
}
SPREAD = frozenset({"span", "font", "u", "s", "small", "big", "mark", "del", "ins", "abbr", "q"})
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
MAX_DEPTH = 60
_WEB = re.compile(r"(https?://[^\s\"'<>\\/@]+([/?#][^\s\"'<>\\]*)?|mailto:[^\s\"'<>\\]+)$")
_ALERT = re.compile(r"^\s*\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION|EXERCISE)\]\s*")
_TONES = {"TIP": "tip", "WARNING": "warning", "CAUTION": "warning", "EXERCISE": "exercise"}


@dataclass(frozen=True)
class Found:
    """What an address means: a ``place`` of the course (``exchange:…``), or an ``entry``."""

    place: str = ""
    entry: str = ""


Finder = Callable[[str], Found]


@dataclass
class Pieces:
    """``lost`` names what did not come along, and which of the pieces was next then."""

    pieces: list[Piece] = field(default_factory=list)
    lost: list[tuple[int, str]] = field(default_factory=list)

    @property
    def reasons(self) -> list[str]:
        return list(dict.fromkeys(reason for _at, reason in self.lost))

    def because(self, reason: str | Promise) -> None:
        self.lost.append((len(self.pieces), str(reason)))


def read_pieces(markup: str, find: Finder) -> Pieces:
    """The pieces of ``markup``; ``find`` says what an address inside the course means."""
    reader = _Reader(find)
    reader.blocks(parse_html(markup), 0)
    return reader.found


class _Reader:
    def __init__(self, find: Finder) -> None:
        self.find = find
        self.found = Pieces()

    # Blocks

    def blocks(self, element: HtmlElement, depth: int) -> None:
        """What stands in the element; words without a paragraph make one."""
        self._prose([element.text], [])
        loose: list[HtmlElement | str] = []
        for child in element:
            tag = _tag(child)
            if tag in INLINE or tag in SPREAD or tag in ("a", "br", "img"):
                loose += [child, child.tail or ""]
                continue
            self._loose(loose, depth)
            loose = []
            self._block(child, tag, depth + 1)
            loose = [child.tail or ""]
        self._loose(loose, depth)

    def _block(self, element: HtmlElement, tag: str, depth: int) -> None:
        if tag in DROPPED:
            self.found.because(SCRIPTS)
        elif not tag or tag == "hr":
            return
        elif depth > MAX_DEPTH:
            self.found.because(DEEP)
            self._add(Prose(paragraph(_bare(element))))
        elif tag in HEADINGS:
            if words := plain_text(self._line(element, depth, [])):
                self._add(Heading(words, HEADINGS[tag]))
        elif tag == "pre":
            self._code(element)
        elif tag == "blockquote":
            self._quotation(element, depth)
        elif tag in ("ul", "ol"):
            behind: list[Piece] = []
            self._add(Prose(self._list(element, tag, depth, behind)))
            self.found.pieces += behind
        elif tag == "table":
            self._table(element, depth)
        elif tag == "p":
            self._loose([element.text or "", *_nodes(element)], depth)
        else:
            self.blocks(element, depth)

    def _add(self, piece: Piece) -> None:
        if not isinstance(piece, Prose) or plain_text(piece.html):
            self.found.pieces.append(piece)

    def _loose(self, nodes: list[HtmlElement | str], depth: int) -> None:
        behind: list[Piece] = []
        line = [
            escape(node) if isinstance(node, str) else self._inline(node, depth + 1, behind)
            for node in nodes
        ]
        self._prose([], line)
        self.found.pieces += behind

    def _prose(self, texts: list[str | None], line: list[str]) -> None:
        said = tidy(_one_line("".join([*(escape(text) for text in texts if text), *line])))
        if plain_text(said):
            self._add(Prose(f"<p>{said}</p>"))

    def _code(self, element: HtmlElement) -> None:
        text = str(element.text_content()).strip("\n").rstrip()
        names = " ".join(node.get("class") or "" for node in element.iter())
        named = re.search(r"\blanguage-(\w+)", names)
        if text:
            self._add(Code(text, named[1].lower() if named else ""))

    def _quotation(self, element: HtmlElement, depth: int) -> None:
        inside = _Reader(self.find)
        inside.blocks(element, depth)
        for reason in inside.found.reasons:
            self.found.because(reason)
        said = [piece for piece in inside.found.pieces if isinstance(piece, Prose)]
        others = [piece for piece in inside.found.pieces if not isinstance(piece, Prose)]
        markup = "".join(piece.html for piece in said)
        if alert := _ALERT.match(plain_text(markup)):
            markup = re.sub(r"\[!\w+\]\s*(<br/>)?", "", markup, count=1)
            self._add(Note(markup, tone=_TONES.get(alert[1], "note")))
        elif said:
            lines = [plain_text(part) for part in re.split(r"</p>|</li>|<br/>", markup)]
            self._add(Quotation("\n\n".join(filter(None, lines))))
        self.found.pieces += others

    def _list(self, element: HtmlElement, tag: str, depth: int, behind: list[Piece]) -> str:
        items = [self._item(child, depth + 1, behind) for child in element if _tag(child) == "li"]
        return f"<{tag}>{''.join(items)}</{tag}>" if items else ""

    def _item(self, element: HtmlElement, depth: int, behind: list[Piece]) -> str:
        if depth > MAX_DEPTH:
            self.found.because(DEEP)
            return f"<li>{escape(_bare(element))}</li>"
        line, below = [escape(element.text)], []
        for child in element:
            tag = _tag(child)
            if tag in ("ul", "ol"):
                below.append(self._list(child, tag, depth, behind))
            elif tag == "pre":
                line.append(f"<code>{escape(str(child.text_content()).strip())}</code>")
            else:
                line += [self._inline(child, depth + 1, behind), " "]
            line.append(escape(child.tail))
        return f"<li>{tidy(_one_line(''.join(line)))}{''.join(below)}</li>"

    def _table(self, element: HtmlElement, depth: int) -> None:
        behind: list[Piece] = []
        heads: list[str] = []
        rows: list[list[str]] = []
        found = [[cell for cell in row if _tag(cell) in ("td", "th")] for row in _rows(element)]
        if len(found) * max(map(len, found), default=0) > MAX_CELLS:
            self.found.because(BIG_TABLE)
            return
        for cells in found:
            lines = [self._line(cell, depth + 1, behind) for cell in cells]
            if not rows and not heads and cells and all(_tag(cell) == "th" for cell in cells):
                heads = [plain_text(line) for line in lines]
            elif lines:
                rows.append([f"<p>{line}</p>" if line else "" for line in lines])
        width = max((len(row) for row in [heads, *rows]), default=0)
        if any(len(row) != width for row in rows):
            self.found.because(UNEVEN)
        if rows:
            self._add_table(Table([[*row, *[""] * width][:width] for row in rows], heads))
        self.found.pieces += behind

    def _add_table(self, table: Table) -> None:
        if len(table.rows[0]) > MOST_COLUMNS:
            self.found.because(WIDE)
            self._add(Prose(as_list(table)))
            return
        if len(table.rows) > MOST_ROWS:
            self.found.because(LONG)
        for part in parted(table):
            self._add(part)

    # Lines

    def _line(self, element: HtmlElement, depth: int, behind: list[Piece]) -> str:
        inside = [escape(element.text)]
        for child in element:
            inside += [self._inline(child, depth + 1, behind), escape(child.tail)]
        return tidy(_one_line("".join(inside)))

    def _inline(self, element: HtmlElement, depth: int, behind: list[Piece]) -> str:
        tag = _tag(element)
        if tag in DROPPED:
            self.found.because(SCRIPTS)
            return ""
        if depth > MAX_DEPTH:
            self.found.because(DEEP)
            return escape(_bare(element))
        if tag == "br":
            return "<br/>"
        if tag == "img":
            return self._picture(element, behind)
        inside = self._line(element, depth, behind)
        if tag == "a":
            return self._link(element, inside, behind)
        if kept := INLINE.get(tag):
            return f"<{kept}>{inside}</{kept}>" if inside else ""
        return inside if tag in SPREAD else f" {inside} "

    def _link(self, element: HtmlElement, inside: str, behind: list[Piece]) -> str:
        address = (element.get("href") or "").strip()
        if not address or address.startswith("#") or not inside or "<a " in inside:
            return inside
        if len(address) <= 2000 and _WEB.match(address):
            return f'<a href="{html.escape(address)}">{inside}</a>'
        found = self.find(address)
        if found.place:
            return f'<a href="{html.escape(found.place)}">{inside}</a>'
        if found.entry:
            behind.append(Attachment(found.entry, plain_text(inside)))
        else:
            self.found.because(LOST_LINK)
        return inside

    def _picture(self, element: HtmlElement, behind: list[Piece]) -> str:
        source, alt = (element.get("src") or "").strip(), plain_text(element.get("alt") or "")
        entry = self.find(source).entry
        if entry:
            behind.append(Picture(entry, alt, plain_text(element.get("title") or "")))
            return ""
        if len(source) <= 2000 and _WEB.match(source) and source.startswith("http"):
            self.found.because(ELSEWHERE)
            return f'<a href="{html.escape(source)}">{escape(alt or source)}</a>'
        self.found.because(LOST_PICTURE)
        return escape(alt)


def _tag(element: HtmlElement) -> str:
    """In small letters; empty for comments and instructions."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """Of the table itself: what a table inside it has is read with the cell around it."""
    for child in table:
        if _tag(child) == "tr":
            yield child
        elif _tag(child) in ("thead", "tbody", "tfoot"):
            yield from child.findall("tr")


def _nodes(element: HtmlElement) -> list[HtmlElement | str]:
    return [node for child in element for node in (child, child.tail or "")]


def _one_line(text: str) -> str:
    return re.sub(r"[\s\u00a0]+", " ", text).strip()


def _bare(element: HtmlElement) -> str:
    for silent in list(element.iter(*DROPPED)):
        silent.drop_tree()
    return " ".join(str(element.text_content()).split())
