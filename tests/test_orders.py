"""A clock alone is no order: two rows of one moment must not change places between two pages.

Every list that is sorted by a time names something unique after it.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[1]
APPS = ["courses", "learners", "storefront", "home"]
SORTING = {"order_by", "latest", "earliest"}
LISTED = {"ordering", "default_ordering", "get_latest_by"}
FIELDS = [field for model in apps.get_models() for field in model._meta.concrete_fields]
CLOCKS = {field.name for field in FIELDS if isinstance(field, models.DateField)}
# ``number`` counts within an order's, an attempt's or a certificate's own; see their constraints.
UNIQUE = {"pk", "number"}


def sortings(source: str) -> Iterator[tuple[int, list[str]]]:
    """(line, names) of every order by names, whether called or listed."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in SORTING:
            yield node.lineno, _names(node.args)
        elif isinstance(node, ast.Assign) and {ast.unparse(name) for name in node.targets} & LISTED:
            listed = node.value
            yield node.lineno, _names(getattr(listed, "elts", [listed]))


def _names(nodes: list[ast.expr]) -> list[str]:
    """The last step of each name: ``paid_at`` of ``-order__paid_at`` and of ``F("paid_at")``."""
    return [_name(node).lstrip("-").rpartition("__")[2] for node in nodes]


def _name(node: ast.expr) -> str:
    parts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return next((part for part in parts if isinstance(part, str)), "")


def decided_by_a_clock(names: list[str]) -> bool:
    return bool(CLOCKS & set(names)) and not UNIQUE & set(names[names.index(_last_clock(names)) :])


def _last_clock(names: list[str]) -> str:
    return [name for name in names if name in CLOCKS][-1]


@pytest.mark.parametrize("app", APPS)
def test_no_list_is_sorted_by_a_clock_alone(app):
    wrong = [
        f"{path.relative_to(ROOT)}:{line} sorts by {', '.join(names)}"
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
        for line, names in sortings(path.read_text())
        if decided_by_a_clock(names)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ('rows.order_by("-created_at")', True),
        ('rows.order_by("pk", "created_at")', True),
        ('rows.order_by(F("last_accessed").desc(nulls_last=True))', True),
        ('rows.latest("order__paid_at")', True),
        ('class Meta:\n    ordering = ["-decided_at"]', True),
        ('rows.order_by("-created_at", "-pk")', False),
        ('rows.order_by("expires_at", "number")', False),
        ('rows.order_by("title")', False),
        ('class Meta:\n    ordering = ["-created_at", "-number"]', False),
    ],
)
def test_the_eye_for_such_lists_sees_them(source, wrong):
    assert [decided_by_a_clock(names) for _line, names in sortings(source)] == [wrong]
