"""Tables of a fragment: what of one can be set as a table here, and what becomes of the rest.

A table within which another stands, or whose rows have one cell each, was there to place things:
its cells follow one another. A cell over several rows or columns stands in the first of its places.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy
from lxml.html import HtmlElement

from courses.blocks.tables import MOST_COLUMNS
from courses.exchange.neutral import MAX_CELLS, Table
from courses.exchange.words import plain_text

SPANS = gettext_lazy("table cells over several rows or columns stand in the first of their places")
TAKEN_APART = gettext_lazy("a table around another was taken apart: its cells follow one another")

CellReader = Callable[[HtmlElement], str]  # the HTML of a cell


@dataclass
class Grid:
    """The cells of a table by their places; None where there is none."""

    rows: list[list[HtmlElement | None]] = field(default_factory=list)
    in_head: list[bool] = field(default_factory=list)  # by row, whether it stands in thead
    spans: bool = False
    too_large: bool = False  # it was read no further


def places_things(table: HtmlElement) -> bool:
    rows = [[c for c in row if c.tag in ("td", "th")] for row, _in_head in _rows(table)]
    alone = max((len(row) for row in rows), default=0) < 2
    return alone or table.get("role") in ("presentation", "none") or nests(table)


def nests(table: HtmlElement) -> bool:
    return next(table.iterdescendants("table"), None) is not None


def cells_of(table: HtmlElement) -> list[HtmlElement]:
    return [cell for row, _in_head in _rows(table) for cell in row if cell.tag in ("td", "th")]


def grid_of(table: HtmlElement) -> Grid:
    """A few cells over many rows and columns make a table as large as one with all of them."""
    grid = Grid()
    places = 0
    down: dict[int, int] = {}  # column: rows that a cell above still reaches into
    for row, in_head in _rows(table):
        line: list[HtmlElement | None] = []
        for cell in (cell for cell in row if cell.tag in ("td", "th")):
            while down.get(len(line), 0):
                line.append(None)
            wide, high = _span(cell, "colspan", MOST_COLUMNS + 1), _span(cell, "rowspan", 1_000)
            grid.spans |= wide > 1 or high > 1
            reached = range(len(line), len(line) + wide)
            line += [cell, *[None] * (wide - 1)]
            down |= {column: high for column in reached if high > 1}
        while down.get(len(line), 0):
            line.append(None)
        down = {column: rows - 1 for column, rows in down.items() if rows > 1}
        places += len(line)
        if places > MAX_CELLS:
            return Grid(too_large=True)
        if any(cell is not None for cell in line):
            grid.rows.append(line)
            grid.in_head.append(in_head)
    width = max((len(line) for line in grid.rows), default=0)
    if width * len(grid.rows) > MAX_CELLS:
        return Grid(too_large=True)
    for line in grid.rows:
        line.extend([None] * (width - len(line)))
    return grid


def table_of(grid: Grid, caption: str, read: CellReader) -> Table:
    """The whole table, however long and wide. A first row of headings names the columns."""
    heads: list[str] = []
    rows = list(zip(grid.rows, grid.in_head, strict=True))
    if rows and (rows[0][1] or all(cell is None or cell.tag == "th" for cell in rows[0][0])):
        heads = ["" if cell is None else plain_text(read(cell)) for cell in rows.pop(0)[0]]
    body = [row for row, _in_head in rows]
    first = [row[0] for row in body if row[0] is not None]
    row_heads = bool(first) and all(cell.tag == "th" for cell in first)
    found = []
    for row in body:
        cells = []
        for place, cell in enumerate(row):
            words = "" if cell is None else read(cell)
            is_head = cell is not None and cell.tag == "th" and not (row_heads and not place)
            cells.append(_bold(words) if is_head else words)
        found.append(cells)
    return Table(found, heads, caption, row_heads)


def _rows(table: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    """(row, whether it stands in the head) of the table itself, not of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child, False
        elif child.tag in ("thead", "tbody", "tfoot"):
            for row in child.findall("tr"):
                yield row, child.tag == "thead"


def _span(cell: HtmlElement, name: str, most: int) -> int:
    written = (cell.get(name) or "").strip()
    return min(max(int(written), 1), most) if re.fullmatch(r"[0-9]{1,6}", written) else 1


def _bold(markup: str) -> str:
    return re.sub(r"<p>(.*?)</p>", r"<p><b>\1</b></p>", markup)
