"""Cells of exports that no spreadsheet runs: titles and names are whatever somebody typed."""

import re
from typing import Any

from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateTimeField, Model
from django.utils.translation import gettext as _

#: A cell that starts with one of these is a formula to a spreadsheet.
#: OWASP, "CSV Injection": https://owasp.org/www-community/attacks/CSV_Injection
#: The last four are the same signs in full width; should any spreadsheet read them so.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# XLSX is XML, which has no place for these, not even written as a number.
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


def in_a_sheet(value: Any) -> Any:
    """The value as a cell of XLSX: one control character in a name would end the whole file."""
    return _NOT_IN_XML.sub("\ufffd", value) if isinstance(value, str) else value
