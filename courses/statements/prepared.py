"""Statements whose plan PostgreSQL keeps for as long as a connection lives. Decision 0054.

A statement of many tables takes PostgreSQL ten times longer to plan than to answer. Here it is told
apart from its values: a connection hands it over once, and from then on the values alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self, cast

from django.db import NotSupportedError, connection
from django.db.backends.utils import CursorWrapper
from psycopg import ClientCursor, RawCursor

# A value by its name, and a percent sign, as psycopg writes them.
NAMED = re.compile(r"%\((\w+)\)s|%%")


def rows_of(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What ``sql`` answers, with ``values`` in its places ``%(name)s``.

    A plan that is kept knows what columns its answer has. Once a migration has changed one of them,
    PostgreSQL refuses: then the connection is given up, and a new one asks again. Within a
    transaction the refusal goes on, and the connection ends with the request.
    """
    try:
        return _rows_of(sql, values)
    except NotSupportedError:
        if connection.in_atomic_block:
            connection.close_at = 0
            raise
        connection.close()
        return _rows_of(sql, values)


def write(sql: str, values: Mapping[str, Any]) -> int:
    """Run ``sql`` with ``values`` in its places; how many rows it wrote, or has answered with."""
    with _asked(sql, values) as cursor:
        written: int = cursor.rowcount
        return written


@lru_cache(maxsize=128)
def numbered(sql: str) -> tuple[str, list[str]]:
    """``sql`` with the places of values as PostgreSQL numbers them, and their names in order."""
    names: dict[str, int] = {}

    def place(found: re.Match[str]) -> str:
        return f"${names.setdefault(found[1], len(names) + 1)}" if found[1] else "%"

    return NAMED.sub(place, sql), list(names)


def _rows_of(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with _asked(sql, values) as cursor:
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


class PreparedCursor(RawCursor[Any]):
    """A cursor that asks one thing, and has its plan kept.

    Behind a pool it has not: the next piece is asked where nobody has heard of it.
    """

    def __init__(self, sql: str, values: Mapping[str, Any]) -> None:
        super().__init__(connection.connection)
        self._told = Told(sql, values)

    def execute(self, *args: Any, **kwargs: Any) -> Self:
        try:
            if connection.settings_dict.get("PREPARES"):
                self.connection.prepare_threshold = 0  # it is kept from the first time on
            return super().execute(*args, **kwargs)
        finally:
            self.connection.prepare_threshold = None
            self._query = cast(Any, self._told)  # here Django looks for what was asked


@dataclass(frozen=True)
class Told:
    """A statement with its values written into it, when somebody wants to read that."""

    sql: str
    values: Mapping[str, Any]

    @property
    def query(self) -> bytes:
        return ClientCursor(connection.connection).mogrify(self.sql, self.values).encode()


def _asked(sql: str, values: Mapping[str, Any]) -> CursorWrapper:
    """A cursor as ``connection.cursor()`` gives it, to which Django knows no other way."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    cursor: CursorWrapper = connection._prepare_cursor(  # type: ignore[attr-defined]
        PreparedCursor(sql, values)
    )
    text, names = numbered(sql)
    cursor.execute(text, [values[name] for name in names])
    return cursor
