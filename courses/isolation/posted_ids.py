"""Takes foreign ids out of a posted page before its form reads them.

A form that is refused is shown again with what was posted, and a chooser shows the title,
the file name and the address of what its id names. So ids that the person may not choose
are emptied first: the form then treats foreign and missing ids alike, and says so once. It
is the first to read a posted list or text, so what has no shape is refused here
(``courses.shapes``).
"""

import json
from collections.abc import Iterator

from django.db.models import Model
from django.forms import Field, ModelChoiceField
from django.http import QueryDict
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks import (
    BaseStreamBlock,
    BaseStructBlock,
    Block,
    BlockField,
    ChooserBlock,
    ListBlock,
    RichTextBlock,
)
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.models import AbstractPage, Page

from courses.models.media import CourseDocument, CourseImage
from courses.people import Person
from courses.shapes.lists import posted_count
from courses.shapes.rich_text import posted_content
from courses.shapes.tables import posted_cells

from .foreign_ids import REFUSALS, Named, choosable_ids

# Entities of the text editor that name something by id.
ENTITIES = {"LINK": Page, "DOCUMENT": CourseDocument, "IMAGE": CourseImage}


class PostedIds:
    """Where the fields of a form name pages, images and documents, and what they name."""

    def __init__(self, form: WagtailAdminPageForm) -> None:
        self.data: QueryDict = form.data
        self.choosers: list[tuple[str, type[Model]]] = []
        self.texts: list[str] = []
        for name, field in form.fields.items():
            self._read_field(form.add_prefix(name), field)

    def without_foreign(self, *, user: Person, allowed: set[Named]) -> tuple[QueryDict, list[str]]:
        """(data, sentences): the post with foreign ids emptied, and a refusal for each kind.

        ``allowed`` are (model, id) pairs that need no permission: what stood there before.
        """
        named = {pair for _, pair in self._named()} - allowed
        foreign: set[Named] = set()
        for model in REFUSALS:
            ids = {object_id for kind, object_id in named if kind is model}
            foreign |= {(model, pk) for pk in ids - choosable_ids(model, ids, user)}
        if not foreign:
            return self.data, []
        data = self.data.copy()
        for key, model in self.choosers:
            if (model, self._posted(key)) in foreign:
                data[key] = ""
        for key in self.texts:
            if text := self._posted(key):
                data[key] = _without_entities(text, foreign)
        kinds = {model for model, _ in foreign}
        return data, [str(sentence) for model, sentence in REFUSALS.items() if model in kinds]

    def _named(self) -> Iterator[tuple[str, Named]]:
        for key, model in self.choosers:
            if chosen := self._posted(key):
                yield key, (model, chosen)
        for key in self.texts:
            for pair in _entities(self._posted(key)).values():
                yield key, pair

    def _posted(self, key: str) -> str:
        return str(self.data.get(key) or "")

    def _read_field(self, key: str, field: Field) -> None:
        if isinstance(field, BlockField):
            self._read_block(key, field.block)
        elif isinstance(field, ModelChoiceField) and field.queryset is not None:
            self._add_chooser(key, field.queryset.model)
        elif isinstance(field.widget, DraftailRichTextArea):
            self.texts.append(key)

    def _read_block(self, key: str, block: Block) -> None:
        if isinstance(block, ChooserBlock):
            self._add_chooser(key, block.model_class)
        elif isinstance(block, RichTextBlock):
            self.texts.append(key)
        elif isinstance(block, BaseStructBlock):
            for name, child in block.child_blocks.items():
                self._read_block(f"{key}-{name}", child)
        elif isinstance(block, ListBlock):
            for index in range(posted_count(self.data, key)):
                self._read_block(f"{key}-{index}-value", block.child_block)
        elif isinstance(block, BaseStreamBlock):
            for index in range(posted_count(self.data, key)):
                child = block.child_blocks.get(self.data.get(f"{key}-{index}-type"))
                if child is not None:
                    self._read_block(f"{key}-{index}-value", child)
        elif isinstance(block, BaseTypedTableBlock):
            for cell, kind in posted_cells(self.data, key):
                child = block.child_blocks.get(kind)
                if child is not None:
                    self._read_block(cell, child)

    def _add_chooser(self, key: str, model: type[Model]) -> None:
        kind = Page if issubclass(model, AbstractPage) else model
        if kind in REFUSALS:
            self.choosers.append((key, kind))


def _entities(text: str) -> dict[str, Named]:
    """(model, id) by key of the entities of a text that name something."""
    found: dict[str, Named] = {}
    for key, entity in posted_content(text).get("entityMap", {}).items():
        model = ENTITIES.get(entity["type"])
        object_id = entity["data"].get("id")
        if model is not None and object_id not in (None, ""):
            found[key] = (model, str(object_id))
    return found


def _without_entities(text: str, foreign: set[Named]) -> str:
    """The text without its foreign entities: the words stay."""
    gone = {key for key, pair in _entities(text).items() if pair in foreign}
    if not gone:
        return text
    content = posted_content(text)
    for key in gone:
        del content["entityMap"][key]
    for block in content.get("blocks", []):
        block["entityRanges"] = [
            where for where in block.get("entityRanges", []) if str(where.get("key")) not in gone
        ]
    return json.dumps(content)
