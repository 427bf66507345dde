"""What the verbs wrote once, written back as rows: a released course in ten milliseconds.

The first time that a run asks for a recipe, its verbs do the work and every row that they left
is noted, with the calls that wait for the commit. From then on the rows are inserted as they
were, dated now. Recorded rows have keys of their own, below those that a test counts, so one
recipe has the same keys in every test, rows may point at rows of another recipe, and whatever
the test itself writes is younger by its key too.

It serves tests whose transaction is taken back. A test that commits, as one with a browser
does, runs the verbs each time. ``tests/test_rows.py`` holds both ways to the same result.
"""

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import count
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

FIRST_KEY = 1_000_000  # of the first recipe
KEYS = 10_000  # that a recipe may use
FIRST_OF_A_TEST = 100_000_000
# They write there again when the rows come back that are counted or found.
WRITTEN_BY_TRIGGERS = {"storefront_facetcount", "storefront_pigeonhole", "storefront_findable"}


@dataclass
class Recording:
    result: object
    written_at: datetime
    added: dict[str, list[dict]] = field(default_factory=dict)
    changed: dict[str, list[tuple[dict, dict]]] = field(default_factory=dict)
    waiting: list[Callable] = field(default_factory=list)


_recordings: dict[Hashable, Recording] = {}
_first_keys = count(FIRST_KEY, KEYS)


def recorded(recipe: Hashable, make: Callable[[], object]) -> object:
    """What ``make`` returns (a key, not an instance), from its rows if they are known.

    ``recipe`` names all that ``make`` depends on. Falls back on ``make`` where rows will not
    do: outside a transaction, or when the rows stand there already.
    """
    if not connection.in_atomic_block:
        return make()
    known = _recordings.get(recipe)
    if known is None:
        _recordings[recipe] = known = _record(make)
        return known.result
    return known.result if _write(known) else make()


def _record(make: Callable[[], object]) -> Recording:
    tables = _tables()
    before = _rows_of(tables)
    counters = _raise_counters(next(_first_keys))
    waiting = len(connection.run_on_commit)
    recording = Recording(result=make(), written_at=timezone.now())
    _set_counters(counters)
    recording.waiting = [entry[1] for entry in connection.run_on_commit[waiting:]]
    for table, after in _rows_of(tables).items():
        _compare(recording, table, before[table], after)
    return recording


def _compare(recording: Recording, table: str, before: dict, after: dict) -> None:
    if before.keys() - after.keys():
        raise AssertionError(f"A recipe may not delete rows, but took some from {table}.")
    added = [json.loads(after[key]) for key in after.keys() - before.keys()]
    changed = [
        (json.loads(before[key]), json.loads(after[key]))
        for key in before
        if before[key] != after[key]
    ]
    if added:
        recording.added[table] = added
    if changed:
        recording.changed[table] = changed


def _write(recording: Recording) -> bool:
    """Insert the rows; False, with nothing written, when this database is not as it was."""
    shift = timezone.now() - recording.written_at
    with transaction.atomic(), connection.cursor() as cursor:
        for table, changes in recording.changed.items():
            if not all(_change(cursor, table, before, after) for before, after in changes):
                transaction.set_rollback(True)
                return False
        for table, rows in recording.added.items():
            shape = _shape(table)
            chosen = ", ".join(f"{c} + %s" if c in shape.moments else c for c in shape.columns)
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(shape.columns)}) OVERRIDING SYSTEM VALUE "
                f"SELECT {chosen} FROM jsonb_populate_recordset(NULL::{table}, %s) "
                "ON CONFLICT DO NOTHING",
                [*[shift] * len(shape.moments), json.dumps(rows)],
            )
            if cursor.rowcount != len(rows):
                transaction.set_rollback(True)
                return False
    for call in recording.waiting:
        transaction.on_commit(call, robust=True)
    return True


def _change(cursor, table: str, before: dict, after: dict) -> bool:
    """Bring a row that stood there before to what the verbs made of it."""
    columns = [column for column in after if after[column] != before[column]]
    keys = _shape(table).keys
    cursor.execute(
        f"UPDATE {table} SET ({', '.join(columns)}) = "
        f"(SELECT {', '.join(columns)} FROM jsonb_populate_record(NULL::{table}, %s)) "
        f"WHERE {' AND '.join(f'{key} = %s' for key in keys)} "
        f"AND to_jsonb({table}) @> %s",
        [
            json.dumps(after),
            *[before[key] for key in keys],
            json.dumps({column: before[column] for column in columns}),
        ],
    )
    return cursor.rowcount == 1


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        found = set(connection.introspection.table_names(cursor))
    return sorted(found - WRITTEN_BY_TRIGGERS - {"django_migrations"})


def _rows_of(tables: list[str]) -> dict[str, dict[str, str]]:
    """{table: {key as JSON: row as JSON}} of all that stands in them. One query."""
    each = (
        f"SELECT '{table}', jsonb_build_array({', '.join(_shape(table).keys)})::text, "
        f"to_jsonb(t)::text FROM {table} AS t"
        for table in tables
    )
    found: dict[str, dict[str, str]] = {table: {} for table in tables}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        for table, key, row in cursor:
            found[table][key] = row
    return found


class Shape(NamedTuple):
    keys: list[str]
    columns: list[str]  # that can be written
    moments: set[str]


@cache
def _shape(table: str) -> Shape:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(attname), atttypid = 'timestamptz'::regtype, attnum = ANY(indkey) "
            "FROM pg_attribute JOIN pg_index ON indrelid = attrelid AND indisprimary "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
            "AND attgenerated = '' ORDER BY attnum",
            [table],
        )
        found = cursor.fetchall()
    return Shape(
        keys=[name for name, _moment, key in found if key],
        columns=[name for name, _moment, _key in found],
        moments={name for name, moment, _key in found if moment},
    )


def start_counting() -> None:
    """Leave room below for recorded rows; for a database that was just cloned."""
    _raise_counters(FIRST_OF_A_TEST)


def _raise_counters(to: int) -> list[tuple[str, int, bool]]:
    """Let every counter of keys go on at ``to``; where each of them stood."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.oid::regclass::text, coalesce(s.last_value, s.start_value), "
            "s.last_value IS NOT NULL FROM pg_sequences s "
            "JOIN pg_class c ON c.oid = s.sequencename::regclass "
            # Those that number a column; what counts something else is left alone.
            "JOIN pg_depend d ON d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0 "
            "WHERE s.schemaname = 'public'"
        )
        stood = cursor.fetchall()
    _set_counters([(name, to, True) for name, _value, _called in stood])
    return stood


def _set_counters(values: list[tuple[str, int, bool]]) -> None:
    names, numbers, called = map(list, zip(*values, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(name::regclass, number, called) "
            "FROM unnest(%s::text[], %s::bigint[], %s::bool[]) AS given(name, number, called)",
            [names, numbers, called],
        )
