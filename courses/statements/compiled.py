"""A queryset whose SQL is worked out once in a process, and run with other values each time.

Django builds a queryset and turns it into SQL anew for each request, and PostgreSQL plans it anew.
For a question with a dozen conditions each takes several times as long as answering it. What is
asked stays a queryset, made of the same conditions as everywhere (``on_sale``, ``teaching``): no
rule is written a second time.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from psycopg.sql import Literal
from psycopg.types.numeric import Int8

from .prepared import rows_of

# Stand in the SQL where values come. Like no value that code writes down.
STANDING_IN: dict[type, Callable[[int], Any]] = {
    int: lambda n: 2_113_000_000 + n,
    UUID: lambda n: UUID(int=0xC0DE_0000_0000_4000_8000_0000_0000_0000 + n),
    str: lambda n: f"\N{SYMBOL FOR SUBSTITUTE}{n}",
}


class Compiled:
    """``Compiled(write, lesson=UUID)(lesson=uuid)``: the rows, as tuples.

    ``write`` takes the names and gives a ``values_list`` of them. Where it puts a value decides
    nothing but itself: a condition that looks at its value in Python would look at a stand-in.
    """

    def __init__(self, write: Callable[..., QuerySet[Any, Any]], **places: type) -> None:
        self._write, self._places = write, places
        self._made: tuple[str, dict[int, Any]] | None = None

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        sql, converters = self._made or self._make()
        given = {name: _as(kind, values[name]) for name, kind in self._places.items()}
        rows = rows_of(sql, given)
        return [_converted(row, converters) for row in rows] if converters else rows

    def _make(self) -> tuple[str, dict[int, Any]]:
        stand_ins = {
            name: STANDING_IN[kind](n) for n, (name, kind) in enumerate(self._places.items())
        }
        names = {value: name for name, value in stand_ins.items()}
        compiler = self._write(**stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        found = [names.get(_hashable(one), "") for one in parameters]
        missing = set(names.values()) - set(found)
        if missing:
            raise LookupError(f"{', '.join(sorted(missing))} is nowhere in {sql}")
        # What is the same each time is written down: PostgreSQL plans better for what it knows.
        written = tuple(
            f"%({name})s" if name else _written(one)
            for name, one in zip(found, parameters, strict=True)
        )
        self._made = (
            sql.replace("%%", "%%%%") % written,
            compiler.get_converters(column for column, _sql, _alias in compiler.select),
        )
        return self._made


def _as(kind: type, value: Any) -> Any:
    """``value`` as the field that it is compared with hands it to PostgreSQL.

    Numbers are all of one length there, or each length would have a plan of its own.
    """
    value = value if isinstance(value, kind) else kind(value)
    return Int8(value) if kind is int else value


def _written(value: Any) -> str:
    """``value`` as SQL, for psycopg to read."""
    connection.ensure_connection()
    return Literal(value).as_string(connection.connection).replace("%", "%%")


def _hashable(value: Any) -> Any:
    return value if isinstance(value, int | UUID | str) and not isinstance(value, bool) else ""


def _converted(row: tuple[Any, ...], converters: dict[int, Any]) -> tuple[Any, ...]:
    values = list(row)
    for place, (convert, expression) in converters.items():
        for one in convert:
            values[place] = one(values[place], expression, connection)
    return tuple(values)
