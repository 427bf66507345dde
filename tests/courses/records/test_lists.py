"""What holds for every list that modeladmin draws, whoever's it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField
from wagtail.admin.icons import get_icons
from wagtail_modeladmin.options import ModelAdmin

import learners.modeladmin  # noqa: F401 (registers)
import storefront.modeladmin  # noqa: F401 (registers)
from courses.records.lists import AskedFirst

ROOT = Path(__file__).resolve().parents[3]
APPS = ["courses", "learners", "storefront", "home"]
NAMING = {"icon", "menu_icon", "icon_name"}


def lists(of: type = ModelAdmin) -> Iterator[type]:
    for kind in of.__subclasses__():
        if getattr(kind, "model", None) and kind.__module__.startswith(tuple(APPS)):
            yield kind
        yield from lists(kind)


def shown_fields(kind: type) -> Iterator[tuple[str, object]]:
    for name in kind.list_display:
        try:
            yield name, kind.model._meta.get_field(name)
        except FieldDoesNotExist:
            continue  # a method


@pytest.mark.parametrize("kind", list(lists()), ids=lambda kind: kind.__name__)
def test_every_list_asks_before_it_looks(kind):
    assert issubclass(kind, AskedFirst)


@pytest.mark.parametrize("kind", list(lists()), ids=lambda kind: kind.__name__)
def test_no_column_is_drawn_by_an_icon_of_djangos_admin(kind):
    """Which is not installed: with a manifest of static files, as in production, the page fails."""
    assert [name for name, field in shown_fields(kind) if isinstance(field, BooleanField)] == []
    methods = [getattr(kind, name, None) for name in kind.list_display]
    assert [method for method in methods if getattr(method, "boolean", False)] == []


def icons(path: Path) -> Iterator[tuple[str, str]]:
    """(where, name) of each icon that the code of a file names."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Assign):
            named = {getattr(target, "id", "") for target in node.targets}
        else:
            named = {getattr(node, "arg", "")} if isinstance(node, ast.keyword) else set()
        if named & NAMING and isinstance(node.value, ast.Constant):
            yield f"{path.relative_to(ROOT)}:{node.value.lineno}", node.value.value


@pytest.mark.parametrize("app", APPS)
def test_every_icon_that_the_editor_is_told_exists(app):
    """A name that nobody draws leaves a blank space, and says nothing."""
    known = {part.split('"')[0] for part in get_icons().split('id="icon-')[1:]}
    wrong = [
        f"{where} names {name}"
        for path in sorted((ROOT / app).rglob("*.py"))
        for where, name in icons(path)
        if name and name not in known
    ]
    assert wrong == []
