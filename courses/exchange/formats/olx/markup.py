"""Turn the HTML of a component into pieces: prose, headings, pictures, code, quotes, files."""

import html
import re
from dataclasses import dataclass, field

from courses.exchange.neutral import Attachment, Code, Heading, Note, Prose, Quotation
from courses.exchange.words import escape, plain_text, tidy
from courses.exchange.xml import parse_html

from .formulas import split_formulas
from .links import VARIABLE, Links
from .markup_lists import ListReader
from .markup_media import MediaReader

SCRIPTS = "its own scripts and styles were dropped"
CONTROLS = "buttons and fields that worked only through its script were dropped"
FORMULAS = "formulas are shown as TeX source"
PERSONAL = "placeholders for the learner's Open edX identity were dropped"

DROPPED = {"script", "style", "link", "meta", "noscript", "template", "base", "head", "title"}
FIELDS = {"button", "input", "select", "textarea", "canvas", "progress", "meter", "output", "svg"}
INLINE = {
    **dict.fromkeys(("b", "strong"), "b"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "i"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "sub": "sub",
    "sup": "sup",
}
SPREAD = {"span", "font", "u", "s", "small", "big", "mark", "abbr", "time", "label", "q", "bdi"}
SPREAD |= {"ins", "del", "strike", "nobr", "acronym", "bdo", "data", "wbr", "annotation"}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
CALLOUTS = {"callout", "note", "tip", "warning", "admonition", "alert", "best-practice"}
MAX_DEPTH = 60  # elements within elements; what is deeper gives its words alone
ICON_FONTS = ("material-symbols", "material-icons")


@dataclass
class Markup:
    """What came of one fragment. `controls` counts scripted controls that were dropped."""

    pieces: list = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    controls: int = 0

    @property
    def words(self):
        """Number of words a reader finds in the pieces."""
        texts = (getattr(piece, "html", "") or getattr(piece, "text", "") for piece in self.pieces)
        return sum(len(plain_text(text).split()) for text in texts)


def read_markup(text: str, links: Links) -> Markup:
    """Pieces of an HTML fragment, however careless; scripts and styles never survive."""
    return _MarkupReader(links).read(parse_html(text))


class _MarkupReader(ListReader, MediaReader):
    """Walks one tree. Words gather in `line`; a finished line joins the current prose."""

    def __init__(self, links, result=None, depth: int = 0) -> None:
        self.links = links
        self.result = result or Markup()
        self.depth = depth
        self.pieces = self.result.pieces
        self.prose = []  # finished paragraphs and lists
        self.line = []  # the paragraph being written
        self.open = []  # inline tags open in it
        self.files = []  # attachments that follow the paragraph

    def read(self, tree):
        self.children(tree)
        self.end_prose()
        return self.result

    def inside(self, element):
        """The pieces of an element on its own; what it drops is told to the same result."""
        result = Markup(reasons=self.result.reasons)
        _MarkupReader(self.links, result, self.depth).read(element)
        self.result.controls += result.controls
        return result.pieces

    # Walking

    def children(self, element) -> None:
        self.text(element.text)
        self.depth += 1
        for child in element:
            if isinstance(child.tag, str):
                self.element(child)
            self.text(child.tail)
        self.depth -= 1

    def element(self, element) -> None:
        tag = element.tag.lower()
        if tag in DROPPED:
            if tag in ("script", "style", "link"):
                self.because(SCRIPTS)
        elif self.depth > MAX_DEPTH:
            self.text(element.text_content())
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

    def because(self, reason) -> None:
        if reason not in self.result.reasons:
            self.result.reasons.append(reason)

    # Words and lines

    def text(self, text: str) -> None:
        if not text:
            return
        if VARIABLE.search(text):
            self.because(PERSONAL)
            text = VARIABLE.sub("", text)
        for part, is_formula in split_formulas(text):
            if is_formula:
                self.because(FORMULAS)
            if is_formula and "code" not in self.open:
                self.enter("code")
                self.words(part)
                self.leave()
            else:
                self.words(part)

    def words(self, text: str) -> None:
        text = re.sub(r"[\s\u00a0]+", " ", text)
        if text:
            self.line.append(escape(text))

    def inline(self, element, tag) -> None:
        if any(name in (element.get("class") or "") for name in ICON_FONTS):
            return  # the letters of an icon font are names of icons, not words
        if tag and tag not in self.open:
            self.enter(tag)
            self.children(element)
            self.leave()
        else:
            self.children(element)

    def enter(self, tag, opening=None) -> None:
        self.open.append(tag)
        self.line.append(opening or f"<{tag}>")

    def leave(self) -> None:
        self.line.append(f"</{self.open.pop()}>")

    def end_line(self) -> None:
        closing = "".join(f"</{tag}>" for tag in reversed(self.open))
        line = tidy("".join(self.line) + closing)
        words = plain_text(line)
        # A line that only names the file it links to is said again by the file itself.
        if words and words != " ".join(file.title for file in self.files):
            self.prose.append(f"<p>{line}</p>")
        # A link that wraps several blocks goes on without being a link.
        self.open = [tag for tag in self.open if tag != "a"]
        self.line = [f"<{tag}>" for tag in self.open]
        if self.files:
            self.end_prose_with(self.files)

    def end_prose(self) -> None:
        self.end_line()
        if self.prose:
            self.pieces.append(Prose("".join(self.prose)))
            self.prose = []

    def end_prose_with(self, pieces) -> None:
        self.files = []
        self.end_prose()
        known = {piece.name for piece in self.pieces if isinstance(piece, Attachment)}
        for piece in pieces:
            if not isinstance(piece, Attachment) or piece.name not in known:
                self.pieces.append(piece)

    def piece(self, piece) -> None:
        self.end_prose()
        self.end_prose_with([piece])

    # Elements

    def do_br(self, element) -> None:
        self.line.append("<br/>")

    def do_clarification(self, element) -> None:
        self.words(f" ({plain_text(element.text_content())})")

    def do_a(self, element) -> None:
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

    def heading(self, element, level) -> None:
        pieces = self.inside(element)
        words = " ".join(plain_text(piece.html) for piece in pieces if isinstance(piece, Prose))
        if words:
            self.piece(Heading(words, level))
        for piece in pieces:
            if not isinstance(piece, Prose):
                self.piece(piece)

    def do_pre(self, element) -> None:
        for line_break in element.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        text = VARIABLE.sub("", element.text_content().replace("\u00a0", " "))
        if text.strip():
            self.piece(Code(text.strip("\n").rstrip(), _language(element)))

    def do_blockquote(self, element) -> None:
        sources = [*element.iter("footer"), *element.iter("cite")]
        source = plain_text(sources[0].text_content()) if sources else ""
        if sources:
            sources[0].drop_tree()
        pieces = self.inside(element)
        words = [plain_text(piece.html) for piece in pieces if isinstance(piece, Prose)]
        if words:
            self.piece(Quotation(" ".join(words), source.lstrip("—–- ")))
        for piece in pieces:
            if not isinstance(piece, Prose):
                self.piece(piece)

    def callout(self, element) -> None:
        pieces = self.inside(element)
        title = pieces.pop(0).text.rstrip(":") if isinstance(next(iter(pieces), 0), Heading) else ""
        if len(pieces) == 1 and isinstance(pieces[0], Prose):
            self.piece(Note(pieces[0].html, title))
            return
        if title:
            self.piece(Heading(title, 3))
        for piece in pieces:
            self.piece(piece)


def _language(element):
    """The language a code sample names in its class, or ""."""
    names = " ".join(node.get("class") or "" for node in element.iter())
    match = re.search(r"\b(?:lang|language|brush)[-:]\s*(\w+)", names)
    return match[1].lower() if match else ""
