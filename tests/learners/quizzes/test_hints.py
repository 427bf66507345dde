r"""Hints open one by one, and formulas are shown in all that a question says."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from courses.formulas.stored import formula_html
from learners.enrollment.enrollments import enroll
from learners.models import QuizAttempt
from tests.people import logged_in
from tests.study import a_flat_course, lessons_of

from .quiz import answers

pytestmark = pytest.mark.django_db
HALF, SQUARE = "<mfrac><mn>1</mn><mn>2</mn></mfrac>", "<msup><mi>x</mi><mn>2</mn></msup>"
HINTS = ["<p>First hint</p>", f"<p>Second {formula_html('x^2')}</p>", "<p>Third hint</p>"]


def asked(hints: list[str], *, right: str = r"\(\frac{1}{2}\)") -> list:
    question = {
        "question": f"<p>What is {formula_html('x^2')}?</p>",
        "options": [
            {"text": right, "correct": True, "feedback": r"Yes, \(x^2\)"},
            {"text": "Two", "correct": False, "feedback": r"No, \(x^2\)"},
        ],
        "hints": hints,
        "explanation": f"<p>Because {formula_html('x^2')}</p>",
    }
    return [("single_choice", question)]


def lesson_of(blocks, by):
    return lessons_of(a_flat_course(("A quiz", blocks), by=by))[0]


def page(client, lesson) -> BeautifulSoup:
    address = reverse("learners:lesson", args=[lesson.uuid])
    return BeautifulSoup(client.get(address).content.decode(), "html.parser")


@pytest.fixture
def at_cleo(client, cleo):
    return logged_in(client, cleo)


def studied(lesson, who):
    return enroll(user=who, course=lesson.get_parent().specific)


def test_each_hint_holds_the_next(at_cleo, ada, cleo):
    lesson = lesson_of(asked(HINTS), ada)
    studied(lesson, cleo)

    first, *rest = page(at_cleo, lesson).select("fieldset > details.hint")

    assert rest == []
    second = first.select_one(":scope > details")
    third = second.select_one(":scope > details")
    summaries = [" ".join(d.summary.text.split()) for d in (first, second, third)]
    assert summaries == [f"Show a hint ({n} of 3)" for n in (1, 2, 3)]
    assert "First hint" in first.select_one(":scope > .hint-text").text
    assert SQUARE in str(second.select_one(":scope > .hint-text"))
    assert not any("open" in details.attrs for details in (first, second, third))


def test_a_question_without_hints_shows_none(at_cleo, ada, cleo):
    lesson = lesson_of(asked([]), ada)
    studied(lesson, cleo)

    assert page(at_cleo, lesson).select("details.hint") == []


def test_a_lesson_written_before_there_were_hints_is_read_as_ever(at_cleo, ada, cleo):
    ((kind, value),) = asked([])
    del value["hints"]
    lesson = lesson_of([(kind, value)], ada)
    studied(lesson, cleo)

    assert "Two" in page(at_cleo, lesson).text


def test_hints_are_no_secret_of_the_answer_and_leave_with_it(at_cleo, ada, cleo):
    lesson = lesson_of(asked(HINTS), ada)
    studied(lesson, cleo)
    picked = {f"q-{key}": keys for key, keys in answers(lesson, "Two").items()}

    at_cleo.post(reverse("learners:quiz", args=[lesson.uuid]), picked)

    assert page(at_cleo, lesson).select("details.hint") == []


def test_formulas_are_shown_before_answering_and_after_without_being_set_again(
    at_cleo, ada, cleo, monkeypatch
):
    lesson = lesson_of(asked([]), ada)
    studied(lesson, cleo)
    monkeypatch.setattr("courses.formulas.formula.typeset", refuse)

    open_page = str(page(at_cleo, lesson).select_one("fieldset"))
    assert open_page.count(HALF) == 1 and open_page.count(SQUARE) == 1
    assert "style=" not in open_page
    assert r'aria-label="\frac{1}{2}"' in open_page

    right = {f"q-{key}": keys for key, keys in answers(lesson, r"\(\frac{1}{2}\)").items()}
    at_cleo.post(reverse("learners:quiz", args=[lesson.uuid]), right)

    answered = str(page(at_cleo, lesson).select_one("fieldset"))
    assert answered.count(HALF) == 1
    # The prompt, what is said of both options once it was passed, and the explanation.
    assert answered.count(SQUARE) == 4
    attempt = QuizAttempt.objects.get()
    assert attempt.answers[0]["question"] == "What is x^2?"
    assert attempt.answers[0]["choices"][0]["text"]["text"] == r"\(\frac{1}{2}\)"
    assert attempt.answers[0]["choices"][1]["text"] == "Two"
    json.dumps(attempt.answers)


def refuse(*_args, **_kwargs):
    raise AssertionError("a formula was set while a page was read")
