"""The page for operators names every variable that the settings read, and no other."""

import ast
import re
from pathlib import Path

import pytest

from perfomix.settings import base

from .test_production import COMPLETE

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text()
READERS = {"text", "flag", "integer", "decimal", "words", "secrets", "url", "zone", "database"}


def variables_read() -> set[str]:
    """The first argument of every reader that ``site/settings`` calls."""
    found = set()
    for path in (ROOT / "site" / "settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "env"
                and node.func.attr in READERS
            ):
                found.add(ast.literal_eval(node.args[0]))
    return found


def rows() -> dict[str, tuple[str, str]]:
    """{variable: (needed, what it is)} of the table."""
    table = re.findall(r"^\| `([A-Z0-9_]+)` \| (yes|no) \| (.+) \|$", PAGE, re.MULTILINE)
    return {name: (needed, what) for name, needed, what in table}


def test_every_variable_stands_in_the_table_and_nothing_else():
    assert "SECRET_KEY" in variables_read()
    assert set(rows()) == variables_read()


def test_the_needed_ones_are_those_without_which_production_does_not_start():
    assert {name for name, (needed, _) in rows().items() if needed == "yes"} == set(COMPLETE)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("MAIL_KEPT_DAYS", "a mail that left or was given up"),
        ("STRIPE_MESSAGES_KEPT_DAYS", "a message of Stripe's that is done with"),
        (
            "UNPROVED_ACCOUNTS_KEPT_DAYS",
            "an account whose address nobody proved, unless an admin made it",
        ),
        ("LEFT_UPLOADS_KEPT_DAYS", "a picture uploaded among many that nobody described"),
        ("EXPORTS_KEPT_DAYS", "a list that was exported as a file"),
    ],
)
def test_the_days_on_the_page_are_those_of_the_settings(name, what):
    (when,) = re.findall(rf"^\| {re.escape(what)} \| (.+?) \|", PAGE, re.MULTILINE)

    assert re.findall(r"\d+", when) == [str(getattr(base, name))]
