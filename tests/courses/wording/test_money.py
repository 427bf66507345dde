"""A sum is read as whoever typed it means it, in any language, or not at all."""

from decimal import Decimal

import pytest

from courses.wording.money import read_money


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24,50", "24.50"),
        ("24.50", "24.50"),
        ("24,5", "24.50"),
        (" 24 ", "24"),
        ("24,", "24"),
        (",50", "0.50"),
        ("0", "0"),
        ("0.00", "0"),
        ("1,950.00", "1950"),
        ("1.950,00", "1950"),
        ("1 950", "1950"),
        ("1\u202f950,5", "1950.50"),
        ("1'950.05", "1950.05"),
        ("1,950", "1950"),
        ("1.950", "1950"),
        ("1.234.567", "1234567"),
        ("1950.5", "1950.50"),
        ("-5", "-5"),
    ],
)
def test_a_sum_is_read_as_it_is_meant(typed, meant):
    assert read_money(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        ".",
        "-",
        "24.5000",
        "0,500",
        "1,950,00",
        "1.95.0",
        "1,950.000",
        "24 50",
        "twenty",
        "€24",
        "1e3",
        "NaN",
        "٢٤",
        "1" * 41,
    ],
)
def test_what_can_be_told_in_no_way_or_in_two_is_refused(typed):
    with pytest.raises(ValueError, match=r"^"):
        read_money(typed)
