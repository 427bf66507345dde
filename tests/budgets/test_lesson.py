"""How many queries a lesson page may cost: the same at any size of course and of catalogue."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import LessonPage
from learners.enrollment.enrollments import enroll
from learners.enrollment.progress import mark_complete
from learners.quizzes.attempts import submit_quiz
from tests.builders import a_course, a_lesson, a_released_course
from tests.bulk import many_courses
from tests.forgetting import forget_what_is_kept
from tests.learners.quizzes.quiz import QUIZ, TWO_RIGHT, answers
from tests.media import a_file, a_picture, video_with
from tests.people import logged_in

pytestmark = pytest.mark.django_db
MOST_BYTES = 40_000  # compressed
# user, what is known of both, opened; the session stands in the cache
COST = 3
# Of a process that has not drawn the lesson: session, lesson, images, documents, whether it is
# still the current one, outline
FIRST = COST + 6


def every_block():
    """A lesson in which each kind of block refers to a file or a picture of its own."""
    files = {name: a_file(name) for name in ("f.mp4", "w.vtt", "g.pdf", "d.pdf")}
    resource = {"type": "pdf", "title": "Grid", "description": "", "url": ""}
    return [
        video_with(files["f.mp4"], captions=files["w.vtt"], thumbnail=a_picture("Poster")),
        ("image", {"image": a_picture("Hill"), "alt": "A hill", "caption": ""}),
        ("image", {"image": a_picture("Valley"), "alt": "A valley", "caption": ""}),
        ("resource", {**resource, "file": files["g.pdf"]}),
        ("downloads", {"heading": "Take", "files": [{"title": "It", "file": files["d.pdf"]}]}),
        ("callout", {"kind": "tip", "title": "", "text": "<p>Slowly.</p>"}),
        ("quote", {"text": "A map is a promise.", "source": ""}),
        ("code", {"language": "sql", "code": "SELECT 1;", "caption": ""}),
        *QUIZ,
    ]


def studied(*, ada, cleo, lessons: int, title: str) -> LessonPage:
    """The first lesson of a released course with ``lessons`` of them, studied by Cleo."""
    course = a_course(by=ada, title=title, syllabus=[])
    first = a_lesson(under=course, title="Every block", body=every_block())
    for number in range(lessons - 1):
        a_lesson(under=course, title=f"Lesson {number}", body=[("rich_text", "<p>Read.</p>")])
    course = a_released_course(by=ada, course=course)
    enrollment = enroll(user=cleo, course=course)
    first = LessonPage.objects.get(pk=first.pk)
    submit_quiz(enrollment=enrollment, lesson=first, answers=answers(first, *TWO_RIGHT))
    second = LessonPage.objects.descendant_of(course).get(title="Lesson 0")
    mark_complete(enrollment=enrollment, lesson=second)
    return first


def queries(client, lesson) -> tuple[int, int]:
    """Of the first who reads it in this process, and of the next."""
    forget_what_is_kept()
    return once(client, lesson), once(client, lesson)


def once(client, lesson) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(reverse("learners:lesson", args=[lesson.uuid]))
    assert response.status_code == 200
    return len(captured)


def test_a_lesson_costs_the_same_in_a_course_of_ten_and_of_three_hundred(client, ada, cleo):
    small = studied(ada=ada, cleo=cleo, lessons=10, title="Ten lessons")
    large = studied(ada=ada, cleo=cleo, lessons=300, title="Three hundred lessons")
    logged_in(client, cleo)

    assert queries(client, small) == queries(client, large) == (FIRST, COST)


def test_a_lesson_among_three_hundred_is_light_on_the_wire(client, ada, cleo):
    lesson = studied(ada=ada, cleo=cleo, lessons=300, title="Three hundred lessons")
    logged_in(client, cleo)

    response = client.get(
        reverse("learners:lesson", args=[lesson.uuid]), headers={"Accept-Encoding": "gzip"}
    )

    assert gzip.decompress(response.content).count(b'href="/learn/') >= 300
    assert len(response.content) < MOST_BYTES


def test_a_lesson_costs_the_same_among_ten_courses_and_a_thousand(client, ada, cleo):
    lesson = studied(ada=ada, cleo=cleo, lessons=10, title="Ten lessons")
    like = a_released_course(by=ada, title="Sewing", syllabus=["Thread"])
    logged_in(client, cleo)
    many_courses(like=like, count=9)
    at_ten = queries(client, lesson)

    many_courses(like=like, count=990, after=9)
    at_a_thousand = queries(client, lesson)

    assert at_ten == at_a_thousand == (FIRST, COST)


def test_a_closed_door_costs_less(client, ada, cleo, dana):
    lesson = studied(ada=ada, cleo=cleo, lessons=2, title="Two lessons")
    logged_in(client, dana)

    with CaptureQueriesContext(connection) as captured:
        response = client.get(reverse("learners:lesson", args=[lesson.uuid]))

    assert response.status_code == 403
    # user, what is known of both; the session stands in the cache
    assert len(captured) == 2
