"""Rich text: the editor's own passes, everything else is refused before it costs anything."""

import json
from unittest.mock import patch

import pytest
from django.urls import reverse
from draftjs_exporter.dom import DOM
from wagtail.models import Revision
from wagtail.test.utils.form_data import rich_text

from courses.editor.rich_text import PostedRichText
from courses.shapes.refusals import Misshapen
from courses.shapes.rich_text import DEEPEST_LIST, MOST_STYLES, posted_content
from tests.builders import a_course, lesson_called
from tests.editor import course_post, lesson_post
from tests.people import logged_in


def content(*blocks, **entities) -> str:
    return json.dumps({"blocks": list(blocks), "entityMap": entities})


def text(words="Cut slowly", **fields):
    return {"key": "a", "type": "unstyled", "depth": 0, "text": words, **fields}


def styled(*ranges):
    return text(
        inlineStyleRanges=[
            {"offset": offset, "length": length, "style": "BOLD"} for offset, length in ranges
        ]
    )


def linked(*ranges):
    return text(entityRanges=[{"offset": o, "length": n, "key": 0} for o, n in ranges])


LINK = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "https://example.org"}}}
NO_TEXTS = [
    "x", "{", "[]", "3", '"words"', "NaN", "[" * 100_000, '{"blocks": 3}', '{"blocks": [3]}',
    '{"blocks": [], "entityMap": []}',
    content(text(words=3)), content(text(type=[])), content(text(depth="1")),
    content(text(depth=-1)), content(text(depth=99_999_999)), content(text(depth=True)),
    content(text(inlineStyleRanges={})), content(text(inlineStyleRanges=[{}])),
    content(styled(*[(0, 5)] * (MOST_STYLES + 1))), content(styled((-1, 5))),
    content(styled((0, 1e9))), content(linked((0, 3))), content(linked((0, 3), (1, 3)), **LINK),
    content(text(), **{"0": 3}), content(text(), **{"0": {"type": "LINK", "data": 3}}),
    content(text(words="\ud800")), content(text(words="\x00")),
]  # fmt: skip


@pytest.fixture
def lesson(ada):
    return lesson_called("Cutting straight", course=a_course(by=ada))


@pytest.mark.parametrize("posted", NO_TEXTS, ids=lambda value: value[:60])
def test_what_is_no_text_is_refused(posted):
    with pytest.raises(Misshapen):
        posted_content(posted)


@pytest.mark.parametrize("posted", ["", "null", content(), content(text())])
def test_what_the_editor_posts_is_taken(posted):
    posted_content(posted)


def test_what_the_editor_makes_of_marked_up_words_comes_back_the_same():
    html = (
        '<p>Cut <b>slowly <i>and</i></b>, as <a href="https://example.org">they</a> '
        '<a href="https://example.org/2">say</a> 🧵</p>'
        "<ul><li>Chalk<ul><li>white</li></ul></li></ul>"
    )
    features = ["bold", "italic", "link", "ul"]
    posted = rich_text(html, features=features)

    back = PostedRichText(features=features).value_from_datadict({"text": posted}, {}, "text")

    for part in ("<b>", "<i>and</i>", 'href="https://example.org/2">say</a> 🧵', "<ul>"):
        assert part in back


@pytest.mark.parametrize("posted", NO_TEXTS[:6] + [NO_TEXTS[14]], ids=lambda value: value[:60])
def test_a_lesson_with_such_a_text_is_refused_in_words_and_not_saved(client, ada, lesson, posted):
    before = Revision.objects.count()
    data = lesson_post(lesson, [("rich_text", "<p>Words</p>")]) | {"body-0-value": posted}

    response = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data
    )

    assert response.status_code == 400
    assert "A text in this form did not arrive whole" in response.content.decode()
    assert Revision.objects.count() == before


def test_so_is_a_course_whose_description_is_none(client, ada, lesson):
    course = lesson.get_parent().get_parent().specific
    before = Revision.objects.count()
    response = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:edit", args=[course.pk]), course_post(course, description="{")
    )
    assert response.status_code == 400
    assert Revision.objects.count() == before


def elements_made(posted: str) -> int:
    with patch.object(DOM, "create_element", wraps=DOM.create_element) as made:
        PostedRichText(features=["bold", "ul"]).value_from_datadict({"a": posted}, {}, "a")
    return made.call_count


def test_styles_on_styles_cost_no_more_than_their_number():
    """Work is counted: elements made for twice as many styles are twice as many."""
    some = elements_made(content(styled(*[(place, 1) for place in range(200)])))
    twice = elements_made(content(styled(*[(place, 1) for place in range(400)])))
    assert twice <= 2 * some


def test_a_list_goes_no_deeper_than_its_limit():
    item = text(type="unordered-list-item", depth=DEEPEST_LIST)
    assert elements_made(content(item)) <= 4 * DEEPEST_LIST
    with pytest.raises(Misshapen):
        elements_made(content(item | {"depth": DEEPEST_LIST + 1}))


def test_what_the_exporter_cannot_render_is_refused_like_the_rest():
    nested = linked((2, 1), (0, 2))
    posted = content(nested | {"entityRanges": nested["entityRanges"][::-1]}, **{
        "0": {"type": "LINK", "data": {"url": 3}}
    })  # fmt: skip
    with pytest.raises(Misshapen):
        PostedRichText(features=["link"]).value_from_datadict({"a": posted}, {}, "a")
