"""Imports point only leftwards: courses <- learners <- storefront <- home; site is wiring.

Every import statement is read, those inside functions too. A failure prints the arrow that
runs backwards.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
APPS = ["courses", "learners", "storefront", "home"]
STRIPE = "storefront/payments/stripe.py"
STRIPESIM = "storefront/stripesim/"


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
    """Every import below ``folder``, relative ones resolved."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        file = path.relative_to(ROOT)
        for node in ast.walk(ast.parse(path.read_text(), filename=str(file))):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Arrow(str(file), node.lineno, alias.name)
            elif isinstance(node, ast.ImportFrom):
                base = ".".join(file.parts[: -node.level]) if node.level else ""
                module = ".".join(filter(None, [base, node.module]))
                yield Arrow(str(file), node.lineno, module)
                for alias in node.names:  # ``from storefront import stripesim``
                    yield Arrow(str(file), node.lineno, f"{module}.{alias.name}")


def in_words(wrong: list[Arrow]) -> str:
    return "\n".join(map(str, wrong))


def test_apps_import_only_what_stands_left_of_them():
    wrong = [
        arrow
        for position, app in enumerate(APPS)
        for arrow in arrows(app)
        if arrow.package in APPS[position + 1 :]
    ]
    assert not wrong, in_words(wrong)


def test_apps_never_import_the_site():
    wrong = [arrow for app in APPS for arrow in arrows(app) if arrow.package == "perfomix"]
    assert not wrong, in_words(wrong)


def test_nothing_imports_the_tests():
    wrong = [a for folder in [*APPS, "site"] for a in arrows(folder) if a.package == "tests"]
    assert not wrong, in_words(wrong)


def test_one_file_imports_stripe():
    wrong = [
        arrow
        for folder in [*APPS, "site"]
        for arrow in arrows(folder)
        if arrow.package == "stripe" and arrow.file != STRIPE
    ]
    assert not wrong, in_words(wrong)


def test_stripesim_imports_itself_and_the_standard_library_alone():
    wrong = [
        arrow
        for arrow in arrows(STRIPESIM)
        if not arrow.module.startswith("storefront.stripesim")
        and arrow.package not in sys.stdlib_module_names
    ]
    assert not wrong, in_words(wrong)


def test_nothing_of_ours_imports_stripesim():
    wrong = [
        arrow
        for folder in [*APPS, "site"]
        for arrow in arrows(folder)
        if arrow.module.startswith("storefront.stripesim") and not arrow.file.startswith(STRIPESIM)
    ]
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
