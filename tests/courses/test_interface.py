"""Words and figures as readers see them."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from courses.templatetags import interface
from courses.wording.durations import format_clock, format_minutes
from courses.wording.money import format_money, format_price

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("amount", "currency", "told"),
    [
        ("57.60", "EUR", "€57.60"),
        ("84", "EUR", "€84.00"),
        ("1234.5", "USD", "$1,234.50"),
        ("-20", "GBP", "−£20.00"),
        ("0", "EUR", "€0.00"),
    ],
)
def test_money_is_written_with_its_decimals(amount, currency, told):
    assert format_money(Decimal(amount), currency) == told


@pytest.mark.parametrize(
    ("amount", "told"), [("64.00", "€64"), ("57.60", "€57.60"), ("0.00", "Free")]
)
def test_a_price_on_a_shelf_is_as_short_as_it_can_be(amount, told):
    assert format_price(Decimal(amount), "EUR") == told


def test_durations_and_places_in_a_video_carry_their_units():
    assert [format_minutes(minutes) for minutes in (0, None, 45, 60, 580)] == [
        "",
        "",
        "45\u00a0min",
        "1\u00a0h",
        "9\u00a0h\u00a040\u00a0min",
    ]
    assert [format_clock(second) for second in (0, 462, 3849)] == ["0:00", "7:42", "1:04:09"]
    assert [format_clock(odd) for odd in (None, -5, 59.9, 3600)] == [
        "0:00",
        "0:00",
        "0:59",
        "1:00:00",
    ]


def test_names_are_shortened_for_strangers():
    class Learner:
        name = "Jonna Aalto"

    assert interface.short_name(Learner()) == "Jonna A."
    assert interface.short_name(None) == "A learner"
    assert interface.initials("Noor Brandt-Adeyo") == "NB"
    assert interface.initials("") == "·"


def test_stars_and_bars_have_a_class_for_every_value():
    values = (ROOT / "static/css/interface/values.css").read_text()

    assert [interface.tenths(rating) for rating in (None, "4.83", Decimal("4.75"), 9)] == [
        0,
        48,
        48,
        50,
    ]
    assert all(f".r-{tenth} " in values for tenth in range(51))
    assert [interface.percent(value) for value in (None, 38.6, 140, -3)] == [0, 39, 100, 0]
    assert all(f".p-{value} " in values for value in range(101))
    assert all(f".tone-{tone} " in values for tone in range(1, interface.TONES + 1))


def drawn_icons():
    sprite = (ROOT / "static/icons/sprite.svg").read_text()
    return set(re.findall(r'<symbol id="([^"]+)"', sprite))


def test_every_icon_that_a_template_names_is_in_the_sprite():
    named = {
        name
        for template in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'{%\s*icon "([^"]+)"', template.read_text())
    }

    assert named
    assert named <= drawn_icons()


def test_the_sprite_holds_no_icon_that_nobody_names():
    files = [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "static/js").rglob("*.js"),
        *(
            file
            for app in ("courses", "learners", "storefront")
            for file in ROOT.glob(f"{app}/**/*.py")
        ),
    ]
    quoted = {word for file in files for word in re.findall(r"[\w-]+(?=[\"'])", file.read_text())}

    assert drawn_icons() - quoted == set()


def test_no_template_carries_style_or_script_attributes():
    """The content security policy of the site allows neither; mails are another matter."""
    attribute = re.compile(r"""<[^>]*\s(?:style|on[a-z]+)=["']""")
    offenders = [
        str(template.relative_to(ROOT))
        for template in (ROOT / "templates").rglob("*.html")
        if "mail" not in template.parts and attribute.search(template.read_text())
    ]

    assert offenders == []
