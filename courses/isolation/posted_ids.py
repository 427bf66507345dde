"""Takes foreign ids out of a posted page before its form reads them.

A form that is refused is shown again with what was posted, and a chooser shows the title,
the file name and the address of what its id names. So ids that the person may not choose
are emptied first: the form then treats foreign and missing ids alike, and says so once.
"""

import json

from django.forms import ModelChoiceField
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks import (
    BaseStreamBlock,
    BaseStructBlock,
    BlockField,
    ChooserBlock,
    ListBlock,
    RichTextBlock,
)
from wagtail.models import AbstractPage, Page

from courses.models.media import CourseDocument, CourseImage
from courses.people import Person

from .foreign_ids import NAMES, REFUSAL, choosable_ids

# Entities of the text editor that name something by id.
ENTITIES = {"LINK": Page, "DOCUMENT": CourseDocument, "IMAGE": CourseImage}


class PostedIds:
    """Where the fields of a form name pages, images and documents, and what they name."""

    def __init__(self, form) -> None:
        self.data = form.data
        self.choosers: list[tuple[str, type]] = []
        self.texts: list[str] = []
        for name, field in form.fields.items():
            self._read_field(form.add_prefix(name), field)

    def without_foreign(self, *, user: Person, allowed: set):
        """(data, sentences): the post with foreign ids emptied, and a refusal for each kind.

        ``allowed`` are (model, id) pairs that need no permission: what stood there before.
        """
        named = {pair for _, pair in self._named()} - allowed
        foreign = set()
        for model in NAMES:
            ids = {object_id for kind, object_id in named if kind is model}
            foreign |= {(model, pk) for pk in ids - choosable_ids(model, ids, user)}
        if not foreign:
            return self.data, []
        data = self.data.copy()
        for key, model in self.choosers:
            if (model, data.get(key)) in foreign:
                data[key] = ""
        for key in self.texts:
            data[key] = _without_entities(data.get(key), foreign)
        kinds = {model for model, _ in foreign}
        return data, [REFUSAL.format(what=NAMES[model]) for model in NAMES if model in kinds]

    def _named(self):
        for key, model in self.choosers:
            if self.data.get(key):
                yield key, (model, self.data[key])
        for key in self.texts:
            for pair in _entities(self.data.get(key)).values():
                yield key, pair

    def _read_field(self, key: str, field) -> None:
        if isinstance(field, BlockField):
            self._read_block(key, field.block)
        elif isinstance(field, ModelChoiceField):
            self._add_chooser(key, field.queryset.model)
        elif isinstance(field.widget, DraftailRichTextArea):
            self.texts.append(key)

    def _read_block(self, key: str, block) -> None:
        if isinstance(block, ChooserBlock):
            self._add_chooser(key, block.model_class)
        elif isinstance(block, RichTextBlock):
            self.texts.append(key)
        elif isinstance(block, BaseStructBlock):
            for name, child in block.child_blocks.items():
                self._read_block(f"{key}-{name}", child)
        elif isinstance(block, ListBlock):
            for index in range(self._count(key)):
                self._read_block(f"{key}-{index}-value", block.child_block)
        elif isinstance(block, BaseStreamBlock):
            for index in range(self._count(key)):
                child = block.child_blocks.get(self.data.get(f"{key}-{index}-type"))
                if child is not None:
                    self._read_block(f"{key}-{index}-value", child)

    def _add_chooser(self, key: str, model) -> None:
        kind = Page if issubclass(model, AbstractPage) else model
        if kind in NAMES:
            self.choosers.append((key, kind))

    def _count(self, key: str) -> int:
        value = self.data.get(f"{key}-count", "")
        return int(value) if value.isdigit() else 0


def _parsed(text: str) -> dict:
    try:
        content = json.loads(text or "")
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _entities(text: str) -> dict[str, tuple[type, str]]:
    """(model, id) by key of the entities of a text that name something."""
    found = {}
    for key, entity in (_parsed(text).get("entityMap") or {}).items():
        model = ENTITIES.get(entity.get("type"))
        object_id = (entity.get("data") or {}).get("id")
        if model is not None and object_id not in (None, ""):
            found[key] = (model, str(object_id))
    return found


def _without_entities(text: str, foreign: set) -> str:
    """The text without its foreign entities: the words stay."""
    gone = {key for key, pair in _entities(text).items() if pair in foreign}
    if not gone:
        return text
    content = _parsed(text)
    for key in gone:
        del content["entityMap"][key]
    for block in content.get("blocks", []):
        block["entityRanges"] = [
            where for where in block.get("entityRanges", []) if str(where.get("key")) not in gone
        ]
    return json.dumps(content)
