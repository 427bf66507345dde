"""Plain English lines are read without ICU, and must be read as it reads them."""

import random

import pytest

from courses.words import folding, segments

SIGNS = "abZ019 -!?(),;:."
LINES = [
    "Draw a valley that people can trust.",
    "Part 3: read, measure (and check) a slope",
    "Well-known maps; no, really?",
    "x" * 300,
    "",
    " - ",
]
NOT_SIMPLE = [
    "a,b",
    "3.5 km",
    "10:30",
    "it's",
    "C# and C++",
    ".NET",
    "R&D",
    "snake_case",
    "Café",
    "a\tb",
]


def read(text: str) -> list:
    return list(folding.placed_forms(text))


def read_by_icu(text: str, monkeypatch) -> list:
    with monkeypatch.context() as with_icu:
        with_icu.setattr(segments, "is_simple", lambda text: False)
        return read(text)


@pytest.mark.parametrize("line", LINES)
def test_a_simple_line_has_the_words_that_icu_finds(line, monkeypatch):
    assert segments.is_simple(line)
    assert read(line) == read_by_icu(line, monkeypatch)
    assert segments.count_simple(line) == len(read(line))


@pytest.mark.parametrize("line", NOT_SIMPLE)
def test_what_icu_may_read_otherwise_is_left_to_it(line):
    assert not segments.is_simple(line)


def test_any_row_of_simple_signs_has_the_words_that_icu_finds(monkeypatch):
    chance = random.Random(51)
    lines = ["".join(chance.choices(SIGNS, k=chance.randrange(16))) for _ in range(4_000)]
    simple = [line for line in lines if segments.is_simple(line)]

    assert len(simple) > 1_000
    assert [read(line) for line in simple] == [read_by_icu(line, monkeypatch) for line in simple]
