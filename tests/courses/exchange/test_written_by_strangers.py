"""What a text of a stranger's may hold, and what is said of what it may not."""

from io import BytesIO
from types import SimpleNamespace

import pytest

from courses.exchange import word_alone
from courses.exchange.clean_html import (
    ELSEWHERE,
    LOST_LINK,
    LOST_PICTURE,
    SCRIPTS,
    UNEVEN,
    Found,
    read_pieces,
)
from courses.exchange.markdown import part_head
from courses.exchange.neutral import Note, Prose, Table


def read(markup: str):
    return read_pieces(markup, lambda name: Found())


def prose(markup: str) -> str:
    (piece,) = read(markup).pieces
    assert isinstance(piece, Prose)
    return piece.html


# HTML


def test_a_link_is_as_long_as_its_field_and_no_longer():
    longest = "https://example.org/".ljust(2000, "a")

    assert prose(f'<p><a href="{longest}">Here</a></p>') == f'<p><a href="{longest}">Here</a></p>'
    assert prose(f'<p><a href="{longest}a">Here</a></p>') == "<p>Here</p>"
    assert read(f'<p><a href="{longest}a">Here</a></p>').reasons == [str(LOST_LINK)]


def test_a_picture_elsewhere_becomes_a_link_and_the_report_says_so():
    found = read('<p><img src="https://pic.example/a.png" alt="Hill"></p>')

    assert found.pieces == [Prose('<p><a href="https://pic.example/a.png">Hill</a></p>')]
    assert found.reasons == [str(ELSEWHERE)]


def test_a_picture_at_a_mail_address_is_no_link():
    found = read('<p><img src="mailto:ada@example.org" alt="Hill"></p>')

    assert found.pieces == [Prose("<p>Hill</p>")]
    assert found.reasons == [str(LOST_PICTURE)]


def test_a_table_that_was_filled_up_says_so():
    found = read("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>")

    assert found.pieces == [Table([["<p>a</p>", "<p>b</p>"], ["<p>c</p>", ""]], [])]
    assert found.reasons == [str(UNEVEN)]


def test_what_a_quotation_lost_is_said():
    assert read("<blockquote><p>True.</p><script>x</script></blockquote>").reasons == [str(SCRIPTS)]


@pytest.mark.parametrize(
    ("mark", "tone"),
    [
        ("TIP", "tip"),
        ("NOTE", "note"),
        ("IMPORTANT", "note"),
        ("WARNING", "warning"),
        ("CAUTION", "warning"),
        ("EXERCISE", "exercise"),
    ],
)
def test_each_mark_of_a_note_has_its_tone(mark, tone):
    (note,) = read(f"<blockquote><p>[!{mark}] Mind the gap.</p></blockquote>").pieces

    assert isinstance(note, Note)
    assert note.tone == tone


# Markdown


def test_a_head_is_read_with_the_ends_of_lines_of_any_system():
    for end in ("\n", "\r\n", "\r"):
        text = end.join(["---", 'title: "Knots that hold"', "---", "Two ropes."])
        assert part_head(text) == ("Knots that hold", "Two ropes.")


# Word


def an_image(data: bytes, kind: str = "image/png"):
    return SimpleNamespace(content_type=kind, open=lambda: BytesIO(data))


def test_a_picture_that_no_browser_shows_is_not_kept(tmp_path):
    pictures = word_alone.Pictures(tmp_path)

    assert pictures.keep(an_image(b"drawn", "image/x-emf")) == {"src": ""}
    assert list(tmp_path.iterdir()) == []


def test_so_many_pictures_of_a_document_and_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(word_alone, "MOST_PICTURES", 2)
    pictures = word_alone.Pictures(tmp_path)

    kept = [pictures.keep(an_image(data))["src"] for data in (b"a", b"b", b"c", b"a")]

    assert kept == ["picture-1.png", "picture-2.png", "", "picture-1.png"]
    assert len(list(tmp_path.iterdir())) == 2


def test_pictures_of_a_document_are_so_large_together_and_no_larger(tmp_path, monkeypatch):
    monkeypatch.setattr(word_alone, "MAX_PICTURE", 4)
    monkeypatch.setattr(word_alone, "MAX_PICTURES", 6)
    pictures = word_alone.Pictures(tmp_path)

    kept = [pictures.keep(an_image(data))["src"] for data in (b"12345", b"1234", b"678", b"90")]

    assert kept == ["", "picture-1.png", "", "picture-2.png"]
    assert pictures.size == 6


def test_a_picture_that_became_a_link_stands_in_no_other_link():
    picture = '<img src="https://pic.example/a.png" alt="Hill">'

    assert prose(f'<p><a href="https://a.example/">{picture}</a></p>') == (
        '<p><a href="https://pic.example/a.png">Hill</a></p>'
    )
