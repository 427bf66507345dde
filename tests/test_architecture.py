"""What import-linter cannot see: `site/`, which is imported by another name, and folders.

The contracts between and inside the apps stand in pyproject.toml and are read by `make check`.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
APPS = ["courses", "learners", "storefront", "home"]
INDEXES = 12


class Arrow(NamedTuple):
    file: str
    line: int
    module: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.module}"

    @property
    def package(self) -> str:
        return self.module.split(".")[0]


def arrows(folder: str) -> Iterator[Arrow]:
    """Every import below ``folder``, those inside functions too."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        file = str(path.relative_to(ROOT))
        for node in ast.walk(ast.parse(path.read_text(), filename=file)):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Arrow(file, node.lineno, alias.name)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield Arrow(file, node.lineno, node.module)


def in_words(wrong: list[Arrow]) -> str:
    return "\n".join(map(str, wrong))


@pytest.mark.parametrize("module", ["tests", "stripe", "storefront.stripesim"])
def test_the_site_leaves_alone_what_only_one_file_or_nobody_may_import(module):
    wrong = [a for a in arrows("site") if f"{a.module}.".startswith(f"{module}.")]
    assert not wrong, in_words(wrong)


def test_the_environment_is_made_with_the_standard_library_alone():
    wrong = [
        arrow
        for arrow in arrows("site/supervisor")
        if arrow.file == "site/supervisor/environment.py"
        and arrow.package not in sys.stdlib_module_names
    ]
    assert not wrong, in_words(wrong)


def test_there_is_no_drawer_for_everything():
    drawers = {"utils", "core", "common", "helpers"}
    folders = {*APPS, "site", "templates", "static"}
    found = [
        str(path.relative_to(ROOT))
        for folder in sorted(folders)
        for path in (ROOT / folder).rglob("*")
        if path.stem in drawers
    ]
    assert found == []


@pytest.mark.parametrize("app", APPS)
def test_beside_its_rooms_an_app_has_indexes_only(app):
    files = sorted(path.name for path in (ROOT / app).glob("*.py"))
    assert len(files) <= INDEXES, files


@pytest.mark.parametrize("app", APPS[:3])
def test_every_room_says_what_it_is_for(app):
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / app).rglob("__init__.py")
        if path.parent != ROOT / app
        and not {"migrations", "management", "templatetags"} & set(path.parts)
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_every_class_has_a_name_of_its_own():
    seen: dict[str, list[str]] = {}
    for folder in [*APPS, "site"]:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.ClassDef):
                    seen.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    # Django looks for a class of this name in each command.
    seen.pop("Command")
    assert {name: files for name, files in seen.items() if len(files) > 1} == {}
