"""Keyset pages: a place in an ordered list, as an opaque and signed word in the address.

OFFSET reads and throws away every row before the page; a cursor starts right there, so
page 2,000 costs what page 1 costs. Signed, because its values go into a comparison.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from storefront.errors import CursorError

SALT = "storefront.cursor"


@dataclass(frozen=True)
class SortKey:
    """One order of a list: by ``field``, ties broken by primary key in the same direction."""

    field: str
    descending: bool = True
    kind: type = int

    def keys(self, *, backwards: bool = False) -> list[str]:
        sign = "-" if self.descending != backwards else ""
        return [f"{sign}{self.field}", f"{sign}pk"]

    def beyond(self, value: Any, pk: Any, *, backwards: bool) -> Q:
        """Rows after the place (``value``, ``pk``), or before it."""
        way = "lt" if self.descending != backwards else "gt"
        # The first condition is implied by the second; it lets the index find its start.
        return Q(**{f"{self.field}__{way}e": value}) & (
            Q(**{f"{self.field}__{way}": value}) | Q(**{self.field: value, f"pk__{way}": pk})
        )


@dataclass
class KeysetPage:
    """A page of rows, and the cursors of its neighbours (empty at the ends)."""

    rows: list
    before: str = ""
    after: str = ""


def keyset_page(
    queryset: QuerySet, *, order: SortKey, size: int, cursor: str = "", scope: str = ""
) -> KeysetPage:
    """Rows of ``queryset`` at ``cursor``, in one SQL.

    ``scope`` names the list and its order: a cursor of another list is refused. Raises
    ``CursorError`` for a cursor that was made up or changed.
    """
    backwards, rows = False, queryset
    if cursor:
        backwards, value, pk = _read(cursor, order=order, scope=scope)
        rows = rows.filter(order.beyond(value, pk, backwards=backwards))
    found = list(rows.order_by(*order.keys(backwards=backwards))[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return KeysetPage([])
    has_before = more if backwards else bool(cursor)
    has_after = True if backwards else more
    return KeysetPage(
        found,
        before=_write(found[0], backwards=True, order=order, scope=scope) if has_before else "",
        after=_write(found[-1], backwards=False, order=order, scope=scope) if has_after else "",
    )


def _write(row: Model, *, backwards: bool, order: SortKey, scope: str) -> str:
    value = getattr(row, order.field)
    told = value.isoformat() if isinstance(value, datetime) else str(value)
    return signing.dumps([scope, backwards, told, str(row.pk)], salt=SALT)


def _read(cursor: str, *, order: SortKey, scope: str) -> tuple[bool, Any, Any]:
    try:
        told_scope, backwards, told, pk = signing.loads(cursor, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise CursorError(
            _("This page address was cut short or changed."), code="cursor_unreadable"
        ) from error
    if told_scope != scope:
        raise CursorError(_("This page belongs to another list."), code="cursor_of_another_list")
    readers: dict[type, Callable[[str], Any]] = {
        datetime: datetime.fromisoformat,
        Decimal: Decimal,
        float: float,
        int: int,
    }
    return backwards, readers[order.kind](told), pk
