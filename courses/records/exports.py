"""Cells of exports that no spreadsheet runs: titles and names are whatever somebody typed."""

from typing import Any

from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateTimeField, Model
from django.utils.translation import gettext as _

#: A cell that starts with one of these is a formula to a spreadsheet.
#: OWASP, "CSV Injection": https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def heading_of(model: type[Model], field: str, heading: str) -> str:
    """The heading of a column; that of moments names the clock, which is one for everybody."""
    try:
        *_way, column = get_fields_from_path(model, field.replace(".", "__"))
    except (FieldDoesNotExist, NotRelationField):
        return heading  # a column that is computed
    if isinstance(column, DateTimeField):
        return _("%(heading)s (UTC)") % {"heading": heading}
    return heading


def harmless(value: Any) -> Any:
    """The value as a cell that no spreadsheet runs: an apostrophe in front of formulas."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
