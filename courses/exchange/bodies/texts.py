"""Texts of a body: as long as their fields take, and as the editor itself would store them."""

import html
import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from courses.blocks import LessonStream
from courses.blocks.tables import CELL_FEATURES
from courses.blocks.text import NOTE_FEATURES, READING_FEATURES
from courses.exchange.neutral import PLACE, ImportedComponent, Note, Table
from courses.exchange.words import plain_text
from courses.formulas.stored import FEATURE as FORMULA
from courses.formulas.stored import plain_formulas
from courses.words.cutting import shorten

SHORTENED = gettext_lazy("a text too long for its field was shortened")

_TEX = re.compile(r"<tex>(.*?)</tex>")
_LINK_TO_PLACE = re.compile(rf'<a href="{PLACE}([^"]*)">')
_LONGEST_CAPTION = 1_000  # of a table
Raw = dict[str, Any]  # of a block, as the stream stores it


class TextWriter:
    """Writes texts; ``pages`` and ``places`` lead links to the lessons that they mean."""

    def __init__(self, *, pages: Mapping[str, int], places: Mapping[str, str]) -> None:
        self.pages = pages
        self.places = places
        self.block = LessonStream()
        self._converters: dict[tuple[str, ...], ContentstateConverter] = {}
        # Lessons are named by an address nobody can know, until the editor's rules were applied.
        self._marker = f"https://{uuid.uuid4().hex}.invalid/"

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
        markup = _LINK_TO_PLACE.sub(self._mark_lesson, _TEX.sub(_stored_formula, markup))
        stored = converter.to_database_format(converter.from_database_format(markup))
        stored = re.sub(r' data-block-key="[^"]*"', "", stored)
        stored = re.sub(rf'<a href="{self._marker}(\d+)">', r'<a id="\1" linktype="page">', stored)
        return stored if plain_text(plain_formulas(stored)) else ""

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
        caption = shorten(table.caption, _LONGEST_CAPTION)
        if caption != table.caption:
            component.degrade(SHORTENED)
        value = {"columns": columns, "rows": cells, "caption": caption}
        return "table", {"cells": value, "row_heads": table.row_heads}

    def _mark_lesson(self, match: re.Match[str]) -> str:
        page = self.pages.get(self.places.get(match[1], ""))
        return f'<a href="{self._marker}{page}">' if page else "<a>"


def _stored_formula(match: re.Match[str]) -> str:
    """A formula as the editor's converter reads it; what pages show is set there."""
    return f'<embed embedtype="{FORMULA}" tex="{html.escape(html.unescape(match[1]))}"/>'
