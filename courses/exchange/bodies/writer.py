"""Write the pieces of a lesson as blocks of its body, in order and within its bounds."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.blocks import LessonStream
from courses.blocks.lists import MOST_BLOCKS, MOST_IN_LESSON, items_in
from courses.blocks.tables import MOST_TABLES
from courses.blocks.text import CodeBlock
from courses.exchange.media import MediaStore, NotStored
from courses.exchange.neutral import (
    ABSENT,
    Attachment,
    Clip,
    Code,
    Embed,
    Equation,
    Heading,
    ImportedComponent,
    ImportedLesson,
    NeutralQuestion,
    Note,
    Picture,
    Piece,
    Prose,
    Quotation,
    Table,
)

from .absent import what_stood_here
from .complaints import complain
from .media import MediaWriter
from .questions import question
from .texts import Raw, TextWriter

FULL = gettext_lazy("a lesson holds at most %(most)s blocks; what came after was left out")
FULL_LISTS = gettext_lazy(
    "the lists of a lesson hold at most %(most)s items together; what came after was left out"
)
TABLES = gettext_lazy("a lesson holds at most %(most)s tables; those that came after were left out")

Placed = tuple[Piece, ImportedComponent]

_LANGUAGES = {"sh": "bash", "shell": "bash", "js": "javascript", "py": "python", "xml": "html"}


class BodyWriter:
    """Turns lessons into raw stream data. `pages` maps a lesson's source id to its page's pk."""

    def __init__(
        self,
        *,
        media: MediaStore,
        pages: Mapping[str, int],
        places: Mapping[str, str],
        language: str,
    ) -> None:
        self.block = LessonStream()
        self.texts = TextWriter(pages=pages, places=places)
        self.media = MediaWriter(media=media, texts=self.texts, language=language)
        self._codes = {code for code, _label in CodeBlock().child_blocks["language"].field.choices}

    def write(self, lesson: ImportedLesson) -> list[Raw]:
        """The lesson's body as raw stream data that passes `stream_block.clean`.

        Pieces that cannot be stored are told to their component, as reasons.
        """
        placed = [(piece, part) for part in lesson.components for piece in part.pieces]
        top = next((piece.level for piece, _part in placed if isinstance(piece, Heading)), 1)
        blocks: list[Raw] = []
        for piece, component in _joined(placed):
            placed_piece = piece
            if isinstance(piece, Heading):
                placed_piece = Heading(piece.text, 2 if piece.level <= top else 3)
            for kind, value in self.blocks_of(placed_piece, component):
                self.add(blocks, kind, value, component)
        if not blocks:
            kind, value = self.texts.callout(what_stood_here(lesson), None)
            self.add(blocks, kind, value, None)
        return blocks

    def add(
        self, blocks: list[Raw], kind: str, value: object, component: ImportedComponent | None
    ) -> None:
        child = self.block.child_blocks[kind]
        if component and len(blocks) >= MOST_BLOCKS:
            complain(component, FULL % {"most": MOST_BLOCKS})
            return
        if component and kind == "table" and _number_of(blocks, kind) >= MOST_TABLES:
            complain(component, TABLES % {"most": MOST_TABLES})
            return
        items = items_in(self.block, blocks) + items_in(child, value)
        if component and items > MOST_IN_LESSON:
            complain(component, FULL_LISTS % {"most": MOST_IN_LESSON})
            return
        raw = {"type": kind, "value": value, "id": str(uuid.uuid4())}
        try:
            child.clean(child.to_python(value))
        except ValidationError as error:
            if component is None:
                raise
            told = _("a block of it did not pass the checks (%(reason)s)")
            complain(component, told % {"reason": _first(error)})
            return
        blocks.append(raw)

    def blocks_of(self, piece: Piece, component: ImportedComponent) -> list[tuple[str, Any]]:
        """[(block type, raw value)] of one piece."""
        try:
            match piece:
                case Heading():
                    text = self.texts.fit(piece.text, component, "heading", "text")
                    return [("heading", {"text": text, "level": str(piece.level)})]
                case Prose():
                    return [("rich_text", text)] if (text := self.texts.rich(piece.html)) else []
                case Code():
                    language = _LANGUAGES.get(piece.language, piece.language)
                    language = language if language in self._codes else "text"
                    return [("code", {"language": language, "code": piece.text, "caption": ""})]
                case Quotation():
                    source = self.texts.fit(piece.source, component, "quote", "source")
                    return [("quote", {"text": piece.text, "source": source})]
                case Equation():
                    return [("formula", {"formula": piece.tex, "caption": ""})]
                case Table():
                    return [self.texts.table(piece, component)]
                case Note():
                    return [self.texts.callout(piece, component)]
                case Picture():
                    return self.media.described_picture(piece, component)
                case Attachment():
                    return [self.media.attachment(piece, component)]
                case Embed():
                    return [self.media.link(piece.url, piece.title, component)]
                case Clip():
                    return [self.media.video(piece, component)]
                case NeutralQuestion():
                    return [question(piece, self.texts, component)]
        except NotStored as error:
            complain(component, str(error))
        return []


def _joined(placed: Iterable[Placed]) -> Iterator[Placed]:
    """Neighbouring prose as one piece, and neighbouring notes on what is absent as one."""

    def kind(pair: Placed) -> str | int:
        piece = pair[0]
        if isinstance(piece, Prose):
            return "prose"
        return "absent" if isinstance(piece, Note) and piece.title == ABSENT else id(piece)

    for name, group in groupby(placed, key=kind):
        pairs = list(group)
        component = pairs[-1][1]
        if name == "prose":
            yield Prose("".join(_html(pairs))), component
        elif name == "absent":
            markup = "".join(dict.fromkeys(_html(pairs)))
            yield Note(markup, str(ABSENT)), component
        else:
            yield from pairs


def _html(placed: Iterable[Placed]) -> list[str]:
    return [piece.html for piece, _part in placed if isinstance(piece, Prose | Note)]


def _number_of(blocks: Iterable[Raw], kind: str) -> int:
    return sum(block["type"] == kind for block in blocks)


def _first(error: ValidationError) -> str:
    """The first sentence that says what is wrong: that of a block is about its parts."""
    inner = getattr(error, "block_errors", None)
    parts = inner.values() if isinstance(inner, dict) else inner or []
    for part in parts:
        if isinstance(part, ValidationError):
            return _first(part)
    return str(error.messages[0])
