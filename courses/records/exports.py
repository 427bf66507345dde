"""Exports that no spreadsheet runs: titles and names are whatever somebody typed."""

from functools import wraps

from wagtail.admin.views.mixins import SpreadsheetExportMixin

#: A cell that starts with one of these is a formula to a spreadsheet.
#: OWASP, "CSV Injection": https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value):
    """The value as a cell that no spreadsheet runs: an apostrophe in front of formulas."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def guard_exports() -> None:
    """Makes every cell of every export harmless, Wagtail's own reports included.

    Called once, when apps are ready.
    """
    plain = SpreadsheetExportMixin.preprocess_field_value

    @wraps(plain)
    def guarded(view, field, value, export_format):
        return harmless(plain(view, field, value, export_format))

    SpreadsheetExportMixin.preprocess_field_value = guarded
