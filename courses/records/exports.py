"""Exports that no spreadsheet runs: titles and names are whatever somebody typed.

Nor are they of any size: somebody waits, and a worker with them. Rows are read part by part as they
are written, so that an export holds no more of them than a page of a list does.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateTimeField, Model, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from courses.errors import CourseError

#: A cell that starts with one of these is a formula to a spreadsheet.
#: OWASP, "CSV Injection": https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

# Some seconds of work.
MOST_ROWS = 20_000
PART = 500


class InParts:
    """Rows of a queryset in its order, ``PART`` at a time.

    Their keys are read first. A cursor of the database would do the same, but not through a pool
    of connections that gives each transaction another one.
    """

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows
        self.model = rows.model

    def __iter__(self) -> Iterator[Any]:
        keys = list(self.rows.values_list("pk", flat=True))
        unordered = self.rows.order_by()
        for begin in range(0, len(keys), PART):
            part = keys[begin : begin + PART]
            found = {row.pk: row for row in unordered.filter(pk__in=part)}
            yield from (found[key] for key in part if key in found)


def exported(rows: Any) -> Any:
    """``rows`` of a list as they are best written. Raises CourseError for more than one holds."""
    if not isinstance(rows, QuerySet):
        check_size(len(rows) if isinstance(rows, list | tuple) else rows.count())
        return rows
    check_size(rows.order_by()[: MOST_ROWS + 1].count())
    query = rows.query
    holds_objects = getattr(rows, "_fields", None) is None and not (
        query.is_sliced or query.combinator
    )
    return InParts(rows) if holds_objects else rows


def check_size(rows: int) -> None:
    """Raises CourseError for an export of more rows than one holds."""
    if rows > MOST_ROWS:
        raise CourseError(
            _(
                "This list has more than %(most)s rows, which is more than one export holds. "
                "Narrow it by a filter or a search, and export it in parts."
            )
            % {"most": number_format(MOST_ROWS, force_grouping=True)},
            code="export_too_large",
        )


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
