"""Exports that no spreadsheet runs: titles and names are whatever somebody typed."""

from typing import Any

#: A cell that starts with one of these is a formula to a spreadsheet.
#: OWASP, "CSV Injection": https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: Any) -> Any:
    """The value as a cell that no spreadsheet runs: an apostrophe in front of formulas."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
