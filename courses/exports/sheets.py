"""The file itself, CSV or XLSX, in the words of the list's own view."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from wagtail.admin.views.mixins import ExcelDateFormatter

from courses.models import ExportKind

# Excel opens no sheet of more than 1,048,576 rows; the next one begins again with the headings.
ROWS_OF_A_SHEET = 1_000_000


def write_file(view: Any, rows: Any, kind: str, output: BinaryIO) -> None:
    """``rows`` has the ``model`` that the headings are of, and is read once."""
    if kind == ExportKind.CSV:
        output.writelines(view.stream_csv(rows))
    else:
        _write_xlsx(view, rows, output)


def _write_xlsx(view: Any, rows: Any, output: BinaryIO) -> None:
    # 5 MB of memory, which web processes have no use for.
    from openpyxl import Workbook

    workbook = Workbook(write_only=True, iso_dates=True)
    date_format = ExcelDateFormatter().get()
    sheet, room = _new_sheet(view, rows, workbook), ROWS_OF_A_SHEET
    for row in rows:
        if not room:
            sheet, room = _new_sheet(view, rows, workbook), ROWS_OF_A_SHEET
        cells: Iterable[Any] = view.generate_xlsx_row(
            sheet, view.to_row_dict(row), date_format=date_format
        )
        sheet.append(cells)
        room -= 1
    workbook.save(output)


def _new_sheet(view: Any, rows: Any, workbook: Any) -> Any:
    sheet = workbook.create_sheet(title=f"Sheet{len(workbook.worksheets) + 1}")
    sheet.append([view.get_heading(rows, field) for field in view.list_export])
    return sheet
