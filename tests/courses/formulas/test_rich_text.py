"""Formulas inside rich text: from the editor into what is stored, onto pages, and back."""

import json

import pytest
from django.utils.html import strip_tags
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import expand_db_html

from courses.blocks.text import READING_FEATURES
from courses.editor.rich_text import PostedRichText
from courses.formulas.stored import FEATURE, complaints_in, formula_html, plain_formulas
from courses.shapes.refusals import Misshapen

ODD = r"a < b & \text{it's \"so\"} \le 'c'"


def posted(tex: object = "x^2", *, text: str = "Let x^2 be", **more: object) -> str:
    """What the editor posts of a paragraph with a formula at its fifth character."""
    length = len(tex) if isinstance(tex, str) else 3
    block = {
        "key": "a", "type": "unstyled", "depth": 0, "text": text,
        "entityRanges": [{"offset": 4, "length": length, "key": 0}],
    }  # fmt: skip
    entity = {"type": "FORMULA", "mutability": "IMMUTABLE", "data": {"tex": tex, **more}}
    return json.dumps({"blocks": [block], "entityMap": {"0": entity}})


def stored(text: str) -> str:
    html = PostedRichText(features=[FEATURE]).value_from_datadict({"f": text}, {}, "f")
    assert html is not None
    return html


def test_a_formula_is_stored_as_its_tex_and_what_pages_show():
    html = stored(posted())

    assert html == f'<p data-block-key="a">Let {formula_html("x^2")} be</p>'
    page = expand_db_html(html)
    assert page.startswith('<p data-block-key="a">Let <math><semantics><msup>')
    assert page.endswith("</math> be</p>")


@pytest.mark.parametrize(
    "posted_text",
    [
        posted(mathml="<img src=x onerror=alert(1)>"),
        posted(3),
        posted(None),
        posted().replace('"tex": "x^2"', '"latex": "x^2"'),
    ],
)
def test_an_entity_of_another_shape_is_refused(posted_text):
    with pytest.raises(Misshapen):
        stored(posted_text)


@pytest.mark.parametrize("tex", ["x^2", ODD, r"\begin{matrix}a&not\\b&lt\end{matrix}", r"\frac{1"])
def test_a_formula_comes_back_into_the_editor_as_it_was_written(tex):
    converter = ContentstateConverter(READING_FEATURES)
    html = stored(posted(tex, text=f"Let {tex} be"))

    content = json.loads(converter.from_database_format(html))

    assert content["blocks"][0]["text"] == f"Let {tex} be"
    (entity,) = content["entityMap"].values()
    assert entity["type"] == "FORMULA" and entity["data"] == {"tex": tex}
    assert entity["mutability"] == "IMMUTABLE"
    assert converter.to_database_format(json.dumps(content)) == html


def test_spaces_around_a_formula_stay():
    converter = ContentstateConverter(READING_FEATURES)
    html = f"<p>a {formula_html('x')} <b>b</b>{formula_html('y')}c</p>"

    content = json.loads(converter.from_database_format(html))

    assert content["blocks"][0]["text"] == "a x byc"


def test_an_editor_without_the_feature_holds_the_words_around_it():
    content = json.loads(ContentstateConverter(["bold"]).from_database_format(stored(posted())))

    assert content["blocks"][0]["text"] == "Let be"
    assert content["entityMap"] == {}


def test_readers_of_words_are_given_the_tex():
    html = f"<p>So {formula_html(ODD)}, <b>then</b></p>"

    assert strip_tags(plain_formulas(html)).startswith("So a &lt; b &amp;")
    assert "math" not in plain_formulas(html)
    assert plain_formulas('<embed embedtype="media" url="x"/>') == (
        '<embed embedtype="media" url="x"/>'
    )


def test_what_cannot_be_read_is_shown_as_its_source_and_complained_of():
    html = stored(posted(r"\foo", text=r"Let \foo be"))

    assert r"Let <code>\foo</code> be" in expand_db_html(html)
    (complaint,) = complaints_in(html)
    assert complaint.startswith(r"Formula “\foo”: “\foo” (character 1)")
    assert complaints_in(stored(posted())) == []


def test_a_comment_ends_with_its_line():
    assert 'tex="a b"' in formula_html("a % first\nb")
    assert 'tex="5\\%"' in formula_html(r"5\%")


def test_nothing_is_stored_of_an_empty_formula():
    assert stored(posted("", text="Let  be")) == '<p data-block-key="a">Let  be</p>'
