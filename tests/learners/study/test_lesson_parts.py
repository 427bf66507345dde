"""What a lesson page swaps in place says what the whole page says, and refuses what it refuses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learners.enrollment.enrollments import enroll, revoke
from learners.enrollment.progress import mark_complete
from learners.models import LessonProgress, QuizAttempt
from learners.quizzes.attempts import submit_quiz
from tests.learners.quizzes.quiz import QUIZ, RIGHT, TWO_RIGHT, answers
from tests.parts import HTMX, forms_that_swap, messages_in, parts_of, same_parts_in
from tests.people import logged_in
from tests.study import a_flat_course, lessons_of

pytestmark = pytest.mark.django_db
MORE = ("rich_text", "<p>Read on.</p>")


@pytest.fixture
def course(ada):
    """A quiz in two stretches, and a lesson without one."""
    quiz = [*QUIZ[:2], MORE, *QUIZ[2:]]
    return a_flat_course(("The interval", quiz), ("A walk", [MORE]), by=ada)


@pytest.fixture
def asks(course):
    return lessons_of(course)[0]


@pytest.fixture
def reads(course):
    return lessons_of(course)[1]


@pytest.fixture
def enrollment(client, cleo, course):
    logged_in(client, cleo)
    return enroll(user=cleo, course=course)


def at(name, lesson):
    return reverse(f"learners:{name}", args=[lesson.uuid])


def picks(lesson, *texts):
    return {f"q-{key}": picked for key, picked in answers(lesson, *texts).items()}


def test_the_parts_say_what_the_page_says(client, enrollment, asks, reads):
    states = {
        "open": lambda: None,
        "failed": lambda: submit_quiz(
            enrollment=enrollment, lesson=asks, answers=answers(asks, "25 m", *TWO_RIGHT[1:])
        ),
        "passed": lambda: submit_quiz(
            enrollment=enrollment, lesson=asks, answers=answers(asks, *RIGHT)
        ),
        "finished": lambda: mark_complete(enrollment=enrollment, lesson=reads),
    }
    for name, change in states.items():
        change()
        for lesson in (asks, reads):
            client.get(at("lesson", lesson))  # opened before, so that both show it as opened
            whole = client.get(at("lesson", lesson))
            parts = parts_of(client.get(at("lesson", lesson), headers=HTMX))

            assert same_parts_in(whole, parts) == parts, name
    assert set(parts_of(client.get(at("lesson", asks), headers=HTMX))) == {
        "lesson-where",
        "quiz-token",
        "quiz-part-2",
        "quiz-part-4",
        "finish",
        "lesson-outline",
        "lesson-outline-button",
    }


def test_htmx_sends_what_the_form_would_send(client, enrollment, asks, reads):
    addresses = [at("lesson", asks), at("lesson", reads)]
    before = [pair for address in addresses for pair in forms_that_swap(client.get(address))]
    submit_quiz(enrollment=enrollment, lesson=asks, answers=answers(asks, *RIGHT))
    mark_complete(enrollment=enrollment, lesson=reads)
    after = [pair for address in addresses for pair in forms_that_swap(client.get(address))]

    assert (len(before), len(after)) == (2, 4)  # answers, done; answers, try again, not done (2)
    for htmx, plain in before + after:
        assert htmx == plain


def test_answers_come_back_with_their_verdict(client, enrollment, asks):
    response = client.post(at("quiz", asks), picks(asks, *RIGHT), headers=HTMX, follow=True)

    assert response.redirect_chain == [(at("lesson", asks) + "#quiz", 302)]
    parts = parts_of(response)
    assert "Passed: 3 of 3 right." in parts["quiz-part-4"]
    assert "This lesson is done." in parts["finish"]
    assert "1 of 2" in parts["lesson-where"]


def test_answers_that_are_refused_keep_what_was_picked_and_write_nothing(client, enrollment, asks):
    half = picks(asks, "2 m")

    plain = client.post(at("quiz", asks), half)
    swapped = client.post(at("quiz", asks), half, headers=HTMX)

    assert (plain.status_code, swapped.status_code) == (422, 422)
    parts = parts_of(swapped)
    assert "There is no answer to questions 2 and 3 yet." in parts["quiz-part-4"]
    assert "checked" in parts["quiz-part-2"]
    assert same_parts_in(plain, parts) == parts
    assert not QuizAttempt.objects.exists()


@pytest.mark.parametrize("verb", ["complete", "incomplete", "quiz"])
def test_a_closed_door_is_closed_to_both_in_the_same_words(client, enrollment, asks, verb):
    revoke(enrollment=enrollment)

    plain = client.post(at(verb, asks), picks(asks, *RIGHT))
    swapped = client.post(at(verb, asks), picks(asks, *RIGHT), headers=HTMX)

    assert (plain.status_code, swapped.status_code) == (403, 403)
    assert not swapped.has_header("X-Parts")
    names = ["main"]
    assert same_parts_in(plain, names) == same_parts_in(swapped, names)
    assert not QuizAttempt.objects.exists()
    assert not LessonProgress.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_mark_that_is_refused_says_why(client, enrollment, asks, headers):
    response = client.post(at("complete", asks), headers=headers, follow=True)

    assert response.status_code == 200
    assert messages_in(response) == ["This lesson is done once you pass its quiz."]
    assert not LessonProgress.objects.filter(status="completed").exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_last_lesson_says_that_the_certificate_is_ready(
    client, enrollment, asks, reads, headers
):
    submit_quiz(enrollment=enrollment, lesson=asks, answers=answers(asks, *RIGHT))

    response = client.post(at("complete", reads), headers=headers, follow=True)

    assert messages_in(response) == ["That was the last lesson. Your certificate is ready."]
    assert "You have finished" in response.text


def test_marking_a_lesson_of_a_finished_course_again_does_not_finish_it_again(
    client, enrollment, asks, reads
):
    submit_quiz(enrollment=enrollment, lesson=asks, answers=answers(asks, *RIGHT))
    mark_complete(enrollment=enrollment, lesson=reads)

    response = client.post(at("complete", reads), headers=HTMX, follow=True)

    assert response.redirect_chain == [(at("lesson", reads) + "#finish", 302)]
    assert messages_in(response) == []


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_looks_on_is_told_so_and_nothing_is_kept(client, ada, asks, headers):
    logged_in(client, ada)

    response = client.post(at("quiz", asks), picks(asks, *RIGHT), headers=headers)

    assert response.status_code == 200
    assert messages_in(response) == ["You are looking on, so nothing is recorded."]
    assert "Passed: 3 of 3 right." in response.text
    assert f'href="{at("lesson", asks)}?again=1#quiz"' in response.text
    assert not QuizAttempt.objects.exists()


def test_parts_cost_no_more_than_the_page(client, enrollment, asks):
    client.get(at("lesson", asks))
    costs = []
    for headers in ({}, HTMX):
        with CaptureQueriesContext(connection) as captured:
            client.get(at("lesson", asks), headers=headers)
        costs.append(len(captured))

    assert costs[1] <= costs[0]
