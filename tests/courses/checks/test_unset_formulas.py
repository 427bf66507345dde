r"""TeX never reaches a learner as it was typed without the author being told where it stands."""

import json
from itertools import count

import pytest
from django import forms
from django.urls import reverse
from wagtail.blocks import BaseStreamBlock, ChoiceBlock, ListBlock, StreamValue, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from courses.blocks import LessonStream
from courses.blocks.formulas import TexBlock
from courses.blocks.text import SourceBlock
from courses.blocks.walk import walk, walk_stored
from courses.checks.formulas import unset_in_body
from courses.checks.reading import check_draft
from courses.formulas.stored import set_typed_formulas
from courses.formulas.unset import TextKind, unset_formulas
from tests.builders import a_course, lesson_called
from tests.editor import lesson_post
from tests.people import logged_in

STREAM = LessonStream()
IN_SIGNS = {
    "in a line": r"\(x^2\)",
    "displayed": r"\[x^2\]",
    "dollars": "$x^2$",
    "two dollars": "$$x^2$$",
    "environment": r"\begin{align*}x&=2\end{align*}",
    "open edx": "[mathjax]x^2[/mathjax]",
}


def filled(block, words):
    """A stored value of ``block`` with the next of ``words`` in each field that takes text."""
    if isinstance(block, StructBlock):
        return {name: filled(child, words) for name, child in block.child_blocks.items()}
    if isinstance(block, ListBlock):
        return [{"type": "item", "id": "i", "value": filled(block.child_block, words)}]
    if isinstance(block, BaseStreamBlock):
        return [
            {"type": name, "id": f"id-{name}", "value": filled(child, words)}
            for name, child in block.child_blocks.items()
        ]
    if isinstance(block, TypedTableBlock):
        return {
            "columns": [{"type": n, "heading": next(words)} for n in block.child_blocks],
            "rows": [{"values": [filled(child, words) for child in block.child_blocks.values()]}],
            "caption": next(words),
        }
    if takes_text(block):
        return next(words)
    if isinstance(block, ChoiceBlock):
        return block.get_default()
    return {"tex": "", "mathml": ""} if isinstance(block, TexBlock) else None


def takes_text(block) -> bool:
    """Whatever Wagtail asks in a field of text; a formula, an address and code are no text."""
    field = getattr(block, "field", None)
    return (
        isinstance(field, forms.CharField)
        and not isinstance(field, forms.URLField)
        and not isinstance(block, TexBlock | SourceBlock)
    )


def named() -> list[str]:
    numbers = count()
    words = (f"words{number}" for number in numbers)
    filled(STREAM, words)
    return [f"words{number}" for number in range(next(numbers))]


def with_tex(tex: str, at: str) -> StreamValue:
    """A lesson of all blocks as a draft is saved, with TeX in one of its texts."""
    raw = json.dumps(filled(STREAM, (f"So words{number}." for number in count())))
    raw = raw.replace(f"So {at}.", json.dumps(f"So {tex} it is.")[1:-1])
    saved = STREAM.clean_deferred(STREAM.to_python(json.loads(raw)))
    return StreamValue(STREAM, json.loads(json.dumps(saved.get_prep_value())), is_lazy=True)


def stored(body: StreamValue) -> str:
    return json.dumps(list(body.raw_data)).replace("&lt;", "<")


def test_every_text_of_every_block_is_tried():
    body = StreamValue(STREAM, filled(STREAM, (f"words{n}" for n in count())), is_lazy=True)

    found = [place.value for place in walk_stored(body) if "words" in str(place.value)]
    texts = [value for value in found if isinstance(value, str)]
    fields = [place for place in walk(STREAM, body.raw_data) if takes_text(place.block)]

    assert sorted(texts) == sorted(named()) and len(texts) > 35
    assert len(fields) == len(texts)
    assert len(body.raw_data) == len(STREAM.child_blocks)


@pytest.mark.parametrize("signs", IN_SIGNS)
def test_tex_becomes_a_formula_or_is_told_where_it_stands(signs):
    tex = IN_SIGNS[signs]
    silent = []
    for at in named():
        body = with_tex(tex, at)
        is_set = "<math" in stored(body)
        told = [place for place, _message in unset_in_body(body)]
        if is_set and not told:
            continue
        if is_set or [str(place.value) for place in told] != [f"So {tex} it is."]:
            silent.append(at)

    assert silent == []


@pytest.mark.parametrize("signs", ["in a line", "displayed"])
def test_formulas_are_set_in_every_text_that_holds_them(signs):
    bodies = [stored(with_tex(IN_SIGNS[signs], at)) for at in named()]

    # Heading, text, callout, cell; of each choice question, the question, an option and what is
    # said of it, hint and explanation; of the statement itself, both answers, hint, explanation.
    assert sum("<math" in raw for raw in bodies) == 4 + 2 * 5 + 5


def test_words_and_prices_are_told_of_nowhere():
    for words in ("$5 and $10", "US$5-C$6", "(x) [y]", "$$ to $$$", "C# at 5 $ or 6 $", "a/$b/$c"):
        for at in named()[::5]:
            assert list(unset_in_body(with_tex(words, at))) == [], words


@pytest.mark.parametrize(
    "words",
    [
        *("$5 and $10", "$5/$10", "from $5 to $10.", "$5-$10", "US$5 or CA$6", "$5k, $6k", "$ x $"),
        *("$HOME and $PATH", "df$x and df$y", "$my_var/$other", "$USER$", "$$–$$$", r"\$x\$", "$"),
        *("the regex ^a$ or b^$", "(a) [b] {c}", r"C:\new", r"\\server", "$1 = £0.79 = $1"),
    ],
)
@pytest.mark.parametrize("text", TextKind)
def test_what_only_looks_like_it_is_no_tex(words, text):
    assert unset_formulas(words, text) == []


@pytest.mark.parametrize(
    "words",
    ["$x$", "$x^2$", "$$x$$", r"$\alpha$", "$a=b$", "$f(x)$", "$2x$", "$n+1$", "$\\pi r^2$,"],
)
def test_mathematics_between_dollars_is_told_with_what_to_write(words):
    (told,) = unset_formulas(f"Let {words} be", TextKind.LINE)

    tex = words.strip("$,")
    assert told.startswith(f"“{words.strip(',')}” is shown as it stands.")
    assert rf"For a formula, write “\({tex}\)”." in told


SET = r"<p>Let \(x^2\) be</p>"


@pytest.mark.parametrize(
    "html",
    [
        SET,
        r"<p><b>\(x^2\)</b></p>",
        r"<ul><li>\[x^2\]</li></ul>",
        r"<p>\[x<br/>^2\]</p>",
        r"<p>\(a &lt; b\) and \(c\)</p>",
    ],
)
def test_what_is_typed_in_a_text_is_set(html):
    stored = set_typed_formulas(html)

    assert "\\(" not in stored and "\\[" not in stored
    assert "<math>" in expand_db_html(stored)
    assert set_typed_formulas(stored) == stored


@pytest.mark.parametrize(
    "html",
    [
        r"<p>Write <code>\(x^2\)</code></p>",
        r'<p><a href="https://example.org/">\(x^2\)</a></p>',
        r"<p>\(x <b>y</b>\)</p>",
        r"<p>\(x</p><p>y\)</p>",
        r"<p>the pattern \(\w+\) and \(</p>",
        r"<p>\\(x\\)</p>",
        "<p>$x$</p>",
    ],
)
def test_what_cannot_be_set_stays_as_it_was_typed(html):
    assert set_typed_formulas(html) == html


@pytest.mark.django_db
def test_a_course_is_told_of_tex_in_the_way_to_its_field(client, ada):
    course = a_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    question = {
        "question": r"<p>What is \(x^2\)?</p>",
        "options": [
            {"text": "$x^2$", "correct": True, "feedback": ""},
            {"text": r"\(y\)", "correct": False, "feedback": ""},
        ],
        "hints": [r"<p>Try \[y^2\].</p>"],
        "explanation": r"<p>As \(z <b>is</b>\)</p>",
    }
    blocks = [
        ("single_choice", question),
        ("image", {"image": None, "alt": "A map", "caption": r"The \(x\) axis"}),
        ("code", {"language": "text", "code": r"\(x\) and $x$", "caption": ""}),
        (
            "table",
            {
                "cells": {
                    "columns": [("text", r"\(x\)"), ("number", "n")],
                    "rows": [["<p>$y$</p>", "1"]],
                    "caption": "$$z$$",
                },
                "row_heads": False,
            },
        ),
    ]

    response = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        lesson_post(lesson, blocks, title=r"About \(x\)"),
    )

    assert response.status_code == 302
    draft = Page.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    raw = draft.body.get_prep_value()
    asked = raw[0]["value"]
    assert "<embed" in asked["question"] and 'tex="x^2"' in asked["question"]
    assert r'tex="\displaystyle y^2"' in asked["hints"][0]["value"]
    told = {
        problem.field: problem.message
        for problem in check_draft(course).problems
        if problem.page_id == lesson.pk and "formula" in problem.message
    }
    kinds = {item["type"]: f"body.{item['id']}" for item in raw}
    option = asked["options"][0]["id"]
    assert told.keys() == {
        "title",
        f"{kinds['single_choice']}.options.{option}.text",
        f"{kinds['single_choice']}.explanation",
        f"{kinds['image']}.caption",
        f"{kinds['table']}.cells",
    }
    assert told["title"].startswith(r"Title: “\(x\)” is shown as it stands, for")
    assert told[f"{kinds['single_choice']}.explanation"].startswith(
        r"block 1 (Quiz question: one right answer), Explanation: "
        r"“\(z is\)” is not read as a formula."
    )


@pytest.mark.django_db
def test_the_places_in_a_table_are_told_one_by_one(ada):
    course = a_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    cells = {
        "columns": [{"type": "text", "heading": ""}, {"type": "number", "heading": "$x$"}],
        "rows": [{"values": ["<p>Words</p>", "1"]}, {"values": ["<p>$y$</p>", "2"]}],
        "caption": "$$z$$",
    }
    lesson.body = STREAM.to_python(
        [{"type": "table", "id": "t", "value": {"cells": cells, "row_heads": False}}]
    )
    lesson.save_revision()

    told = [
        problem.message.partition(": ")[0]
        for problem in check_draft(course).problems
        if problem.page_id == lesson.pk
    ]

    table = "block 1 (Table), Rows and columns"
    assert told == [
        f"{table}, Caption",
        f"{table}, Column heading, no. 2",
        f"{table}, row 2, column 1",
    ]


@pytest.mark.django_db
def test_the_words_of_a_course_are_asked_too(ada):
    course = a_course(by=ada)
    course.subtitle = "Solve $x^2$"
    course.description = r"<p>For $5 to $10: \(x\)</p>"
    course.what_you_will_learn = [("item", r"Draw \(x\)")]

    told = [(p.field, p.message) for p in check_draft(course).problems]

    assert [field.partition(".")[0] for field, _message in told] == [
        "subtitle",
        "description",
        "what_you_will_learn",
    ]
    assert r"(Line): “\(x\)”" in told[2][1]
