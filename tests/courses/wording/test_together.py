"""A number and its unit stand on one line, wherever they are read."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template

from courses.wording.durations import format_minutes
from courses.wording.shares import format_share

ROOT = Path(__file__).resolve().parents[3]
UNIT = r"(?:%%?|min|h|s|kB|MB|GB)(?![\w%(}])"
WRITTEN_BY_HAND = re.compile(rf"(?:\}}\}}|\)[sd]|\d) {UNIT}")  # “{{ n }} %”, “%(n)s %%”, “90 %”
ROOMS = ("courses", "learners", "storefront", "home", "site")
# Those that say what the wording itself translates, before it is put together.
WORDING = {"courses/wording/durations.py", "courses/wording/shares.py"}


def test_no_duration_and_no_share_has_a_space_at_which_a_line_may_end():
    told = [*map(format_minutes, (45, 120, 125)), *map(format_share, (25, Decimal("72.50"), 0))]

    assert told == [
        *("45\u00a0min", "2\u00a0h", "2\u00a0h\u00a05\u00a0min"),
        *("25\u00a0%", "72.5\u00a0%", "0\u00a0%"),
    ]


def test_templates_write_them_in_the_same_way():
    shown = Template("{% load interface %}{{ length|minutes }}, {{ done|share }}").render(
        Context({"length": 125, "done": 40})
    )

    assert shown == "2\u00a0h\u00a05\u00a0min, 40\u00a0%"


def _templates() -> list[Path]:
    return [
        path
        for folder in (ROOT / "templates", ROOT / "storefront")
        for path in folder.rglob("*")
        if path.suffix in (".html", ".txt") and "previews" not in path.parts
    ]


def test_no_template_writes_a_unit_behind_a_number_by_itself():
    silent = re.compile(
        r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<style.*?</style>", re.DOTALL
    )
    found = {
        f"{path.relative_to(ROOT)}: {hit}"
        for path in _templates()
        for hit in WRITTEN_BY_HAND.findall(silent.sub("", path.read_text()))
    }

    assert found == set()


@pytest.mark.parametrize("room", ROOMS)
def test_no_text_of_python_does(room):
    texts = re.compile(r"""_\(\s*f?"([^"]*)"|f"([^"]*\}} {unit})""".replace("{unit}", UNIT))
    found = {
        f"{path.relative_to(ROOT)}: {text}"
        for path in (ROOT / room).rglob("*.py")
        if str(path.relative_to(ROOT)) not in WORDING and "migrations" not in path.parts
        for texts_found in texts.findall(path.read_text())
        for text in texts_found
        if WRITTEN_BY_HAND.search(text) or re.search(rf"\}} {UNIT}", text)
    }

    assert found == set()
