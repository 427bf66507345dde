"""Which state may follow which: a table beside each enum, asked by every verb that moves a row.

``ORDER_MOVES.move(order, OrderStatus.PAID)`` under the row's lock sets the state, or refuses and
sets nothing. ``PAYMENT_MOVES.update(payments, PaymentStatus.EXPIRED)`` moves many by one UPDATE
and leaves alone whatever may not go there.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courses.errors import Refusal


class MoveRefused(Refusal):
    """A row is not in a state from which it may go where a verb would move it."""

    code = "move_not_allowed"

    def __init__(self, row: Any, old: str, new: str) -> None:
        super().__init__(
            _("%(kind)s %(key)s cannot go from %(old)s to %(new)s.")
            % {"kind": type(row).__name__, "key": row.pk, "old": old, "new": new}
        )


class Moves:
    """The allowed moves between the states of one enum; each state has its row in the table.

    Staying where one is, is no move and always allowed: verbs are idempotent.
    """

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._table = {old: frozenset(new) for old, new in table.items()}
        if unknown := set().union(*self._table.values()) - self._table.keys():
            raise ValueError(f"No row says what may follow {sorted(unknown)}.")

    def allows(self, old: str, new: str) -> bool:
        return old == new or new in self._table[old]

    def sources(self, new: str) -> frozenset[str]:
        """The states from which ``new`` may be reached, without ``new`` itself."""
        return frozenset(old for old, following in self._table.items() if new in following)

    def move(self, row: Any, new: str) -> None:
        """Set ``row.status``; the caller holds its lock and saves it. Raises MoveRefused."""
        if not self.allows(row.status, new):
            raise MoveRefused(row, row.status, new)
        row.status = new

    def update(self, rows: QuerySet[Any], new: str, **changes: Any) -> int:
        """Move those of ``rows`` that may go there, in one statement; how many did."""
        return rows.filter(status__in=self.sources(new)).update(status=new, **changes)
