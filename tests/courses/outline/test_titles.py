"""Outlines as people paste them."""

import pytest

from courses.errors import CourseError
from courses.outline.titles import LONGEST, read_lines, require_title


def told(text: str) -> list:
    def one(line):
        return {line.title: [one(below) for below in line.below]} if line.is_chapter else line.title

    return [one(line) for line in read_lines(text)]


@pytest.mark.parametrize(
    ("text", "outline"),
    [
        ("Needles\nChalk", ["Needles", "Chalk"]),
        ("\n  \nNeedles\n\n", ["Needles"]),
        ("Tools\n  Needles\n  Chalk\nSew", [{"Tools": ["Needles", "Chalk"]}, "Sew"]),
        ("Tools\n\tNeedles\n\t\tSharp", [{"Tools": [{"Needles": ["Sharp"]}]}]),
        (
            "# Tools\nNeedles\n- Chalk\n# Shirt\nSew",
            [{"Tools": ["Needles", "Chalk"]}, {"Shirt": ["Sew"]}],
        ),
        (
            "# Tools\n## Sharp\nNeedles\n## Soft\nChalk",
            [{"Tools": [{"Sharp": ["Needles"]}, {"Soft": ["Chalk"]}]}],
        ),
        ("- Tools\n  - Needles\n  * Chalk", [{"Tools": ["Needles", "Chalk"]}]),
        (
            "1. Tools\n   1.1 Needles\n   1.2. Chalk\n2) Shirt",
            [{"Tools": ["Needles", "Chalk"]}, "Shirt"],
        ),
        ("a) Needles\n(b) Chalk", ["Needles", "Chalk"]),
        ("3 mistakes to avoid\n2026 in review", ["3 mistakes to avoid", "2026 in review"]),
        ("    Deep\n  Less\nTop", ["Deep", "Less", "Top"]),
        ("# Empty chapter", [{"Empty chapter": []}]),
        ("-\n#\n1.", ["-", "#", "1."]),
        ("はさみ\n\u3000針", [{"はさみ": ["針"]}]),
    ],
)
def test_lines_are_read_as_they_are_meant(text, outline):
    assert told(text) == outline


def test_spaces_around_and_within_a_title_are_one():
    assert require_title("  Two   needles \n") == "Two needles"


@pytest.mark.parametrize(("title", "code"), [("", "no_title"), (" \n", "no_title")])
def test_a_title_says_something(title, code):
    with pytest.raises(CourseError) as refused:
        require_title(title)
    assert refused.value.code == code


def test_a_title_fits_its_column():
    assert require_title("a" * LONGEST)
    with pytest.raises(CourseError) as refused:
        require_title("a" * (LONGEST + 1))
    assert refused.value.code == "title_too_long"
