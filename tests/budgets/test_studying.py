"""How many queries it may cost to send something from a lesson, or to look at a checkout."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learners.enrollment.enrollments import enroll
from tests.learners.quizzes import quiz
from tests.learners.quizzes.quiz import RIGHT, TWO_RIGHT, answers
from tests.people import logged_in
from tests.storefront.shop import a_course_on_sale
from tests.study import a_flat_course, lessons_of

pytestmark = pytest.mark.django_db
TEXT = [("rich_text", "<p>Begin with what you have at hand.</p>")]
# user, what is known of both, and all that is written
COMPLETE = 3
QUIZ = 3
# user, course and entry with what stands between
CHECKOUT = 2


def cost(client, method: str, address: str, data=None, *, status: int = 302) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = getattr(client, method)(address, data)
    assert response.status_code == status
    return len(captured)


@pytest.mark.parametrize("lessons", [10, 100])
def test_a_lesson_is_marked_for_the_same_in_a_short_course_and_a_long_one(
    client, ada, cleo, lessons
):
    course = a_flat_course(*[(f"Lesson {n}", TEXT) for n in range(lessons)], by=ada)
    first, second, *_ = lessons_of(course)
    enroll(user=cleo, course=course)
    logged_in(client, cleo)
    client.post(reverse("learners:complete", args=[first.uuid]))

    assert cost(client, "post", reverse("learners:complete", args=[second.uuid])) == COMPLETE


@pytest.mark.parametrize("texts", [TWO_RIGHT, RIGHT], ids=["failed", "passed"])
def test_a_quiz_is_graded_without_reading_the_lesson_twice(client, ada, cleo, texts):
    course = a_flat_course(("Ask", quiz.QUIZ), ("Read", TEXT), by=ada)
    lesson, _read = lessons_of(course)
    enroll(user=cleo, course=course)
    logged_in(client, cleo)
    address = reverse("learners:quiz", args=[lesson.uuid])
    picked = {f"q-{key}": keys for key, keys in answers(lesson, *texts).items()}
    client.post(address, {"token": uuid.uuid4()})  # the process has read the lesson

    assert cost(client, "post", address, {**picked, "token": uuid.uuid4()}) == QUIZ


def test_a_checkout_asks_once_for_all_it_shows(client, ada, cleo):
    course = a_course_on_sale(by=ada, price="24.00")
    logged_in(client, cleo)
    address = reverse("storefront:checkout", args=[course.slug])
    client.get(address)

    assert cost(client, "get", address, status=200) == CHECKOUT
