"""What becomes of a table that cannot stand as it is: several, or a list."""

import re

from django.utils.translation import gettext_lazy

from courses.blocks.tables import MOST_ROWS

from .neutral import Table
from .words import escape, paragraph

LISTED = gettext_lazy("a table where none can stand became a list")
WIDE = gettext_lazy("a table with more columns than fit became a list")
LONG = gettext_lazy("a table with more rows than fit was parted into several")


def parted(table: Table) -> list[Table]:
    """The table as several, none longer than one may be."""
    return [
        Table(table.rows[start : start + MOST_ROWS], table.heads, table.caption, table.row_heads)
        for start in range(0, len(table.rows), MOST_ROWS)
    ]


def as_list(table: Table) -> str:
    """The table where none can stand: its caption, and an item for each row."""
    items = "".join(f"<li>{item}</li>" for row in table.rows if (item := _item(row, table.heads)))
    heads = " · ".join(filter(None, table.heads))
    caption = "".join(paragraph(words) for words in (table.caption, heads) if words)
    return caption + (f"<ul>{items}</ul>" if items else "")


def _item(cells: list[str], heads: list[str]) -> str:
    words = [re.sub(r"</?p>", "", cell.replace("</p><p>", "<br/>")) for cell in cells]
    named: list[str] = []
    for place, cell in enumerate(words):
        head = heads[place] if place < len(heads) else ""
        if not cell:
            continue
        if not named:
            named.append(cell if "<" in cell else f"<b>{cell}</b>")
        else:
            named.append(f"{escape(head)}: {cell}" if head else cell)
    return "<br/>".join(named)
