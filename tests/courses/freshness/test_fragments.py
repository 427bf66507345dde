"""A piece of a page is drawn once for what it is given, and anew for anything else."""

from decimal import Decimal
from sys import getsizeof

import pytest
from django.template import engines
from django.utils import translation
from django.utils.safestring import mark_safe

from courses.freshness import fragments
from courses.freshness.fragments import drawn

TEMPLATE = "tests/piece.html"


@pytest.fixture(autouse=True)
def rendered(monkeypatch):
    """How often the template was rendered."""
    fragments.forget()
    told = []
    piece = engines["django"].from_string("{{ title }}|{{ done }}|{{ minutes }}")

    class Counted:
        def render(self, context):
            told.append(context)
            return piece.render(context)

    monkeypatch.setattr(fragments, "get_template", lambda name: Counted())
    yield told
    fragments.forget()


def test_the_same_is_drawn_once(rendered):
    texts = {drawn(TEMPLATE, title="Cut & sew", done=True, minutes=5) for _ in range(3)}

    assert texts == {"Cut &amp; sew|True|5"}
    assert len(rendered) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Sew"},
        {"done": False},
        {"done": 1},  # equal, and written another way
        {"minutes": 6},
        {"minutes": None},
        {"minutes": Decimal(5)},
        {"minutes": "5"},
        {"title": mark_safe("Cut & sew")},  # equal, and escaped another way
        {"minutes": (5, "6")},
        {"minutes": (5, 6)},
    ],
)
def test_anything_else_is_drawn_anew(rendered, other):
    given = {"title": "Cut & sew", "done": True, "minutes": 5}
    drawn(TEMPLATE, **given)

    drawn(TEMPLATE, **given | other)

    assert len(rendered) == 2


def test_an_amount_is_told_as_it_is_written(rendered):
    assert drawn(TEMPLATE, minutes=Decimal("1.0")) != drawn(TEMPLATE, minutes=Decimal("1.00"))


def test_another_language_is_drawn_anew(rendered):
    drawn(TEMPLATE, title="Cut")
    with translation.override("de"):
        drawn(TEMPLATE, title="Cut")

    assert len(rendered) == 2


@pytest.mark.parametrize(
    "value", [1.5, [], {}, object(), (1.5,), ([],), (1, (object(),)), (mark_safe("Cut"),)]
)
def test_what_may_change_or_be_written_in_two_ways_is_not_taken(value):
    with pytest.raises(TypeError, match="title is"):
        drawn(TEMPLATE, title=value)


def test_no_more_is_remembered_than_there_is_room_for(rendered, monkeypatch):
    monkeypatch.setattr(
        fragments, "_drawn", type(fragments._drawn)(5_000, getsizeof=fragments._drawn.getsizeof)
    )

    for number in range(1_000):
        drawn(TEMPLATE, title=str(number))

    assert fragments._drawn.currsize <= 5_000
    assert len(fragments._drawn) < 10


def test_texts_are_reckoned_as_they_lie_in_memory_as_given_and_as_drawn(rendered):
    text = "\N{DEVANAGARI LETTER A}" * 10_000

    drawn(TEMPLATE, title=text)

    assert fragments._drawn.currsize > 2 * getsizeof(text)


def test_a_piece_that_would_take_all_the_room_is_drawn_each_time(rendered, monkeypatch):
    monkeypatch.setattr(fragments, "MOST", 10_000)

    for _time in range(2):
        assert drawn(TEMPLATE, title="x" * 10_000).startswith("xxx")

    assert len(rendered) == 2
    assert len(fragments._drawn) == 0
