"""How many rows a list has: exact while they are few, and honest about it where they are not.

An exact count reads every row it counts: of a million that takes longer than the list itself.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection, connections
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

# As far as rows are counted, sorted and paged through.
MOST = 10_000


@dataclass(frozen=True)
class Total:
    """A number of rows, said in words where it is not exact."""

    number: int
    is_exact: bool = True
    is_estimate: bool = False  # else at least as many
    and_more: bool = False  # as many are here; others were not looked for

    def __bool__(self) -> bool:
        return self.number > 0

    def __str__(self) -> str:
        figure = {"number": number_format(self.number, force_grouping=True)}
        if self.is_exact and not self.and_more:
            return figure["number"]
        if self.is_estimate:
            # Translators: a number of rows, such as “about 1,000,000”.
            return _("about %(number)s") % figure
        # Translators: a number of rows, such as “more than 10,000”.
        return _("more than %(number)s") % figure


def count_rows(rows: QuerySet[Any]) -> Total:
    """Exact up to ``MOST``; of a whole table as PostgreSQL estimates it, else “more than”."""
    counted = rows.order_by().values("pk")[: MOST + 1].count()
    if counted <= MOST:
        return Total(counted)
    if not rows.query.where and not rows.query.combinator:
        estimated = _rounded(_estimate(rows))
        if estimated > MOST:
            return Total(estimated, is_exact=False, is_estimate=True)
    return Total(MOST, is_exact=False)


def _estimate(rows: QuerySet[Any]) -> int:
    """As of the last ANALYZE, which autovacuum runs by itself."""
    with connections[rows.db].cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE oid = %s::regclass",
            [f'"{rows.model._meta.db_table}"'],
        )
        return int(cursor.fetchone()[0])


def count_all_anew() -> None:
    """Have PostgreSQL count every table of ours now, as its own daemon does a minute later.

    Ours alone: a bare ANALYZE also counts catalogues that all databases of the server share, and
    waits there for whoever counts them in another database, until their transaction ends.
    """
    tables = connection.introspection.django_table_names(only_existing=True)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, sorted(tables)))}")


def _rounded(number: int) -> int:
    """To two figures: more would say that somebody counted."""
    step: int = 10 ** max(len(str(number)) - 2, 0)
    return round(number / step) * step
