"""Numbers and JSON in what was sent."""

import pytest

from courses.shapes.json_texts import DEEPEST, read_json
from courses.shapes.numbers import LARGEST_KEY, whole_number


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("007", 7), (str(LARGEST_KEY), LARGEST_KEY)]
)
def test_digits_are_a_number(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text",
    [None, 7, "", "²", "٣", "-1", "+1", " 1", "1 ", "1_0", "1.0", "0x1", str(LARGEST_KEY + 1)],
)
def test_nothing_else_is(text):
    assert whole_number(text) is None


def test_a_number_of_five_thousand_digits_is_none():
    assert whole_number("9" * 5000) is None


def test_a_number_past_its_limit_is_none():
    assert (whole_number("12", most=12), whole_number("13", most=12)) == (12, None)


def test_json_is_read():
    assert read_json('{"a": [1, "é", null]}') == {"a": [1, "é", None]}
    assert read_json("[" * (DEEPEST - 1) + "1" + "]" * (DEEPEST - 1))


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "NaN", "[Infinity]", '"\\u0000"', '{"\\ud800": 1}', b"\xff", "9" * 5000,
        "[" * (DEEPEST + 1) + "1" + "]" * (DEEPEST + 1), "[" * 200_000,
    ],
    ids=lambda text: repr(text)[:20],
)  # fmt: skip
def test_what_no_column_can_hold_or_nobody_can_walk_is_no_json(text):
    with pytest.raises(ValueError):  # noqa: PT011 (json's own words differ by version)
        read_json(text)
