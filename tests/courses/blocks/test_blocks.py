"""Blocks as learners and the picker of the editor show them."""

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.blocks import StreamValue

from courses.blocks import LessonStream
from tests.people import logged_in

STREAM = LessonStream()


def shown(block_type: str, value) -> str:
    """The HTML of one block of a lesson."""
    body = StreamValue(STREAM, [{"type": block_type, "value": value}], is_lazy=True)
    return body.render_as_block()


@pytest.mark.parametrize("block_type", list(STREAM.child_blocks))
def test_every_block_shows_a_picture_of_itself_in_the_picker(client, ada, block_type):
    block = STREAM.child_blocks[block_type]

    response = logged_in(client, ada).get(
        reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
    )

    assert response.status_code == 200
    page = response.content.decode()
    assert "css/sheets/block" in page
    assert block.meta.description
    main = page.split("<main>")[1]
    assert len(main) > 60


def test_a_question_shows_what_may_be_picked_and_nothing_else():
    html = shown(
        "single_choice",
        {
            "question": "<p>How steep?</p>",
            "options": [
                {
                    "type": "item",
                    "id": "a1",
                    "value": {
                        "text": "Steep",
                        "correct": True,
                        "feedback": "Close lines climb fast",
                    },
                },
                {
                    "type": "item",
                    "id": "b2",
                    "value": {"text": "Flat", "correct": False, "feedback": "Look again"},
                },
            ],
            "explanation": "<p>Closeness is steepness</p>",
        },
    )

    assert 'value="a1"' in html and "Steep" in html and "Flat" in html
    for secret in ("Close lines", "Look again", "Closeness", "correct", "True", "checked"):
        assert secret not in html


@pytest.mark.parametrize("block_type", ["single_choice", "multiple_choice"])
def test_a_new_question_begins_with_the_two_options_it_needs(block_type):
    options = STREAM.child_blocks[block_type].get_default()["options"]

    assert [option["text"] for option in options] == ["", ""]
    assert len({child.id for child in options.bound_blocks}) == 2


def test_a_true_or_false_question_does_not_say_which():
    html = shown(
        "true_false",
        {
            "statement": "<p>A dotted contour is an error.</p>",
            "answer": "false",
            "feedback_true": "Dots mean doubt",
            "feedback_false": "Indeed",
            "explanation": "",
        },
    )

    assert html.count('type="radio"') == 2
    for secret in ("Dots mean", "Indeed", "checked"):
        assert secret not in html


def test_code_is_shown_as_typed_and_never_run():
    html = shown("code", {"language": "html", "code": "<script>alert(1)</script>", "caption": ""})

    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_a_link_names_where_it_leads():
    html = shown(
        "resource",
        {
            "type": "link",
            "title": "How intervals are chosen",
            "description": "",
            "url": "https://www.example.org/contours",
            "file": None,
        },
    )

    assert 'href="https://www.example.org/contours"' in html
    assert "example.org</span>" in html
    assert 'rel="noopener noreferrer"' in html


def test_a_block_renders_without_a_lesson_around_it():
    for block_type, block in STREAM.child_blocks.items():
        value = block.get_preview_value()
        html = block.render(value, context={"request": RequestFactory().get("/")})
        assert "Traceback" not in html, block_type
