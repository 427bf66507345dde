"""Whoever judges a quiz before it is released reads what is right; nobody else does."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.urls import reverse

from learners.models import QuizAttempt
from learners.quizzes.questions import Answering, parts_of, quiz_of
from tests.builders import a_course, a_released_course, a_submission, lesson_called
from tests.learners.quizzes.quiz import EXPLANATION, QUIZ, RIGHT, WHY_RIGHT, WHY_WRONG
from tests.people import logged_in

HINT = "HINT-count-the-lines"
SECRETS = (WHY_WRONG, WHY_RIGHT, EXPLANATION, "It is a doubt.", "Right answer")


@pytest.fixture
def course(ada):
    hinted = [
        (kind, value if kind == "rich_text" else {**value, "hints": [f"<p>{HINT}</p>"]})
        for kind, value in QUIZ
    ]
    course = a_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    lesson.body = hinted
    lesson.is_preview = True
    lesson.save_revision(user=ada)
    return course


def right_ones(html):
    options = BeautifulSoup(html, "html.parser").select(".choice.key")
    assert all("Right answer" in option.text for option in options)
    return tuple(option.select_one(".choice-text").get_text(strip=True) for option in options)


def test_a_moderator_reads_the_key_of_every_question(client, ada, mira, course):
    release = a_submission(by=ada, course=course)
    item = release.items.get(title="Cutting straight")

    address = reverse("moderation:read", args=[release.pk, item.pk])
    html = logged_in(client, mira).get(address).content.decode()

    assert right_ones(html) == RIGHT
    for said in SECRETS:
        assert said in html
    assert html.count(HINT) == 3
    assert "Nothing is recorded" in html
    assert "on the lesson's own page" not in html
    assert not QuizAttempt.objects.exists()


def test_the_team_reads_the_key_in_the_view_of_a_draft(client, ada, course):
    lesson = lesson_called("Cutting straight", course=course)

    address = reverse("wagtailadmin_pages:view_draft", args=[lesson.pk])
    html = logged_in(client, ada).get(address).content.decode()

    assert right_ones(html) == RIGHT
    for said in SECRETS:
        assert said in html


def test_a_half_written_question_has_a_key_without_an_answer(client, ada, course):
    lesson = lesson_called("Cutting straight", course=course)
    lesson.body = [("single_choice", {"question": "", "options": [], "hints": []})]
    lesson.save_revision(user=ada)

    address = reverse("wagtailadmin_pages:view_draft", args=[lesson.pk])
    answer = logged_in(client, ada).get(address)

    assert answer.status_code == 200
    assert right_ones(answer.content.decode()) == ()


@pytest.mark.parametrize("who", ["a stranger", "a learner", "the team itself"])
@pytest.mark.parametrize("query", ["", "?preview=1"])
def test_no_key_reaches_the_page_of_a_lesson(client, ada, bruno, course, who, query):
    a_released_course(by=ada, course=course)
    if who != "a stranger":
        client.force_login(ada if who == "the team itself" else bruno)

    lesson = lesson_called("Cutting straight", course=course)
    html = client.get(reverse("learners:lesson", args=[lesson.uuid]) + query).content.decode()

    assert "Which interval serves a pram?" in html
    assert right_ones(html) == ()
    for secret in SECRETS:
        assert secret not in html


@pytest.mark.parametrize("answering", [one for one in Answering if one is not Answering.JUDGED])
def test_only_a_judged_quiz_is_drawn_with_its_key(course, answering):
    lesson = lesson_called("Cutting straight", course=course).get_latest_revision_as_object()
    quiz = quiz_of(lesson, answering=answering)

    parts = [part for part in parts_of(lesson.body, quiz) if part.questions]
    html = "".join(
        render_to_string("learners/quizzes/quiz.html", {"part": part, "quiz": quiz, "name": 1})
        for part in parts
    )

    assert "Which interval serves a pram?" in html
    assert right_ones(html) == ()
    for secret in SECRETS:
        assert secret not in html
