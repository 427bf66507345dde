"""Quizzes: graded on the server, kept as they were answered, told only afterwards."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from learners.access.facts import access_facts
from learners.enrollment.enrollments import enroll, revoke
from learners.enrollment.progress import mark_complete
from learners.errors import LearnerError
from learners.models import LessonProgress, QuizAttempt
from learners.quizzes.attempts import needed_right, submit_quiz
from tests.people import logged_in
from tests.study import a_flat_course, lessons_of, released

from .quiz import EXPLANATION, QUIZ, RIGHT, TWO_RIGHT, WHY_RIGHT, WHY_WRONG, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada):
    return a_flat_course(("The interval decides", QUIZ), by=ada)


@pytest.fixture
def lesson(course):
    return lessons_of(course)[0]


@pytest.fixture
def enrollment(cleo, course):
    return enroll(user=cleo, course=course)


def form(lesson, *texts, **extra):
    return {f"q-{key}": picked for key, picked in answers(lesson, *texts).items()} | extra


def page(lesson):
    return reverse("learners:lesson", args=[lesson.uuid])


def send(lesson):
    return reverse("learners:quiz", args=[lesson.uuid])


def test_passing_completes_the_lesson_and_keeps_what_was_answered(enrollment, lesson):
    attempt = submit_quiz(enrollment=enrollment, lesson=lesson, answers=answers(lesson, *RIGHT))

    assert (attempt.score, attempt.passed, attempt.pass_mark) == (100, True, 70)
    assert LessonProgress.objects.get().status == "completed"
    first = attempt.answers[0]
    assert first["question"] == "Which interval serves a pram?"
    assert [(c["text"], c["picked"], c["correct"]) for c in first["choices"]] == [
        ("25 m", False, False),
        ("2 m", True, True),
    ]
    enrollment.refresh_from_db()
    assert enrollment.status == "completed"


def test_failing_completes_nothing_and_may_be_tried_again(enrollment, lesson):
    failed = submit_quiz(enrollment=enrollment, lesson=lesson, answers=answers(lesson, *TWO_RIGHT))
    assert (failed.score, failed.passed) == (66, False)
    assert not LessonProgress.objects.filter(status="completed").exists()

    passed = submit_quiz(enrollment=enrollment, lesson=lesson, answers=answers(lesson, *RIGHT))

    assert passed.passed
    assert QuizAttempt.objects.count() == 2


def test_the_latest_attempt_is_the_one_with_the_highest_number_whatever_the_clock_says(
    enrollment, lesson
):
    failed = submit_quiz(enrollment=enrollment, lesson=lesson, answers=answers(lesson, *TWO_RIGHT))
    passed = submit_quiz(enrollment=enrollment, lesson=lesson, answers=answers(lesson, *RIGHT))
    QuizAttempt.objects.filter(pk=passed.pk).update(created_at=failed.created_at)
    QuizAttempt.objects.filter(pk=failed.pk).update(created_at=passed.created_at)

    assert (failed.number, passed.number) == (1, 2)
    facts = access_facts(enrollment.user, lesson.uuid)
    assert (facts.attempt.passed, facts.attempt.answers) == (True, passed.answers)


def test_half_of_a_multiple_choice_is_not_right(enrollment, lesson):
    attempt = submit_quiz(
        enrollment=enrollment, lesson=lesson, answers=answers(lesson, "2 m", "A scale", "False")
    )

    assert [entry["correct"] for entry in attempt.answers] == [True, False, True]


def test_the_attempt_keeps_the_wording_of_its_day(enrollment, lesson):
    attempt = submit_quiz(enrollment=enrollment, lesson=lesson, answers=answers(lesson, *RIGHT))
    lesson.body = [("rich_text", "<p>No more questions.</p>")]
    lesson.save()

    attempt.refresh_from_db()

    assert attempt.answers[0]["question"] == "Which interval serves a pram?"


def test_one_form_sent_twice_is_one_attempt(enrollment, lesson):
    token = uuid.uuid4()
    given = {"enrollment": enrollment, "lesson": lesson, "token": token}

    first = submit_quiz(answers=answers(lesson, *TWO_RIGHT), **given)
    second = submit_quiz(answers=answers(lesson, *RIGHT), **given)

    assert first == second == QuizAttempt.objects.get()
    assert not second.passed


def test_a_token_of_another_lesson_is_refused(cleo, bruno):
    course = a_flat_course(("The interval decides", QUIZ), ("And again", QUIZ), by=bruno)
    first, second = lessons_of(course)
    enrollment = enroll(user=cleo, course=course)
    sent = submit_quiz(
        enrollment=enrollment,
        lesson=first,
        answers=answers(first, *RIGHT),
        token=uuid.uuid4(),
    )

    with pytest.raises(LearnerError) as refusal:
        submit_quiz(
            enrollment=enrollment,
            lesson=second,
            answers=answers(second, *RIGHT),
            token=sent.pk,
        )

    assert refusal.value.code == "form_of_another_quiz"
    assert QuizAttempt.objects.get() == sent


def test_a_token_of_somebody_else_is_refused(enrollment, lesson, dana, course):
    theirs = submit_quiz(
        enrollment=enroll(user=dana, course=course),
        lesson=lesson,
        answers=answers(lesson, *RIGHT),
        token=uuid.uuid4(),
    )

    with pytest.raises(LearnerError, match="another quiz") as refusal:
        submit_quiz(
            enrollment=enrollment,
            lesson=lesson,
            answers=answers(lesson, *RIGHT),
            token=theirs.pk,
        )

    assert refusal.value.code == "form_of_another_quiz"
    assert QuizAttempt.objects.count() == 1


def tampered(lesson):
    good = answers(lesson, *RIGHT)
    single, multiple, _ = (block.id for block in lesson.questions)
    both = [choice.key for choice in lesson.questions[0].value.choices]
    return {
        "a question that is not there": {**good, str(uuid.uuid4()): ["true"]},
        "a key that was never offered": {**good, single: [str(uuid.uuid4())]},
        "a key of another question": {**good, single: good[multiple][:1]},
        "two answers to a single choice": {**good, single: both},
        "one question missing": {k: v for k, v in good.items() if k != single},
        "nothing picked": {**good, multiple: []},
        "no answers at all": {},
    }


CHANGED = ("quiz_changed", "The quiz has changed since you opened it. Open the lesson again.")


@pytest.mark.parametrize(
    ("case", "code", "words"),
    [
        ("a question that is not there", *CHANGED),
        ("a key that was never offered", *CHANGED),
        ("a key of another question", *CHANGED),
        ("two answers to a single choice", *CHANGED),
        (
            "one question missing",
            "answer_missing",
            "There is no answer to question 1 yet.",
        ),
        ("nothing picked", "answer_missing", "There is no answer to question 2 yet."),
        (
            "no answers at all",
            "answer_missing",
            "There is no answer to questions 1, 2 and 3 yet.",
        ),
    ],
)
def test_answers_that_were_never_offered_write_nothing(enrollment, lesson, case, code, words):
    with pytest.raises(LearnerError) as refusal:
        submit_quiz(enrollment=enrollment, lesson=lesson, answers=tampered(lesson)[case])

    assert (refusal.value.code, str(refusal.value)) == (code, words)
    assert not QuizAttempt.objects.exists()
    assert not LessonProgress.objects.exists()


def test_a_quiz_lesson_is_not_done_by_marking_it(enrollment, lesson):
    with pytest.raises(LearnerError, match="pass its quiz") as refusal:
        mark_complete(enrollment=enrollment, lesson=lesson)

    assert refusal.value.code == "quiz_not_passed"
    assert not LessonProgress.objects.exists()


def test_no_attempt_after_a_refund(enrollment, lesson):
    closed = revoke(enrollment=enrollment)

    with pytest.raises(LearnerError, match="refunded") as refusal:
        submit_quiz(enrollment=closed, lesson=lesson, answers=answers(lesson, *RIGHT))

    assert refusal.value.code == "course_refunded"
    assert not QuizAttempt.objects.exists()


@pytest.mark.parametrize(
    ("questions", "mark", "needed"), [(3, 70, 3), (3, 66, 2), (10, 70, 7), (1, 1, 1), (4, 100, 4)]
)
def test_how_many_must_be_right(questions, mark, needed):
    assert needed_right(questions, mark) == needed


# Through the page


def test_answers_and_feedback_are_not_in_the_page_before_answering(
    client, cleo, enrollment, lesson
):
    text = logged_in(client, cleo).get(page(lesson)).text

    for secret in (WHY_WRONG, WHY_RIGHT, EXPLANATION, "It is a doubt."):
        assert secret not in text
    assert "correct" not in text
    assert text.count('type="radio"') == 4
    assert text.count('type="checkbox"') == 3


def test_a_failed_answer_hears_why_and_not_what_was_right(client, cleo, enrollment, lesson):
    logged_in(client, cleo)

    answered = client.post(
        send(lesson), form(lesson, "25 m", "A scale", "A date", "False"), follow=True
    )

    assert answered.redirect_chain[0][0] == page(lesson) + "#quiz"
    assert "2 of 3 right." in answered.text
    assert WHY_WRONG in answered.text
    assert WHY_RIGHT not in answered.text
    assert "Try again" in answered.text
    again = client.get(page(lesson) + "?again=1")
    assert WHY_WRONG not in again.text
    assert "Check my answers" in again.text


def test_a_passed_quiz_shows_everything(client, cleo, enrollment, lesson):
    answered = logged_in(client, cleo).post(send(lesson), form(lesson, *RIGHT), follow=True)

    assert "Passed: 3 of 3 right." in answered.text
    assert WHY_RIGHT in answered.text
    assert EXPLANATION in answered.text
    assert "You have finished" in answered.text


def test_what_was_picked_comes_back_when_a_question_is_open(client, cleo, enrollment, lesson):
    picked = form(lesson, "2 m", "A date")

    response = logged_in(client, cleo).post(send(lesson), picked)

    assert response.status_code == 422
    assert "There is no answer to question 3 yet." in response.text
    assert response.text.count(" checked") == 2
    assert not QuizAttempt.objects.exists()


@pytest.mark.parametrize("who", ["ada", "mira", "ivo"])
def test_who_looks_on_may_try_the_quiz_and_nothing_is_kept(client, request, lesson, who):
    viewer = logged_in(client, request.getfixturevalue(who))

    response = viewer.post(send(lesson), form(lesson, *RIGHT))

    assert response.status_code == 200
    assert "Passed: 3 of 3 right." in response.text
    assert "nothing is recorded" in response.text
    assert not QuizAttempt.objects.exists()
    assert not LessonProgress.objects.exists()


@pytest.fixture
def open_lesson(ada):
    course = a_flat_course(("Open", QUIZ), by=ada, title="Open course")
    [lesson] = lessons_of(course)
    type(lesson).objects.update(is_preview=True)
    lesson.release_items.update(preview=True)
    return lesson


@pytest.mark.parametrize("who", [None, "dana"])
def test_anybody_tries_the_quiz_of_an_open_lesson_and_is_told_before_that_nothing_is_kept(
    client, request, open_lesson, who
):
    if who:
        logged_in(client, request.getfixturevalue(who))

    shown = client.get(page(open_lesson))
    sent = client.post(send(open_lesson), form(open_lesson, *RIGHT))

    assert "They are kept, and count, once you are enrolled." in shown.text
    assert BeautifulSoup(shown.text, "html.parser").select("#quiz input:disabled") == []
    assert sent.status_code == 200
    assert "Passed: 3 of 3 right." in sent.text
    assert "Your answers were not kept." in sent.text
    assert "This lesson is done." not in sent.text
    assert not QuizAttempt.objects.exists()
    assert not LessonProgress.objects.exists()


def test_answers_to_an_open_lesson_that_cannot_be_graded_come_back_as_they_were_sent(
    client, open_lesson
):
    answers = form(open_lesson, *RIGHT)
    *_first, left_out = [name for name in answers if name.startswith("q-")]
    del answers[left_out]

    sent = client.post(send(open_lesson), answers)

    assert sent.status_code == 422
    assert "There is no answer to question 3 yet." in sent.text
    assert sent.text.count(" checked") == sum(
        len(picked) if isinstance(picked, list) else 1
        for name, picked in answers.items()
        if name.startswith("q-")
    )


def test_who_is_enrolled_reads_nothing_of_trying(client, cleo, open_lesson):
    assert "once you are enrolled" in client.get(page(open_lesson)).text
    enroll(user=cleo, course=open_lesson.get_parent().specific)

    shown = logged_in(client, cleo).get(page(open_lesson))

    assert "once you are enrolled" not in shown.text


def test_a_quiz_that_has_left_the_course_tells_nobody_what_is_right(client, cleo, ada):
    course = a_flat_course(("The interval decides", QUIZ), ("Walk", QUIZ[:1]), by=ada)
    lesson, _walk = lessons_of(course)
    enroll(user=cleo, course=course)
    logged_in(client, cleo).get(page(lesson))
    released(course, without=[lesson])

    response = client.post(send(lesson), form(lesson, *RIGHT))

    assert (response.status_code, response.url) == (302, page(lesson))
    assert "answers are not graded any more" in client.get(page(lesson)).text
    assert not QuizAttempt.objects.exists()
