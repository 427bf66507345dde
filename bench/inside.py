"""A request in this process: which statements it sends, and where its time goes."""

import cProfile
import pstats
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.freshness.changed import tick

from .asking import Ask, ask_inside

ROOT = Path(__file__).resolve().parents[1]
OURS = ("courses", "learners", "storefront", "home", "site")
# Whose own time is whose: the first part that the file's path holds.
PARTS = (
    ("/psycopg", "waiting for PostgreSQL"),
    ("/django/template/", "templates"),
    ("/django/db/", "Django's ORM"),
    ("/wagtail", "Wagtail"),
    ("/redis/", "waiting for Redis"),
    ("/limits/", "limits"),
    ("/django/", "the rest of Django"),
    ("/treebeard/", "treebeard"),
    ("/brotli", "compression"),
    ("/gzip", "compression"),
)
# What surrounds every view; none of it is what a page is about.
AROUND = ("middleware", "freshness", "__call__", "process_view", "wrapper", "wrapped", "inner")


@dataclass(frozen=True)
class Inside:
    statements: int
    why: tuple[str, ...]  # where the time goes, in three lines


def look_inside(asks: Sequence[Ask], *, is_slow: bool, changes: Sequence[str] = ()) -> Inside:
    """The last is looked at; those before it warm up what is read once, unless that takes long.

    ``changes`` are told as changed between them.
    """
    *before, last = asks
    for asked in [] if is_slow else before:
        ask_inside(asked)
    if changes:
        tick(changes)
    profile = cProfile.Profile()
    with CaptureQueriesContext(connection) as captured:
        began = time.perf_counter()
        profile.runcall(ask_inside, last)
        total = time.perf_counter() - began
    stats: dict[Any, Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    lines = [_parts(stats), _statements(captured.captured_queries), _ours(stats, total)]
    return Inside(len(captured), tuple(line for line in lines if line))


def _statements(queries: list[dict[str, Any]]) -> str:
    if not queries:
        return ""
    slowest = max(queries, key=lambda query: float(query["time"]))
    sums = sum(float(query["time"]) for query in queries)
    return (
        f"{len(queries)} SQL take {sums * 1000:.0f} ms, the slowest "
        f"{float(slowest['time']) * 1000:.0f} ms: {_table(slowest['sql'])}"
    )


def _parts(stats: dict[Any, Any]) -> str:
    """Own time of functions, by whose they are."""
    spent: Counter[str] = Counter()
    for (file, _line, name), (_calls, _all, own, _total, _callers) in stats.items():
        spent[_part(file, name)] += own
    total = sum(spent.values())
    most = [f"{part} {100 * own / total:.0f} %" for part, own in spent.most_common(4)]
    return "own time: " + ", ".join(most)


def _part(file: str, name: str) -> str:
    if file.startswith(str(ROOT)):
        return "our own code"
    if file == "~":
        return "built-in functions"
    return next((part for path, part in PARTS if path in file), "the rest")


def _ours(stats: dict[Any, Any], total: float) -> str:
    """The functions of ours that take longest, those that only call each other told once."""
    found = []
    for (file, _line, name), (_calls, _all, _own, spent, _callers) in stats.items():
        inside = Path(file)
        if not inside.is_relative_to(ROOT) or inside.relative_to(ROOT).parts[0] not in OURS:
            continue
        where = str(inside.relative_to(ROOT))
        if not any(word in f"{where} {name}" for word in AROUND):
            found.append((spent, f"{name} in {where}"))
    longest = sorted(found, reverse=True)[:4]
    told = [f"{name} {100 * spent / total:.0f} %" for spent, name in longest]
    return "with what they call: " + (", ".join(told) or "nothing of ours")


def _table(sql: str) -> str:
    """A statement in a few words: what it does, to which tables."""
    tables = dict.fromkeys(re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "?([a-z_]+)"?', sql))
    return f"{sql.split(maxsplit=1)[0]} {', '.join(list(tables)[:4]) or 'no table'}"
