"""What strangers wrote is read within its bounds, and nothing that was read is lost."""

import pytest

from courses.exchange.errors import ImportRefused
from courses.exchange.words import load_json, storable
from courses.exchange.xml import UnreadableXML, copy_without, outer_html, parse_html, parse_xml


def test_a_text_of_exactly_the_bound_is_read_and_a_longer_one_is_not(monkeypatch):
    data = b"<a>tea</a>"
    monkeypatch.setattr("courses.exchange.xml.MAX_TEXT", len(data))
    assert parse_xml(data, "a.xml").text == "tea"

    with pytest.raises(UnreadableXML) as refusal:
        parse_xml(data + b"\n", "a.xml")

    assert str(refusal.value) == "“a.xml” is too large to be read."


def test_elements_stand_as_deep_in_each_other_as_may_be_and_no_deeper(monkeypatch):
    monkeypatch.setattr("courses.exchange.xml.MAX_DEPTH", 3)
    assert parse_xml(b"<a><b><c/></b><b/></a>", "a.xml").tag == "a"

    with pytest.raises(UnreadableXML) as refusal:
        parse_xml(b"<a><b/><b><c><d/></c></b></a>", "a.xml")

    assert str(refusal.value) == "“a.xml” is nested too deeply to be read."


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><a/>",
        b'<!DOCTYPE a SYSTEM "https://elsewhere.example/a.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    ],
)
def test_a_declared_type_of_document_is_refused(data):
    with pytest.raises(ImportRefused) as refusal:
        parse_xml(data, "a.xml")

    assert refusal.value.code == "document_type_declared"


def test_deep_html_is_read_to_its_innermost_word():
    assert parse_html("<div>" * 400 + "tea" + "</div>" * 400).text_content() == "tea"


def test_what_follows_an_element_that_is_taken_out_stays():
    whole = parse_xml(b"<p>one <b>two</b> <x>gone</x>three <i/><x/>four</p>", "p.xml")

    assert outer_html(copy_without(whole, {"x"})) == "<p>one <b>two</b> three <i></i>four</p>"
    assert outer_html(copy_without(parse_xml(b"<p><x/>one</p>", "p.xml"), {"x"})) == "<p>one</p>"


def test_what_no_database_holds_is_taken_out_of_a_text():
    assert storable("te\x00a\ud800 \U0001f375") == "tea \U0001f375"


@pytest.mark.parametrize("text", [None, "", "{", b"\xff", "[" * 100_000])
def test_what_is_no_json_is_the_default(text):
    assert load_json(text, {"so": "be it"}) == {"so": "be it"}
