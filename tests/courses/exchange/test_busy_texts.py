"""What was written to keep a reader busy for hours is read as fast as anything else."""

import time

import pytest

from courses.exchange.clean_html import Found, read_pieces
from courses.exchange.markdown import markdown_html, part_head
from courses.exchange.neutral import Prose, Table
from courses.exchange.words import tidy, with_formulas

# Seconds of the processor. Each of these took minutes, or all of the memory.
SOON = 15


@pytest.fixture
def soon():
    begun = time.process_time()
    yield
    assert time.process_time() - begun < SOON


def pieces_of(markup: str):
    return read_pieces(markup, lambda name: Found())


@pytest.mark.parametrize(
    "markup",
    [
        markdown_html("x" + "\\\n" * 100_000 + "y"),
        "<p>x" + "<br>" * 250_000 + "y</p>",
        "<ul><li>x" + "<br> " * 200_000 + "y</ul>",
        "<h2>x" + "<br>" * 250_000 + "y</h2>",
    ],
    ids=["markdown", "paragraph", "item", "heading"],
)
def test_a_line_of_breaks_alone(soon, markup):
    assert len(pieces_of(markup).pieces) == 1


def test_breaks_and_spaces_at_the_ends_of_a_line_go_and_those_within_stay():
    assert tidy("<br/> a <br/> <br/>b <br/>\n <br/>") == "a<br/><br/>b"
    assert tidy("<br/> <br/>") == tidy("  ") == tidy("") == ""


def test_spaces_without_end_in_a_line(soon):
    assert tidy("a" + " " * 1_000_000 + "b") == "a b"


def test_formulas_that_begin_and_never_end(soon):
    assert with_formulas("\\(" * 250_000) == "\\(" * 250_000
    assert with_formulas(r"of \(x\) and \(y\)") == "of <tex>x</tex> and <tex>y</tex>"


def test_a_title_with_spaces_without_end(soon):
    head = f"---\ntitle: 'a{' ' * 1_000_000}b'  \n---\nwords"

    title, text = part_head(head)

    assert (title.split(), text) == (["a", "b"], "words")


def test_a_table_of_which_one_row_is_wide_and_all_others_would_be_filled_up(soon):
    rows = "<tr>" + "<td>" * 60_000 + "</tr>" + "<tr><td>" * 60_000

    found = pieces_of(f"<p>before</p><table>{rows}</table><p>behind</p>")

    assert found.reasons == ["a very large table was left out"]
    assert found.pieces == [Prose("<p>before</p>"), Prose("<p>behind</p>")]


def test_a_table_in_a_table_is_read_once():
    found = pieces_of(
        "<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>"
    )

    assert found.pieces == [Table([["<p>a b</p>", "<p>c</p>"]])]
