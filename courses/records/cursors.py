"""Keyset pages: a place in an ordered list, as an opaque and signed word in the address.

OFFSET reads and throws away every row before the page; a cursor starts right there, so
page 2,000 costs what page 1 costs. Signed, because its values go into a comparison; without the
time, so that a place has one address, under which its page is kept and found again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core import signing
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext as _

from courses.errors import CursorError

SALT = "courses.cursor"


@dataclass(frozen=True)
class SortKey:
    """One order of a list: by ``field``, ties broken by primary key in the same direction.

    ``within`` names a text by which the rows are grouped first, where values of ``field``
    cannot be compared with those of another group.
    """

    field: str
    descending: bool = True
    kind: type = int
    within: str = ""

    @property
    def fields(self) -> list[str]:
        return [*([self.within] if self.within else []), self.field, "pk"]

    def keys(self, *, backwards: bool = False) -> list[str]:
        sign = "-" if self.descending != backwards else ""
        return [f"{sign}{field}" for field in self.fields]

    def place_of(self, row: Model) -> list[str]:
        values = [getattr(row, field) for field in self.fields]
        return [
            value.isoformat() if isinstance(value, datetime) else str(value) for value in values
        ]

    def read(self, place: list[str]) -> list[Any]:
        """The values that ``place_of`` told. Raises ValueError and its like."""
        *groups, value, pk = place
        readers: dict[type, Callable[[str], Any]] = {
            datetime: datetime.fromisoformat,
            Decimal: Decimal,
            float: float,
            int: int,
        }
        return [*groups, readers[self.kind](value), pk]

    def beyond(self, place: list[Any], *, backwards: bool) -> TupleGreaterThan | TupleLessThan:
        """Rows after ``place``, or before it: one comparison of rows, which the index answers."""
        way = TupleLessThan if self.descending != backwards else TupleGreaterThan
        return way([F(field) for field in self.fields], place)


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
    start = start_of(cursor, order=order, scope=scope)
    rows = queryset
    if start.place:
        rows = rows.filter(order.beyond(start.place, backwards=start.backwards))
    found = rows.order_by(*order.keys(backwards=start.backwards))[: size + 1]
    return page_of(list(found), start, order=order, size=size, scope=scope)


@dataclass(frozen=True)
class Start:
    """Where a page begins: behind a place (none: at the first row), and which way it is read."""

    place: list[Any] = field(default_factory=list)
    backwards: bool = False


def start_of(cursor: str, *, order: SortKey, scope: str) -> Start:
    """For whoever reads the rows without a queryset. Raises ``CursorError``."""
    return _read(cursor, order=order, scope=scope) if cursor else Start()


def page_of(found: list, start: Start, *, order: SortKey, size: int, scope: str = "") -> KeysetPage:
    """The page of what was ``found`` from ``start`` on: one row more than ``size``, if there is."""
    more, found = len(found) > size, found[:size]
    if start.backwards:
        found.reverse()
    if not found:
        return KeysetPage([])
    has_before = more if start.backwards else bool(start.place)
    has_after = True if start.backwards else more
    return KeysetPage(
        found,
        before=_write(found[0], backwards=True, order=order, scope=scope) if has_before else "",
        after=_write(found[-1], backwards=False, order=order, scope=scope) if has_after else "",
    )


def _write(row: Model, *, backwards: bool, order: SortKey, scope: str) -> str:
    return signing.Signer(salt=SALT).sign_object([scope, backwards, *order.place_of(row)])


def _read(cursor: str, *, order: SortKey, scope: str) -> Start:
    try:
        told_scope, backwards, *place = signing.Signer(salt=SALT).unsign_object(cursor)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise CursorError(
            _("This page address was cut short or changed."), code="cursor_unreadable"
        ) from error
    if told_scope != scope or len(place) != len(order.fields):
        raise CursorError(_("This page belongs to another list."), code="cursor_of_another_list")
    return Start(order.read(place), backwards)
