"""Tables of a page: headings, spans, what is too large, and what only places things."""

import pytest

from courses.blocks.tables import MOST_COLUMNS, MOST_ROWS
from courses.exchange.neutral import MAX_CELLS, Heading, Note, Picture, Prose, Table

from .test_markup import FILES, read

TEA = (
    "<tr><th>Tea</th><th>Minutes</th></tr>"
    "<tr><th>Green</th><td>2</td></tr><tr><th>Black</th><td><b>4</b></td></tr>"
)
TEA_ROWS = [["<p>Green</p>", "<p>2</p>"], ["<p>Black</p>", "<p><b>4</b></p>"]]


def test_a_table_comes_along_with_its_caption_and_headings():
    result = read(f"<p>See:</p><table><caption>Times</caption>{TEA}</table><p>Brew.</p>")

    assert result.pieces == [
        Prose("<p>See:</p>"),
        Table(TEA_ROWS, ["Tea", "Minutes"], "Times", row_heads=True),
        Prose("<p>Brew.</p>"),
    ]
    assert result.reasons == []


def test_headings_may_stand_in_thead_without_being_called_so():
    head = "<thead><tr><td>Tea</td><td>Minutes</td></tr></thead>"
    result = read(f"<table>{head}<tbody><tr><td>Green</td><td>2</td></tr></tbody></table>")

    assert result.pieces == [Table([["<p>Green</p>", "<p>2</p>"]], ["Tea", "Minutes"])]


def test_a_table_without_headings_has_none():
    result = read("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><th>d</th></tr></table>")

    assert result.pieces == [Table([["<p>a</p>", "<p>b</p>"], ["<p>c</p>", "<p><b>d</b></p>"]])]


def test_a_cell_over_several_places_stands_in_the_first_and_is_told():
    result = read(
        "<table><tr><td rowspan='2'>a</td><td colspan='2'>b</td></tr>"
        "<tr><td>c</td><td>d</td></tr><tr><td>e</td></tr></table>"
    )

    assert result.pieces == [
        Table(
            [["<p>a</p>", "<p>b</p>", ""], ["", "<p>c</p>", "<p>d</p>"], ["<p>e</p>", "", ""]],
        )
    ]
    assert result.reasons == [
        "table cells over several rows or columns stand in the first of their places"
    ]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "²", "99999999999999999999", "2.5"])
def test_a_span_that_is_none_is_one(span):
    result = read(f"<table><tr><td colspan='{span}'>a</td><td rowspan='{span}'>b</td></tr></table>")

    assert result.pieces == [Table([["<p>a</p>", "<p>b</p>"]])]


def test_a_span_as_wide_as_a_stranger_likes_costs_nothing():
    result = read("<table><tr><td colspan='999999'>a</td><td>b</td></tr></table>")

    assert result.reasons[-1] == "a table with more columns than fit became a list"
    assert result.words == 2


def test_a_long_table_is_parted_and_a_wide_one_becomes_a_list():
    long = read("<table>" + "<tr><td>1</td><td>2</td></tr>" * (MOST_ROWS + 1) + "</table>")
    wide = read("<table><tr>" + "<td>n</td>" * (MOST_COLUMNS + 1) + "</tr></table>")

    assert [len(piece.rows) for piece in long.pieces] == [MOST_ROWS, 1]
    assert long.reasons == ["a table with more rows than fit was parted into several"]
    assert wide.pieces == [Prose("<ul><li>" + "<br/>".join(["<b>n</b>", *["n"] * MOST_COLUMNS]) + "</li></ul>")]  # fmt: skip # noqa: E501
    assert wide.reasons == ["a table with more columns than fit became a list"]


def test_a_table_beyond_all_measure_is_left_out_and_told():
    result = read("<table>" + "<tr><td>1</td><td>2</td></tr>" * (MAX_CELLS // 2 + 1) + "</table>")

    assert result.reasons == ["a very large table was left out"]
    (note,) = result.pieces
    assert isinstance(note, Note) and "a table of 10001 rows" in note.html


@pytest.mark.parametrize(
    "markup",
    [
        # One row is wide, and all others would be filled up to it.
        "<tr>" + "<td>1</td>" * 9_000 + "</tr>" + "<tr><td>1</td></tr>" * 9_000,
        # A few cells reach over everything.
        "<tr>" + "<td rowspan=1000 colspan=11>1</td>" * 900 + "</tr>" + "<tr><td>1</td></tr>" * 900,
    ],
)
def test_a_table_that_a_few_cells_make_as_large_is_left_out_before_it_is_filled_up(markup):
    result = read(f"<table>{markup}</table>")

    assert result.reasons == ["a very large table was left out"]
    assert [type(piece) for piece in result.pieces] == [Note]


def test_a_table_that_only_places_things_leaves_no_trace():
    result = read("<table><tr><td><h3>Left</h3><p>Words</p></td></tr></table>")

    assert result.pieces == [Heading("Left", 3), Prose("<p>Words</p>")]
    assert result.reasons == []


def test_a_table_around_another_is_taken_apart():
    result = read(f"<table><tr><td>Words</td><td><table>{TEA}</table></td></tr></table>")

    assert result.pieces == [
        Prose("<p>Words</p>"),
        Table(TEA_ROWS, ["Tea", "Minutes"], row_heads=True),
    ]
    assert result.reasons == [
        "a table around another was taken apart: its cells follow one another"
    ]


def test_a_picture_in_a_cell_follows_the_table():
    result = read(
        "<table><tr><td>a<img src='/static/tea_leaf.png' alt='x'></td><td>b</td></tr></table>"
    )

    assert result.pieces == [Table([["<p>a</p>", "<p>b</p>"]]), Picture(FILES["tea_leaf.png"], "x")]
    assert result.reasons == ["pictures and files of a table follow it"]


def test_a_table_in_an_item_of_a_list_becomes_a_list():
    result = read(f"<ul><li>Tea: <table>{TEA}</table></li></ul>")

    (prose,) = result.pieces
    assert "<li><b>Green</b><br/>Minutes: 2</li>" in prose.html
    assert result.reasons == ["a table where none can stand became a list"]
