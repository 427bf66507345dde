"""Whatever moves access, content or roles among learners leaves one line, and no name."""

import re
import uuid

import pytest
from django.core import mail
from django.test import Client

from learners.accounts.applications import apply_to_teach, decide_application
from learners.enrollment.enrollments import enroll
from learners.models import ApplicationStatus, Review, User
from learners.quizzes.attempts import submit_quiz
from learners.reviews.writing import write_review
from tests.fixtures.logs import events
from tests.learners.quizzes.quiz import QUIZ, RIGHT, TWO_RIGHT, answers
from tests.people import logged_in
from tests.study import a_course_to_study, a_flat_course, lessons_of

pytestmark = pytest.mark.django_db

# Of other apps, or of what follows from a verb and is told elsewhere.
ELSEWHERE = ("mail.", "entry.", "release.", "course.", "team.", "limit.", "promise.")


@pytest.fixture
def told(logged):
    """The lines of learners, as ``logged`` gives them."""
    return lambda: [line for line in logged() if not line.event.startswith(ELSEWHERE)]


def test_somebody_who_signs_up(client, told):
    form = {"name": "Tomás Ferreira", "email": "tomas@example.com", "password1": "a long sentence"}
    client.post("/accounts/signup/", form)

    (line,) = told()
    assert (line.event, line.person) == ("account.created", str(User.objects.get().pk))
    assert "Tomás" not in str(vars(line)) and "tomas@" not in str(vars(line))


def test_a_password_typed_before_the_address_was_proved(client, told, commit):
    form = {"name": "Noor", "email": "noor@example.com", "password1": "a long sentence"}
    client.post("/accounts/signup/", form)
    owner = Client()
    with commit():
        response = owner.post("/accounts/login/code/", {"email": "noor@example.com"})
    code = re.search(r"^[A-Z0-9-]{6,9}$", mail.outbox[-1].body, re.MULTILINE).group()
    owner.post(response.url, {"code": code})

    assert events(told()) == ["account.created", "account.password_dropped"]


def test_an_account_made_closed_and_opened_by_an_admin(client, ivo, told):
    logged_in(client, ivo)
    told()
    values = {"name": "Tomás Ferreira", "role": "consumer"}

    client.post("/admin/users/new/", {**values, "email": "tomas@example.com"})
    made = User.objects.get(email="tomas@example.com")
    client.post(f"/admin/users/edit/{made.pk}/", values)
    client.post(f"/admin/users/edit/{made.pk}/", values)
    client.post(f"/admin/users/edit/{made.pk}/", {**values, "is_active": "on"})

    lines = told()
    assert events(lines) == ["account.created", "account.closed", "account.opened"]
    assert {(line.person, line.user) for line in lines} == {(str(made.pk), str(ivo.pk))}


def test_a_profile_that_is_saved(client, cleo, told):
    logged_in(client, cleo)
    told()

    client.post("/account/", {"name": "Cleo M."})
    client.post("/account/", {"name": ""})

    (line,) = told()
    assert (line.event, line.person) == ("profile.saved", str(cleo.pk))
    assert line.fields == "name,time_zone"


@pytest.mark.parametrize("state", [ApplicationStatus.APPROVED, ApplicationStatus.DECLINED])
def test_an_application_sent_and_decided_once(dana, ivo, told, state):
    approve = state == ApplicationStatus.APPROVED
    application = apply_to_teach(user=dana, pitch="Sewing by hand.")
    for _ in range(2):
        decide_application(application=application, by=ivo, approve=approve)

    lines = [line for line in told() if line.event.startswith("application.")]
    assert events(lines) == ["application.sent", f"application.{state}"]
    assert {(line.application, line.person) for line in lines} == {(application.pk, str(dana.pk))}
    assert lines[1].user == str(ivo.pk)


def test_a_review_written_and_changed(ada, cleo, told):
    course = a_course_to_study(by=ada)
    enroll(user=cleo, course=course)
    told()

    for rating in (4, 5):
        write_review(user=cleo, course=course, rating=rating, content="I can sew a seam.")

    lines = told()
    assert [(line.event, line.rating, line.first) for line in lines] == [
        ("review.written", 4, True),
        ("review.written", 5, False),
    ]
    review = Review.objects.get()
    assert {(line.review, line.course, line.person) for line in lines} == {
        (str(review.pk), course.pk, str(cleo.pk))
    }


def test_a_quiz_sent_twice_and_then_passed(ada, cleo, told):
    course = a_flat_course(("Contours", QUIZ), by=ada)
    enrollment = enroll(user=cleo, course=course)
    [lesson] = lessons_of(course)
    sent = {"enrollment": enrollment, "lesson": lesson}
    token = uuid.uuid4()
    told()

    for _ in range(2):
        submit_quiz(answers=answers(lesson, *TWO_RIGHT), token=token, **sent)
    submit_quiz(answers=answers(lesson, *RIGHT), **sent)

    lines = told()
    assert events(lines) == [
        "quiz.submitted",
        "enrollment.completed",
        "certificate.issued",
        "quiz.submitted",
    ]
    quizzes = [line for line in lines if line.event == "quiz.submitted"]
    assert [(line.lesson, line.number, line.passed) for line in quizzes] == [
        (lesson.pk, 1, False),
        (lesson.pk, 2, True),
    ]
