"""Write the pieces of a lesson as blocks of its body."""

import html
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from courses.blocks import LessonStream
from courses.blocks.hosted_videos import VIMEO, YOUTUBE, HostedVideo
from courses.blocks.lists import MOST_BLOCKS, MOST_IN_LESSON, items_in
from courses.blocks.media import CaptionTrackBlock
from courses.blocks.questions import MOST_HINTS, PROMPT_FEATURES, OptionsQuestionBlock
from courses.blocks.tables import CELL_FEATURES, MOST_TABLES
from courses.blocks.text import NOTE_FEATURES, READING_FEATURES, CodeBlock
from courses.formulas.stored import FEATURE as FORMULA
from courses.formulas.stored import plain_formulas
from courses.words.cutting import shorten

from .media import IMAGE_SUFFIXES, MediaStore, NotStored
from .neutral import (
    ABSENT,
    PLACE,
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
    Outcome,
    Picture,
    Piece,
    Prose,
    Quotation,
    Table,
)
from .words import escape, paragraph, plain_text

NO_ALT = gettext_lazy("a picture without a description is described by its file name")
OTHER_CAPTIONS = gettext_lazy("captions in a language that cannot be named here were left out")
MORE_CAPTIONS = gettext_lazy("a second caption track in one language was left out")
ELSEWHERE = gettext_lazy("a video kept on another site became a link")
FULL = gettext_lazy("a lesson holds at most %(most)s blocks; what came after was left out")
FULL_LISTS = gettext_lazy(
    "the lists of a lesson hold at most %(most)s items together; what came after was left out"
)
SHORTENED = gettext_lazy("a text too long for its field was shortened")
TABLES = gettext_lazy("a lesson holds at most %(most)s tables; those that came after were left out")
QUESTION_LINKS = gettext_lazy("links in a question became the words and the address")

_TEX = re.compile(r"<tex>(.*?)</tex>")
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_LINK_TO_PLACE = re.compile(rf'<a href="{PLACE}([^"]*)">')
Raw = dict[str, Any]  # of a block, as the stream stores it
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
        self.media = media
        self.pages = pages
        self.places = places
        self.language = language
        self.block = LessonStream()
        self._converters: dict[tuple[str, ...], ContentstateConverter] = {}
        # Lessons are named by an address nobody can know, until the editor's rules were applied.
        self._marker = f"https://{uuid.uuid4().hex}.invalid/"
        self._codes = {code for code, _label in CodeBlock().child_blocks["language"].field.choices}
        self._tracks = {
            code for code, _label in CaptionTrackBlock().child_blocks["language"].field.choices
        }

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
            kind, value = self.callout(what_stood_here(lesson), None)
            self.add(blocks, kind, value, None)
        return blocks

    def add(
        self, blocks: list[Raw], kind: str, value: object, component: ImportedComponent | None
    ) -> None:
        child = self.block.child_blocks[kind]
        if component and len(blocks) >= MOST_BLOCKS:
            _complain(component, FULL % {"most": MOST_BLOCKS})
            return
        if component and kind == "table" and _number_of(blocks, kind) >= MOST_TABLES:
            _complain(component, TABLES % {"most": MOST_TABLES})
            return
        items = items_in(self.block, blocks) + items_in(child, value)
        if component and items > MOST_IN_LESSON:
            _complain(component, FULL_LISTS % {"most": MOST_IN_LESSON})
            return
        raw = {"type": kind, "value": value, "id": str(uuid.uuid4())}
        try:
            child.clean(child.to_python(value))
        except ValidationError as error:
            if component is None:
                raise
            told = _("a block of it did not pass the checks (%(reason)s)")
            _complain(component, told % {"reason": _first(error)})
            return
        blocks.append(raw)

    def blocks_of(self, piece: Piece, component: ImportedComponent) -> list[tuple[str, Any]]:
        """[(block type, raw value)] of one piece."""
        try:
            match piece:
                case Heading():
                    text = self.fit(piece.text, component, "heading", "text")
                    return [("heading", {"text": text, "level": str(piece.level)})]
                case Prose():
                    return [("rich_text", text)] if (text := self.rich(piece.html)) else []
                case Code():
                    language = _LANGUAGES.get(piece.language, piece.language)
                    language = language if language in self._codes else "text"
                    return [("code", {"language": language, "code": piece.text, "caption": ""})]
                case Quotation():
                    source = self.fit(piece.source, component, "quote", "source")
                    return [("quote", {"text": piece.text, "source": source})]
                case Equation():
                    return [("formula", {"formula": piece.tex, "caption": ""})]
                case Table():
                    return [self.table(piece, component)]
                case Note():
                    return [self.callout(piece, component)]
                case Picture():
                    return self.described_picture(piece, component)
                case Attachment():
                    return [self.attachment(piece, component)]
                case Embed():
                    return [self.link(piece.url, piece.title, component)]
                case Clip():
                    return [self.video(piece, component)]
                case NeutralQuestion():
                    return [self.question(piece, component)]
        except NotStored as error:
            _complain(component, str(error))
        return []

    # Text

    def fit(self, text: str | None, component: ImportedComponent | None, *field: str) -> str:
        """The text on one line, as long as the named field of a block takes it."""
        block: Any = self.block
        for name in field:
            block = getattr(block, "child_block", block).child_blocks[name]
        line = " ".join((text or "").split())
        most = block.field.max_length
        if len(line) <= most:
            return line
        if component:
            component.degrade(SHORTENED)
        return shorten(line, most)

    def rich(self, markup: str, features: tuple[str, ...] = tuple(READING_FEATURES)) -> str:
        """HTML as the editor itself would store it: what it does not know is gone."""
        if features not in self._converters:
            self._converters[features] = ContentstateConverter(list(features))
        converter = self._converters[features]
        markup = _LINK_TO_PLACE.sub(self.mark_lesson, _TEX.sub(_stored_formula, markup))
        stored = converter.to_database_format(converter.from_database_format(markup))
        stored = re.sub(r' data-block-key="[^"]*"', "", stored)
        stored = re.sub(rf'<a href="{self._marker}(\d+)">', r'<a id="\1" linktype="page">', stored)
        return stored if plain_text(plain_formulas(stored)) else ""

    def mark_lesson(self, match: re.Match[str]) -> str:
        page = self.pages.get(self.places.get(match[1], ""))
        return f'<a href="{self._marker}{page}">' if page else "<a>"

    def callout(self, note: Note, component: ImportedComponent | None) -> tuple[str, Raw]:
        text = self.rich(note.html, tuple(NOTE_FEATURES))
        title = self.fit(note.title, component, "callout", "title")
        return "callout", {"kind": note.tone, "title": title, "text": text}

    def table(self, table: Table, component: ImportedComponent) -> tuple[str, Raw]:
        width = len(table.rows[0])
        heads = [*table.heads, *[""] * width][:width]
        cells = [
            {"values": [self.rich(cell, tuple(CELL_FEATURES)) for cell in row]}
            for row in table.rows
        ]
        columns = [{"type": "text", "heading": head} for head in heads]
        value = {"columns": columns, "rows": cells, "caption": shorten(table.caption, 1_000)}
        if value["caption"] != table.caption:
            component.degrade(SHORTENED)
        return "table", {"cells": value, "row_heads": table.row_heads}

    # Media

    def picture(self, piece: Picture, component: ImportedComponent) -> tuple[str, Raw]:
        image = self.media.image(piece.name, piece.alt)
        if not piece.alt:
            component.degrade(NO_ALT)
        alt = piece.alt or _named(piece.name)
        return "image", {
            "image": image.pk,
            "alt": self.fit(alt, component, "image", "alt"),
            "caption": self.fit(piece.caption, component, "image", "caption"),
        }

    def described_picture(
        self, piece: Picture, component: ImportedComponent
    ) -> list[tuple[str, Any]]:
        """A picture, and as a text of its own what is too long to describe it, or what described
        a picture that cannot be stored."""
        description = [("rich_text", paragraph(piece.alt))] if piece.alt else []
        try:
            kind, value = self.picture(piece, component)
        except NotStored as error:
            _complain(component, str(error))
            return [] if component.outcome is Outcome.LEFT_OUT else description
        is_cut = len(piece.alt) > len(value["alt"])
        return [(kind, value), *description] if is_cut else [(kind, value)]

    def attachment(self, piece: Attachment, component: ImportedComponent) -> tuple[str, Raw]:
        suffix = "." + piece.name.rsplit(".", 1)[-1].lower()
        if suffix in IMAGE_SUFFIXES:
            return self.picture(Picture(piece.name, piece.title), component)
        document = self.media.document(piece.name, piece.title)
        kind = "pdf" if document.file_extension.lower() == "pdf" else "file"
        return "resource", {
            "type": kind,
            "title": self.fit(piece.title, component, "resource", "title"),
            "description": "",
            "url": "",
            "file": document.pk,
        }

    def link(self, url: str, title: str, component: ImportedComponent) -> tuple[str, Raw]:
        title = self.fit(title, component, "resource", "title")
        value = {"type": "link", "title": title, "description": "", "url": url}
        return "resource", {**value, "file": None}

    def video(self, piece: Clip, component: ImportedComponent) -> tuple[str, Raw]:
        title = self.fit(piece.title, component, "video", "title")
        if piece.url:
            component.degrade(ELSEWHERE)
            return self.link(piece.url, title, component)
        captions, seconds = self.captions(piece, component)
        url, file = "", None
        if piece.youtube:
            url = HostedVideo(YOUTUBE, piece.youtube, start=piece.start).watch_url
        elif piece.vimeo:
            url = HostedVideo(VIMEO, piece.vimeo, piece.key, piece.start).watch_url
        else:
            file = self.media.document(piece.name, title).pk
        return "video", {
            "title": title,
            "url": url,
            "file": file,
            "thumbnail": None,
            "duration": None if piece.excerpt else seconds,
            "captions": captions,
            "transcript": "",
        }

    def captions(self, piece: Clip, component: ImportedComponent) -> tuple[list[Raw], int | None]:
        """Raw caption tracks, and the seconds that the longest of them covers."""
        tracks: dict[str, Raw] = {}
        seconds = 0
        for code, entry in sorted(piece.captions.items()):
            language = self.caption_language(code)
            if language not in self._tracks or language in tracks:
                component.degrade(MORE_CAPTIONS if language in tracks else OTHER_CAPTIONS)
                continue
            try:
                name = _("Captions (%(language)s): %(title)s")
                stored = self.media.captions(
                    entry, name % {"language": code, "title": piece.title}, language
                )
            except NotStored as error:
                component.degrade(str(error))
                continue
            if stored.guess:
                told = _("captions that are not UTF-8 were read as %(encoding)s, by their look")
                component.degrade(told % {"encoding": stored.guess})
            tracks[language] = {"language": language, "file": stored.document.pk}
            seconds = max(seconds, stored.end)
        ordered = sorted(tracks.values(), key=lambda track: track["language"] != self.language)
        return ordered, min(seconds, 86_400) or None

    def caption_language(self, code: str) -> str:
        """The language a code names, such as pt-br; without its region where that is unknown."""
        whole = code.replace("_", "-").lower()
        return whole if whole in self._tracks else whole.split("-")[0]

    # Questions

    def question(self, piece: NeutralQuestion, component: ImportedComponent) -> tuple[str, Raw]:
        most = OptionsQuestionBlock().child_blocks["options"].meta.max_num
        if most and len(piece.options) > most:
            raise NotStored(_many_options(len(piece.options), most))
        prompt = self.rich(_plain_links(piece.text, component), tuple(PROMPT_FEATURES))
        told = _plain_links(piece.explanation, component)
        explanation = self.rich(told, tuple(PROMPT_FEATURES))
        hints = [self.rich(_plain_links(h, component), tuple(PROMPT_FEATURES)) for h in piece.hints]
        if len(hints) > MOST_HINTS:  # the last one says the rest
            hints = [*hints[: MOST_HINTS - 1], "".join(hints[MOST_HINTS - 1 :])]
        shown = [{"type": "item", "value": h, "id": str(uuid.uuid4())} for h in hints if h]
        options: list[Raw] = []
        for option in piece.options:
            text = self.fit(option.text, component, "single_choice", "options", "text")
            feedback = self.fit(option.feedback, component, "single_choice", "options", "feedback")
            options.append({"text": text, "correct": option.correct, "feedback": feedback})
        if piece.kind == "true_false":
            by_name = {option["text"].casefold(): option for option in options}
            return "true_false", {
                "statement": prompt,
                "answer": next(name for name, option in by_name.items() if option["correct"]),
                "feedback_true": by_name["true"]["feedback"],
                "feedback_false": by_name["false"]["feedback"],
                "explanation": explanation,
                "hints": shown,
            }
        listed = [{"type": "item", "value": o, "id": str(uuid.uuid4())} for o in options]
        value = {"question": prompt, "options": listed, "hints": shown}
        value["explanation"] = explanation
        return f"{piece.kind}_choice", value


def what_stood_here(lesson: ImportedLesson) -> Note:
    """The note of a lesson of which nothing came along."""
    if not lesson.components:
        return Note(paragraph(_("This lesson was empty in the original course.")), str(ABSENT))
    head = _("Nothing of this lesson could be brought along. The original course had here:")
    items = "".join(f"<li>{escape(_what_became(part))}</li>" for part in lesson.components)
    return Note(f"{paragraph(head)}<ul>{items}</ul>", str(ABSENT))


def _what_became(component: ImportedComponent) -> str:
    # Translators: a part of a lesson, and why it did not come along.
    titled, untitled = _("%(kind)s “%(title)s”: %(reasons)s"), _("%(kind)s: %(reasons)s")
    return (titled if component.title else untitled) % {
        "kind": component.kind,
        "title": component.title,
        "reasons": "; ".join(component.reasons),
    }


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


def _complain(component: ImportedComponent, reason: str | Promise) -> None:
    """A piece was lost: with no other left, so is the component."""
    if component.outcome is Outcome.LEFT_OUT:
        return
    if len(component.pieces) <= 1:
        component.leave_out(reason)
    else:
        component.degrade(reason)


def _number_of(blocks: Iterable[Raw], kind: str) -> int:
    return sum(block["type"] == kind for block in blocks)


def _stored_formula(match: re.Match[str]) -> str:
    """A formula as the editor's converter reads it; what pages show is set there."""
    return f'<embed embedtype="{FORMULA}" tex="{html.escape(html.unescape(match[1]))}"/>'


def _first(error: ValidationError) -> str:
    """The first sentence that says what is wrong: that of a block is about its parts."""
    inner = getattr(error, "block_errors", None)
    parts = inner.values() if isinstance(inner, dict) else inner or []
    for part in parts:
        if isinstance(part, ValidationError):
            return _first(part)
    return str(error.messages[0])


def _many_options(count: int, most: int) -> str:
    told = ngettext(
        "a question with %(number)d option was left out: here it has at most %(most)d",
        "a question with %(number)d options was left out: here it has at most %(most)d",
        count,
    )
    return told % {"number": count, "most": most}


def _plain_links(markup: str, component: ImportedComponent) -> str:
    """A question holds no links: each becomes its words, with the address behind them."""

    def words(match: re.Match[str]) -> str:
        component.degrade(QUESTION_LINKS)
        address = match[1] if not match[1].startswith(PLACE) else ""
        known = not address or html.unescape(address) in plain_text(match[2])
        return match[2] if known else f"{match[2]} ({address})"

    return _LINK.sub(words, markup)


def _named(entry: str) -> str:
    """A file's name as words."""
    name = entry.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return " ".join(re.sub(r"[_\-]+", " ", name).split()) or _("Picture")
