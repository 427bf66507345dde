"""How PostgreSQL would answer: the plans of queries, for budgets that no clock decides.

A plan says what grows with the data long before a test could be slow; it depends on statistics,
so tables are filled with a few thousand rows and analysed first (see ``tests.bulk``).
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection


def plan_of(sql: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        answer = cursor.fetchone()[0]
    return (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]


def steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from steps(part)


def read_whole(captured, *tables: str) -> list[str]:
    """The captured SELECTs that may read every row of one of ``tables``."""
    return [
        query["sql"]
        for query in captured
        if query["sql"].startswith("SELECT")
        and any(
            part["Node Type"] == "Seq Scan"
            and part["Relation Name"] in tables
            and not _stops_early(step, part)
            for step in steps({"Node Type": "Answer", "Plans": [plan_of(query["sql"])]})
            for part in step.get("Plans", ())
        )
    ]


def _stops_early(step: dict[str, Any], scan: dict[str, Any]) -> bool:
    """The first rows of a table, whichever they are."""
    return step["Node Type"] == "Limit" and "Filter" not in scan


def most_rows_sorted(captured) -> int:
    """How many rows the largest sort among the captured SELECTs is expected to hold.

    An incremental sort reads rows that an index has put in order but for ties, as far as needed.
    """
    plans = (plan_of(query["sql"]) for query in captured if query["sql"].startswith("SELECT"))
    return max(
        (
            max(part["Plan Rows"] for part in step["Plans"])
            for plan in plans
            for step in steps(plan)
            if step["Node Type"] == "Sort"
        ),
        default=0,
    )


def most_rows_scanned(captured, *tables: str) -> int:
    """How many rows of one of ``tables`` a step of the captured SELECTs expects to walk through."""
    plans = (plan_of(query["sql"]) for query in captured if query["sql"].startswith("SELECT"))
    return max(
        (
            step["Plan Rows"]
            for plan in plans
            for step in steps(plan)
            if step.get("Relation Name") in tables
        ),
        default=0,
    )
