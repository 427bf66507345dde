"""Turn the HTML of a component into pieces: prose, headings, pictures, code, quotes, files."""

import html
import re

from django.utils.translation import gettext_lazy as _
from lxml.html import HtmlElement

from courses.exchange.neutral import Code, Equation, Heading, Note, Piece, Prose, Quotation
from courses.exchange.words import escape, paragraph, plain_text, words_of
from courses.exchange.xml import parse_html

from .links import VARIABLE, Links
from .markup_lines import Markup
from .markup_media import DRAWING, MediaReader
from .markup_tables import TableReader

SCRIPTS = _("its own scripts and styles were dropped")
CONTROLS = _("buttons and fields that worked only through its script were dropped")

DEEP = _("what was nested very deeply gave its words alone")
HEADING_LINKS = _("links in a heading were taken off their words")
QUOTED_FORMULAS = _("formulas in a quote are shown as TeX source")
QUOTE_LINKS = _("links inside a quote follow it")

DROPPED = {"script", "style", "link", "meta", "template", "base", "head", "title"}
FIELDS = {"button", "input", "select", "textarea", "canvas", "progress", "meter", "output"}
INLINE = {
    **dict.fromkeys(("b", "strong"), "b"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "i"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "sub": "sub",
    "sup": "sup",
}
SPREAD = {"span", "font", "u", "s", "small", "big", "mark", "time", "label", "bdi", "noscript"}
SPREAD |= {"ins", "del", "strike", "nobr", "bdo", "data", "wbr", "annotation"}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
CALLOUTS = {"callout", "note", "tip", "warning", "admonition", "alert", "best-practice"}
MAX_DEPTH = 60  # elements within elements; what is deeper gives its words alone
ICON_FONTS = ("material-symbols", "material-icons")


def read_markup(text: str, links: Links) -> Markup:
    """Pieces of an HTML fragment, however careless; scripts and styles never survive."""
    return _MarkupReader(links).read(parse_html(text))


class _MarkupReader(TableReader, MediaReader):
    """Walks one tree."""

    def read(self, tree: HtmlElement) -> Markup:
        self.children(tree)
        self.end_prose()
        return self.result

    def inside(self, element: HtmlElement) -> list[Piece]:
        result = Markup(reasons=self.result.reasons)
        _MarkupReader(self.links, result, self.depth).read(element)
        self.result.controls += result.controls
        return result.pieces

    # Walking

    def children(self, element: HtmlElement) -> None:
        self.text(element.text)
        self.depth += 1
        for child in element:
            if isinstance(child.tag, str):
                self.element(child)
            self.text(child.tail)
        self.depth -= 1

    def element(self, element: HtmlElement) -> None:
        tag = element.tag.lower()
        if tag in DROPPED:
            if tag in ("script", "style", "link"):
                self.because(SCRIPTS)
        elif self.depth > MAX_DEPTH:
            self.because(DEEP)
            self.text(_bare_words(element))
        elif tag == "svg":
            self.because(DRAWING)
        elif tag in FIELDS:
            self.result.controls += 1
            self.because(CONTROLS)
        elif tag in INLINE or tag in SPREAD:
            self.inline(element, INLINE.get(tag))
        elif method := getattr(self, f"do_{tag}", None):
            method(element)
        elif tag in HEADINGS:
            self.heading(element, HEADINGS[tag])
        elif CALLOUTS & set((element.get("class") or "").split()):
            self.callout(element)
        else:
            self.end_line()
            self.children(element)
            self.end_line()

    def inline(self, element: HtmlElement, tag: str | None) -> None:
        if any(name in (element.get("class") or "") for name in ICON_FONTS):
            return  # the letters of an icon font are names of icons, not words
        if tag and tag not in self.open:
            self.enter(tag)
            self.children(element)
            self.leave()
        else:
            self.children(element)

    # Elements

    def do_br(self, element: HtmlElement) -> None:
        self.line.append("<br/>")

    def do_abbr(self, element: HtmlElement) -> None:
        """What an abbreviation stands for was seen on pointing at it."""
        self.children(element)
        if meaning := plain_text(element.get("title") or ""):
            self.words(f" ({meaning})")

    do_acronym = do_abbr

    def do_q(self, element: HtmlElement) -> None:
        self.words("“")
        self.children(element)
        self.words("”")

    def do_clarification(self, element: HtmlElement) -> None:
        self.words(f" ({plain_text(element.text_content())})")

    def do_a(self, element: HtmlElement) -> None:
        address, attachment, reason = self.links.resolve(element.get("href"))
        if reason:
            self.because(reason)
        if attachment:
            attachment.title = plain_text(element.text_content()) or attachment.name.split("/")[-1]
            self.files.append(attachment)
        if address and "a" not in self.open:
            depth = len(self.open)
            self.enter("a", f'<a href="{html.escape(address)}">')
            self.children(element)
            if "a" in self.open[depth:]:
                self.leave()
        else:
            self.children(element)

    def heading(self, element: HtmlElement, level: int) -> None:
        pieces = self.inside(element)
        prose = [piece.html for piece in pieces if isinstance(piece, Prose)]
        if words := " ".join(map(words_of, prose)):
            self.piece(Heading(words, level))
            if any("<a " in markup for markup in prose):
                self.because(HEADING_LINKS)
        for piece in pieces:
            if not isinstance(piece, Prose):
                self.piece(piece)

    def do_pre(self, element: HtmlElement) -> None:
        for line_break in element.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        text = VARIABLE.sub("", element.text_content().replace("\u00a0", " "))
        if text.strip():
            self.piece(Code(text.strip("\n").rstrip(), _language(element)))

    def do_blockquote(self, element: HtmlElement) -> None:
        sources = [*element.iter("footer"), *element.iter("cite")]
        source = plain_text(sources[0].text_content()) if sources else ""
        if sources:
            sources[0].drop_tree()
        pieces = self.inside(element)
        told = [piece for piece in pieces if isinstance(piece, Prose | Heading | Equation)]
        if any(isinstance(p, Equation) or "<tex>" in getattr(p, "html", "") for p in told):
            self.because(QUOTED_FORMULAS)
        lines = [line for piece in told for line in _paragraphs(piece)]
        if lines:
            self.piece(Quotation("\n\n".join(lines), source.lstrip("—–- ")))
        elif source:
            self.piece(Prose(paragraph(source)))
        links = [link for piece in told if isinstance(piece, Prose) for link in _links(piece.html)]
        if links:
            self.because(QUOTE_LINKS)
            self.piece(Prose(f"<p>{' · '.join(links)}</p>"))
        for piece in pieces:
            if not isinstance(piece, Prose | Heading | Equation):
                self.piece(piece)

    def callout(self, element: HtmlElement) -> None:
        pieces = self.inside(element)
        title = ""
        if pieces and isinstance(head := pieces[0], Heading):
            title = head.text.rstrip(":")
            pieces = pieces[1:]
        if pieces and all(isinstance(piece, Prose | Equation) for piece in pieces):
            self.piece(Note("".join(map(_in_prose, pieces)), title))
            return
        if title:
            self.piece(Heading(title, 3))
        for piece in pieces:
            self.piece(piece)


def _in_prose(piece: Piece) -> str:
    """Prose, or a formula as a paragraph of it."""
    if isinstance(piece, Equation):
        return f"<p><tex>{escape(piece.tex)}</tex></p>"
    return getattr(piece, "html", "")


def _paragraphs(piece: Prose | Heading | Equation) -> list[str]:
    """The lines of what stands in a quote, which holds plain text."""
    if isinstance(piece, Heading):
        return [piece.text]
    if isinstance(piece, Equation):
        return [piece.tex]
    parts = re.split(r"</p>|</li>|<br/>|<[uo]l>", piece.html)
    return list(filter(None, map(plain_text, parts)))


def _links(markup: str) -> list[str]:
    return re.findall(r"<a [^>]*>.+?</a>", markup)


def _bare_words(element: HtmlElement) -> str:
    """The words of an element without those of its scripts and styles."""
    for silent in list(element.iter(*DROPPED)):
        silent.drop_tree()
    return str(element.text_content())


def _language(element: HtmlElement) -> str:
    """The language a code sample names in its class, or ""."""
    names = " ".join(node.get("class") or "" for node in element.iter())
    match = re.search(r"\b(?:lang|language|brush)[-:]\s*(\w+)", names)
    return match[1].lower() if match else ""
