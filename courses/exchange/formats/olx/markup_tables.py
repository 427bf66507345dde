"""The part of the reader that knows table."""

from django.utils.translation import gettext_lazy, ngettext
from lxml.html import HtmlElement

from courses.blocks.tables import MOST_COLUMNS, MOST_ROWS
from courses.exchange.large_tables import LONG, WIDE, as_list, parted
from courses.exchange.neutral import ABSENT, MAX_CELLS, Note, Piece
from courses.exchange.words import paragraph, plain_text

from .markup_lists import ListReader
from .tables import SPANS, TAKEN_APART, cells_of, grid_of, nests, places_things, table_of

BIG_TABLE = gettext_lazy("a very large table was left out")
BEHIND = gettext_lazy("pictures and files of a table follow it")


class TableReader(ListReader):
    def do_table(self, element: HtmlElement) -> None:
        self.end_line()
        cells = cells_of(element)
        if len(cells) > MAX_CELLS:
            self.leave_out_table(element)
            return
        if places_things(element):
            self.take_apart(element, cells)
            return
        grid = grid_of(element)
        if grid.too_large:
            self.leave_out_table(element)
            return
        after: list[Piece] = []
        captions = [plain_text(self.flat(node, after)) for node in element.findall("caption")]
        table = table_of(grid, " ".join(captions), lambda cell: self.flat(cell, after))
        if grid.spans:
            self.because(SPANS)
        if not table.rows:  # headings alone
            self.prose.append(as_list(table))
        elif len(table.rows[0]) > MOST_COLUMNS:
            self.because(WIDE)
            self.prose.append(as_list(table))
        else:
            if len(table.rows) > MOST_ROWS:
                self.because(LONG)
            for part in parted(table):
                self.piece(part)
        if after:
            self.because(BEHIND)
            self.end_prose_with(after)

    def take_apart(self, table: HtmlElement, cells: list[HtmlElement]) -> None:
        if nests(table):
            self.because(TAKEN_APART)
        for part in [*table.findall("caption"), *cells]:
            self.children(part)
            self.end_line()

    def leave_out_table(self, table: HtmlElement) -> None:
        self.because(BIG_TABLE)
        rows = len(list(table.iter("tr")))
        told = ngettext(
            "The original course had a table of %(number)d row here. "
            "It could not be brought along.",
            "The original course had a table of %(number)d rows here. "
            "It could not be brought along.",
            rows,
        )
        self.piece(Note(paragraph(told % {"number": rows}), str(ABSENT)))
