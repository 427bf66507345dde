r"""Formulas in plain text stand between ``\(`` and ``\)``; everything else is what it was."""

import json

import pytest
from django.template import Context, Template

from courses.formulas.words import Words, complaints_of, kept_words, read_words, stored_words

MATHML = "<math><semantics><msup><mi>x</mi><mn>2</mn></msup>"


def shown(words: str) -> str:
    return Template("{{ words }}").render(Context({"words": words}))


def test_a_formula_in_a_text_is_shown_as_one():
    html = shown(read_words(r"A < \(x^2\) & b"))

    assert html.startswith(f"A &lt; {MATHML}")
    assert html.endswith("</math> &amp; b")


@pytest.mark.parametrize("text", ["It costs $5 or $10", "(x)", r"\)x\(", r"a \( b", "", "<b>"])
def test_a_text_without_formulas_is_stored_as_it_was(text):
    words = read_words(text)

    assert words.html is None
    assert stored_words(words) == text and type(stored_words(words)) is str
    assert shown(words) == shown(text)


def test_a_bracket_after_two_backslashes_is_no_formula():
    assert shown(read_words(r"the pattern \\(a\\)")) == r"the pattern \(a\)"


def test_a_text_is_stored_with_what_pages_show_and_comes_back_whole():
    stored = json.loads(json.dumps(stored_words(read_words(r"\(x^2\)"))))

    kept = kept_words(stored)
    assert kept == r"\(x^2\)" and isinstance(kept, Words)
    assert shown(kept).startswith(MATHML)
    assert stored_words(kept) == stored


def test_what_cannot_be_read_stays_as_its_source():
    words = read_words(r"So \(\foo\)")

    assert shown(words) == r"So <code>\foo</code>"
    assert len(complaints_of(words)) == 1 and "\\foo" in complaints_of(words)[0]


def test_a_control_is_named_by_the_tex():
    assert read_words(r"\(x^2\) or \(y\)").spoken == "x^2 or y"


def test_words_compare_and_count_as_the_string_they_are():
    assert read_words(r"\(x\)") == r"\(x\)"
    assert len(read_words(r"\(x\)")) == 5
    assert json.dumps({"text": read_words("x")}) == '{"text": "x"}'


def test_what_stands_after_one_more_backslash_is_shown_as_it_stands():
    assert shown(read_words(r"\\(a\\), \$x\$ and \\[b\\]")) == r"\(a\), $x$ and \[b\]"


def test_a_displayed_formula_is_one_too():
    assert '<mstyle scriptlevel="0" displaystyle="true">' in shown(read_words(r"So \[x^2\]"))
