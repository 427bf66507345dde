"""Tables: Wagtail's typed table, counted and bounded; the first column may name the rows."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, StructBlock, StructValue
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)

from courses.formulas.stored import FEATURE as FORMULA
from courses.shapes.tables import check_table

from .formulas import ProseBlock

CELL_FEATURES = ["bold", "italic", "code", "superscript", "subscript", "link", "ol", "ul", FORMULA]
MOST_TABLES = 20  # in a lesson
MOST_COLUMNS = 10
MOST_ROWS = 40


class CellsBlock(TypedTableBlock):
    """Columns with a heading each, of words or of numbers, and the rows below."""

    text = ProseBlock(required=False, features=CELL_FEATURES, label=_("Words"))
    number = CharBlock(required=False, max_length=40, label=_("Numbers"))

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> TypedTable:
        check_table(data, prefix, types=self.child_blocks)
        return super().value_from_datadict(data, files, prefix)

    def clean(self, table: TypedTable) -> TypedTable:
        cleaned: TypedTable = super().clean(table)
        complaint = why_unfit(len(table.columns), len(table.row_data))
        if complaint and not (self.is_deferred_validation and not table.row_data):
            raise TypedTableBlockValidationError(non_block_errors=[complaint])
        return cleaned


def why_unfit(columns: int, rows: int) -> str:
    """A sentence when no table can be so large or so small, else nothing."""
    if not columns or not rows:
        return gettext("A table has at least one column and one row.")
    if columns > MOST_COLUMNS or rows > MOST_ROWS:
        told = gettext("A table has at most %(columns)s columns and %(rows)s rows. Part it in two.")
        return told % {"columns": MOST_COLUMNS, "rows": MOST_ROWS}
    return ""


class TableValue(StructValue):
    @property
    def has_headings(self) -> bool:
        return any(column["heading"] for column in self["cells"].columns)


class TableBlock(StructBlock):
    cells = CellsBlock(label=_("Rows and columns"))
    row_heads = BooleanBlock(
        required=False,
        label=_("The first column names the rows"),
        help_text=_("It is set as headings, and read out with each cell of its row."),
    )

    class Meta:
        label = _("Table")
        icon = "table"
        template = "courses/blocks/table.html"
        value_class = TableValue
        label_format = "{cells}"
        description = _("Rows and columns with headings and a caption")
        preview_value = {
            "cells": {
                "columns": [
                    {"type": "text", "heading": "Scale"},
                    {"type": "number", "heading": "1 cm is"},
                ],
                "rows": [
                    {"values": ["<p>1 : 10,000</p>", "100 m"]},
                    {"values": ["<p>1 : 50,000</p>", "500 m"]},
                ],
                "caption": "What a centimetre stands for",
            },
            "row_heads": True,
        }
