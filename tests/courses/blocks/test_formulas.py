r"""Formulas in lessons: stored beside their TeX, shown without a script, believed from no form."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.blocks import StreamValue
from wagtail.models import Page, Revision

from courses.blocks import LessonStream
from courses.checks.reading import check_draft
from courses.drafts.digest import content_digest
from courses.formulas.budget import MOST_IN_A_LESSON
from courses.formulas.engine import LONGEST
from courses.formulas.stored import formula_html
from courses.models import LessonPage
from courses.moderation.text import lines_of
from tests.builders import a_course, lesson_called
from tests.editor import lesson_post
from tests.people import logged_in

pytestmark = pytest.mark.django_db
STREAM = LessonStream()
IN_TEXT, UNREADABLE = formula_html(r"\frac{1}{2}"), formula_html(r"\foo")
HALF = "<mfrac><mn>1</mn><mn>2</mn></mfrac>"
OPTIONS = [
    {"text": r"\(\frac{1}{2}\)", "correct": True, "feedback": r"As \(2^{-1}\)."},
    {"text": "Two", "correct": False, "feedback": ""},
]


def written() -> list:
    """A lesson with a formula in every place that takes one."""
    return [
        ("heading", {"text": r"About \(\frac{1}{2}\)", "level": "2"}),
        ("rich_text", f"<p>So {IN_TEXT} it is.</p>"),
        ("callout", {"kind": "tip", "title": "", "text": f"<p>{formula_html('x')}</p>"}),
        ("formula", {"formula": r"\frac{1}{2}", "caption": "One half"}),
        (
            "single_choice",
            {
                "question": f"<p>What is {IN_TEXT}?</p>",
                "options": OPTIONS,
                "hints": [f"<p>Try {formula_html('y')}.</p>"],
                "explanation": f"<p>{formula_html('z')}</p>",
            },
        ),
    ]


@pytest.fixture
def lesson(ada):
    return lesson_called("Cutting straight", course=a_course(by=ada))


def saved(client, who, lesson, blocks) -> LessonPage:
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    response = logged_in(client, who).post(address, lesson_post(lesson, blocks))
    assert response.status_code == 302
    return Page.objects.get(pk=lesson.pk).get_latest_revision_as_object()


def test_what_pages_show_is_stored_beside_the_tex(client, ada, lesson):
    raw = saved(client, ada, lesson, written()).body.get_prep_value()

    assert raw[0]["value"]["text"]["text"] == r"About \(\frac{1}{2}\)"
    assert HALF in raw[0]["value"]["text"]["html"]
    assert raw[3]["value"]["formula"]["tex"] == r"\frac{1}{2}"
    assert raw[3]["value"]["formula"]["mathml"].startswith('<math display="block">')
    option = raw[4]["value"]["options"][0]["value"]
    assert HALF in option["text"]["html"] and "<msup>" in option["feedback"]["html"]
    assert raw[4]["value"]["options"][1]["value"]["text"] == "Two"


def test_a_lesson_is_shown_from_what_is_stored_alone(client, ada, lesson, monkeypatch):
    draft = saved(client, ada, lesson, written())
    body = StreamValue(STREAM, json.loads(json.dumps(draft.body.get_prep_value())), is_lazy=True)
    monkeypatch.setattr("courses.formulas.formula.typeset", refuse)

    html = body.render_as_block()

    assert html.count(HALF) == 5
    assert "style=" not in html and "<script" not in html
    assert "<figcaption>One half</figcaption>" in html


def refuse(*_args, **_kwargs):
    raise AssertionError("a formula was set while a page was read")


def test_saving_the_same_again_changes_no_digest(client, ada, lesson):
    saved(client, ada, lesson, written())
    first = Revision.objects.filter(object_id=str(lesson.pk)).latest("pk").content
    value = Page.objects.get(pk=lesson.pk).get_latest_revision_as_object().body

    again = STREAM.clean(STREAM.to_python(value.get_prep_value()))
    second = {**first, "body": json.dumps(again.get_prep_value())}

    assert content_digest(LessonPage, second) == content_digest(
        LessonPage, {**first, "body": json.dumps(value.get_prep_value())}
    )


BROKEN = {
    "formula": ("formula", {"formula": r"\foo", "caption": ""}),
    "text": ("rich_text", f"<p>So {UNREADABLE}</p>"),
    "heading": ("heading", {"text": r"About \(\foo\)", "level": "2"}),
    "option": (
        "single_choice",
        {
            "question": "<p>Which?</p>",
            "options": [{**OPTIONS[0], "text": r"\(\foo\)"}, OPTIONS[1]],
            "explanation": "<p></p>",
        },
    ),
    "hint": (
        "single_choice",
        {
            "question": "<p>Which?</p>",
            "options": OPTIONS,
            "hints": [f"<p>{UNREADABLE}</p>"],
            "explanation": "<p></p>",
        },
    ),
}
PLACES = {
    "formula": "block 1 (Formula), TeX: ",
    "text": "block 1 (Text): Formula “\\foo”: ",
    "heading": "block 1 (Heading), Text: ",
    "option": "block 1 (Quiz question: one right answer), Options, no. 1, Text: ",
    "hint": "block 1 (Quiz question: one right answer), Hints, no. 1: Formula “\\foo”: ",
}


@pytest.mark.parametrize("where", BROKEN)
def test_a_formula_that_cannot_be_read_saves_and_is_told_before_review(client, ada, lesson, where):
    draft = saved(client, ada, lesson, [BROKEN[where]])

    assert r"\foo" in str(draft.body.get_prep_value())
    assert r"<code>\foo</code>" in draft.body.render_as_block()
    course = lesson.get_parent().get_parent().specific
    told = [str(p) for p in check_draft(course).problems if p.page_id == lesson.pk]
    told = [one for one in told if "has headings" not in one]
    assert len(told) == 1
    assert PLACES[where] + "“\\foo” (character 1) is no command" in told[0]
    with pytest.raises(ValidationError):
        STREAM.clean(draft.body)


def test_nothing_of_a_form_is_believed_but_its_tex(client, ada, lesson):
    data = lesson_post(lesson, [("formula", {"formula": "x", "caption": ""})])
    evil = {"body-0-value-formula-mathml": "<script>", "body-0-value-formula-tex": "y"}
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])

    logged_in(client, ada).post(address, data | evil)

    draft = Page.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert "script" not in str(draft.body.get_prep_value())
    assert draft.body[0].value["formula"].tex == "x"


def test_a_formula_longer_than_the_limit_is_refused_at_its_field(client, ada, lesson):
    before = Page.objects.get(pk=lesson.pk).latest_revision_id
    data = lesson_post(lesson, [("formula", {"formula": "x" * (LONGEST + 1), "caption": ""})])
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])

    response = logged_in(client, ada).post(address, data)

    assert "at most 2000 characters" in response.content.decode()
    assert Page.objects.get(pk=lesson.pk).latest_revision_id == before


def test_who_compares_reads_the_tex(client, ada, lesson):
    lines = lines_of(saved(client, ada, lesson, written()))

    assert r"Heading, text: About \(\frac{1}{2}\)" in lines
    assert r"Text: So \frac{1}{2} it is." in lines
    assert r"Formula, tex: \frac{1}{2}" in lines
    assert r"Quiz question: one right answer, options, text: \(\frac{1}{2}\)" in lines
    assert r"Quiz question: one right answer, hints, hint: Try y." in lines
    assert not [line for line in lines if "math" in line]


def test_minutes_and_search_count_the_tex(client, ada, lesson):
    words = STREAM.get_searchable_content(saved(client, ada, lesson, written()).body)

    assert r"So \frac{1}{2} it is." in words
    assert r"\frac{1}{2}" in words
    assert not [text for text in words if "math" in text]


def test_a_lesson_of_more_formulas_than_can_be_set_is_refused_before_they_are(
    client, ada, lesson, monkeypatch
):
    count = MOST_IN_A_LESSON // 1_900 + 1
    blocks = [("formula", {"formula": "x" * 1_900, "caption": ""})] * count
    before = Page.objects.get(pk=lesson.pk).latest_revision_id
    asked = []
    monkeypatch.setattr(
        "courses.formulas.formula.typeset", lambda tex, display: asked.append(tex) or "<math/>"
    )

    response = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]), lesson_post(lesson, blocks)
    )

    assert response.status_code == 400
    assert "more formulas here than can be set at once" in response.content.decode()
    assert len(asked) == count - 1
    assert Page.objects.get(pk=lesson.pk).latest_revision_id == before
