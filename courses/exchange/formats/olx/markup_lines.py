"""Words gather in a line; a finished line joins the current prose, and prose becomes a piece."""

import html
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from lxml.html import HtmlElement

from courses.exchange.neutral import Attachment, Equation, Piece, Prose
from courses.exchange.words import escape, plain_text, tidy
from courses.words.reading import count_words

from .formulas import Tex, split_formulas
from .links import VARIABLE, Links

_ALONE = re.compile(r"<tex line>((?:(?!</tex>).)*)</tex>")
PERSONAL = _("placeholders for the learner's Open edX identity were dropped")


@dataclass
class Markup:
    """What came of one fragment. `controls` counts scripted controls that were dropped."""

    pieces: list[Piece] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    controls: int = 0

    @property
    def words(self) -> int:
        """Number of words a reader finds in the pieces."""
        texts = (getattr(piece, "html", "") or getattr(piece, "text", "") for piece in self.pieces)
        return sum(count_words(plain_text(text)) for text in texts)


class LineWriter(ABC):
    """What the readers of lists, media and the rest of a fragment write with."""

    def __init__(self, links: Links, result: Markup | None = None, depth: int = 0) -> None:
        self.links = links
        self.result = result or Markup()
        self.depth = depth
        self.pieces = self.result.pieces
        self.prose: list[str] = []  # finished paragraphs and lists
        self.line: list[str] = []  # the paragraph being written
        self.open: list[str] = []  # inline tags open in it
        self.files: list[Piece] = []  # what follows the paragraph

    @abstractmethod
    def children(self, element: HtmlElement) -> None:
        """Read what stands in the element, in order."""

    @abstractmethod
    def inside(self, element: HtmlElement) -> list[Piece]:
        """The pieces of an element on its own; what it drops is told to the same result."""

    def because(self, reason: str | Promise) -> None:
        if reason not in self.result.reasons:
            self.result.reasons.append(str(reason))

    def text(self, text: str | None) -> None:
        if not text:
            return
        if VARIABLE.search(text):
            self.because(PERSONAL)
            text = VARIABLE.sub("", text)
        for part in split_formulas(text):
            if isinstance(part, str):
                self.words(part)
            else:
                self.formula(part)

    def formula(self, formula: Tex) -> None:
        if "code" in self.open:
            self.words(formula.tex)
            return
        if formula.complaint:
            self.because(formula.reason)
        opening = "<tex line>" if formula.on_a_line else "<tex>"
        self.enter("code" if formula.complaint else "tex", "" if formula.complaint else opening)
        self.words(formula.tex)
        self.leave()

    def words(self, text: str) -> None:
        text = re.sub(r"[\s\u00a0]+", " ", text)
        if text:
            self.line.append(escape(text))

    def enter(self, tag: str, opening: str = "") -> None:
        self.open.append(tag)
        self.line.append(opening or f"<{tag}>")

    def leave(self) -> None:
        self.line.append(f"</{self.open.pop()}>")

    def end_line(self) -> None:
        closing = "".join(f"</{tag}>" for tag in reversed(self.open))
        line = tidy("".join(self.line) + closing)
        words = plain_text(line)
        # A line that only names the file it links to is said again by the file itself.
        known = {piece.name for piece in self.pieces if isinstance(piece, Attachment)}
        names = [
            getattr(file, "title", "")
            for file in self.files
            if getattr(file, "name", "") not in known
        ]
        if alone := _ALONE.fullmatch(line):
            self.end_prose_before(Equation(html.unescape(alone[1])))
        elif words and words != " ".join(names):
            self.prose.append(f"<p>{line.replace('<tex line>', '<tex>')}</p>")
        # A link that wraps several blocks goes on without being a link.
        self.open = [tag for tag in self.open if tag != "a"]
        self.line = [f"<{tag}>" for tag in self.open]
        if self.files:
            self.end_prose_with(self.files)

    def end_prose_before(self, piece: Piece) -> None:
        if self.prose:
            self.pieces.append(Prose("".join(self.prose)))
            self.prose = []
        self.pieces.append(piece)

    def end_prose(self) -> None:
        self.end_line()
        if self.prose:
            self.pieces.append(Prose("".join(self.prose)))
            self.prose = []

    def end_prose_with(self, pieces: Iterable[Piece]) -> None:
        self.files = []
        self.end_prose()
        known = {piece.name for piece in self.pieces if isinstance(piece, Attachment)}
        for piece in pieces:
            if not isinstance(piece, Attachment) or piece.name not in known:
                self.pieces.append(piece)

    def piece(self, piece: Piece) -> None:
        self.end_prose()
        self.end_prose_with([piece])
