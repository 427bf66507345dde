"""A queryset whose SQL is worked out once in a process, and run with other values each time.

Django builds a queryset and turns it into SQL anew for each request. For a question with a dozen
conditions that takes several times as long as asking it. What is asked stays a queryset, made
of the same conditions as everywhere (``on_sale``, ``teaching``): no rule is written a second time.
"""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

# Stand in the SQL where values come. Like no value that code writes down.
STANDING_IN: dict[type, Callable[[int], Any]] = {
    int: lambda n: 2_113_000_000 + n,
    UUID: lambda n: UUID(int=0xC0DE_0000_0000_4000_8000_0000_0000_0000 + n),
    str: lambda n: f"\N{SYMBOL FOR SUBSTITUTE}{n}",
}

# A column that is named as it is called. Without these, more statements are short enough for
# psycopg to remember how it takes them apart (4,096 letters).
NAMED_ALREADY = re.compile(r'\."(\w+)" AS "\1"')


class Compiled:
    """``Compiled(write, lesson=UUID)(lesson=uuid)``: the rows, as tuples.

    ``write`` takes the names and gives a ``values_list`` of them. Where it puts a value decides
    nothing but itself: a condition that looks at its value in Python would look at a stand-in.
    """

    def __init__(self, write: Callable[..., QuerySet[Any, Any]], **places: type) -> None:
        self._write, self._places = write, places
        self._made: tuple[str, list[tuple[str, Any]], dict[int, Any]] | None = None

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        sql, parameters, converters = self._made or self._make()
        given = [_as(kind, values[name]) if name else kind for name, kind in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [_converted(row, converters) for row in rows] if converters else rows

    def _make(self) -> tuple[str, list[tuple[str, Any]], dict[int, Any]]:
        stand_ins = {
            name: STANDING_IN[kind](n) for n, (name, kind) in enumerate(self._places.items())
        }
        names = {value: name for name, value in stand_ins.items()}
        compiler = self._write(**stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        sql = NAMED_ALREADY.sub(r'."\1"', sql)
        found = [(names.get(_hashable(one), ""), one) for one in parameters]
        missing = set(names.values()) - {name for name, _one in found}
        if missing:
            raise LookupError(f"{', '.join(sorted(missing))} is nowhere in {sql}")
        self._made = (
            sql,
            [(name, type(one) if name else one) for name, one in found],
            compiler.get_converters(column for column, _sql, _alias in compiler.select),
        )
        return self._made


def _as(kind: type, value: Any) -> Any:
    """``value`` as the field that it is compared with hands it to PostgreSQL."""
    return value if isinstance(value, kind) else kind(value)


def _hashable(value: Any) -> Any:
    return value if isinstance(value, int | UUID | str) and not isinstance(value, bool) else ""


def _converted(row: tuple[Any, ...], converters: dict[int, Any]) -> tuple[Any, ...]:
    values = list(row)
    for place, (convert, expression) in converters.items():
        for one in convert:
            values[place] = one(values[place], expression, connection)
    return tuple(values)
