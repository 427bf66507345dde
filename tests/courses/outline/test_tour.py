"""Whoever begins is led around once, and may look at a lesson before writing one."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from courses.outline.sample import sample_lesson
from tests.builders import a_course, a_released_course
from tests.people import logged_in

pytestmark = pytest.mark.django_db


def page(client, course):
    return client.get(reverse("studio:outline", args=[course.pk]))


def test_a_first_course_is_shown_around_until_that_is_put_away(client, ada):
    course = a_course(by=ada)
    client = logged_in(client, ada)
    assert page(client, course).context["shows_tour"]

    client.patch(
        reverse("wagtailadmin_dismissibles"),
        json.dumps({"outline-tour": True}),
        content_type="application/json",
    )

    shown = page(client, course)
    assert not shown.context["shows_tour"]
    assert b'id="outline-take-tour"' in shown.content  # and is found again


def test_a_course_that_learners_have_needs_no_tour(client, ada):
    course = a_released_course(by=ada)

    assert not page(logged_in(client, ada), course).context["shows_tour"]


def test_a_sample_lesson_is_read_and_never_written(client, ada):
    course = a_course(by=ada)
    before = Page.objects.count()

    answer = logged_in(client, ada).get(reverse("studio:sample_lesson", args=[course.pk]))

    shown = answer.content.decode()
    assert "How to fold a letter so that it opens itself" in shown
    assert "Why is the upper third tucked in last?" in shown
    assert "This is a sample, of no course." in shown
    for claim in (course.title, "This is the draft", "Nothing of this course is released yet"):
        assert claim not in shown
    assert Page.objects.count() == before
    assert not LessonPage.objects.filter(pk=0).exists()


def test_the_sample_lesson_of_a_course_is_its_teams(client, ada, bruno):
    course = a_course(by=ada)

    answer = logged_in(client, bruno).get(reverse("studio:sample_lesson", args=[course.pk]))

    assert answer.status_code == 404


def test_the_sample_lesson_lacks_nothing():
    lesson = sample_lesson(CoursePage(path="000100010001", depth=3))

    lesson.body.stream_block.clean(lesson.body)
    assert lesson.has_quiz
