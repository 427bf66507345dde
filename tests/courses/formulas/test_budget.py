"""How much TeX is set at once: what costs more than its length is counted as longer."""

import pytest

from courses.formulas import engine, formula
from courses.formulas.budget import GROWTH, LEAST, RUIN, at_most
from courses.formulas.engine import Untypeset
from courses.formulas.formula import read_formula
from courses.shapes.refusals import Misshapen


@pytest.fixture
def asked(monkeypatch):
    """What was asked to be set. ``answers`` says what comes of it; by default one sign."""
    asked = []

    def typeset(tex, display):
        asked.append(tex)
        answer = asked_for.get(tex, "<math><mi>x</mi></math>")
        if isinstance(answer, Exception):
            raise answer
        return answer

    asked_for: dict = {}
    monkeypatch.setattr(formula, "typeset", typeset)
    return asked, asked_for


def read_until_refused(tex: str, budget: int) -> None:
    with at_most(budget):
        for _ in range(budget + 1):
            read_formula(tex)


def test_many_short_formulas_are_no_cheaper_than_fewer_longer_ones(asked):
    with pytest.raises(Misshapen) as refused:
        read_until_refused("x", budget=10 * LEAST)

    assert refused.value.code == "too_many_formulas"
    assert len(asked[0]) == 10


def test_what_breaks_the_program_counts_as_much_as_the_longest(asked):
    asked[1]["{"] = Untypeset("interrupted", ruinous=True)

    with pytest.raises(Misshapen):
        read_until_refused("{", budget=3 * RUIN)

    assert len(asked[0]) == 3


def test_what_is_merely_wrong_counts_as_what_is_right(asked):
    asked[1]["{"] = Untypeset("Expected '}'", 1)

    with pytest.raises(Misshapen):
        read_until_refused("{", budget=10 * LEAST)

    assert len(asked[0]) == 10


def test_what_grows_is_counted_by_what_becomes_of_it(asked):
    asked[1]["bomb"] = f"<math>{'<mi>x</mi>' * 1000}</math>"
    cost = len(asked[1]["bomb"]) // GROWTH

    with pytest.raises(Misshapen):
        read_until_refused("bomb", budget=3 * cost)

    assert len(asked[0]) == 3


def test_a_usual_formula_costs_its_length():
    tex = r"\bar{x} = \frac{1}{n} \sum_{i=1}^{n} x_i"

    with at_most(10 * len(tex)):
        for _ in range(10):
            assert read_formula(tex).mathml


@pytest.mark.parametrize("tex", [r"\bm^2", r"\bar^2", r"\pdv{}{}{}", r"\foo", "{"])
def test_a_refusal_does_not_cost_loading_the_program_again(tex, monkeypatch):
    read_formula("x")
    monkeypatch.setattr(engine, "_new", None)

    assert read_formula(tex).complaint
    assert read_formula(r"x^2").mathml
