"""How much was ever studied: a figure that rises with what is done, and never falls."""

from importlib import import_module

import pytest
from django.db import connection

from learners.enrollment.enrollments import enroll, revoke
from learners.enrollment.following import follow_release
from learners.enrollment.progress import mark_complete, mark_incomplete
from learners.models import Enrollment, LessonProgress, QuizAttempt
from tests.builders import a_lesson
from tests.study import a_flat_course, lessons_of, released

pytestmark = pytest.mark.django_db
TEXT = [("rich_text", "<p>Begin with what you have at hand.</p>")]


@pytest.fixture
def course(ada):
    return a_flat_course(*[(f"Lesson {number}", TEXT) for number in range(10)], by=ada)


@pytest.fixture
def enrollment(cleo, course):
    return enroll(user=cleo, course=course)


def complete(enrollment, lessons) -> int:
    for lesson in lessons:
        mark_complete(enrollment=enrollment, lesson=lesson)
    return studied(enrollment)


def studied(enrollment) -> int:
    return Enrollment.objects.get(pk=enrollment.pk).studied_percent


def test_each_lesson_done_raises_the_figure(enrollment, course):
    first, second, *_ = lessons_of(course)

    assert studied(enrollment) == 0
    assert complete(enrollment, [first]) == 10
    assert complete(enrollment, [first]) == 10
    assert complete(enrollment, [second]) == 20


def test_taking_lessons_back_does_not_lower_it(enrollment, course):
    lessons = lessons_of(course)[:6]
    complete(enrollment, lessons)

    for lesson in lessons:
        mark_incomplete(enrollment=enrollment, lesson=lesson)

    assert Enrollment.objects.get().progress["completed"] == 0
    assert studied(enrollment) == 60
    assert LessonProgress.objects.filter(first_completed_at=None).count() == 0


def test_other_lessons_do_not_hide_those_that_were_taken_back(enrollment, course):
    """Four at a time, and eight of ten were studied."""
    lessons = lessons_of(course)
    complete(enrollment, lessons[:4])
    for lesson in lessons[:4]:
        mark_incomplete(enrollment=enrollment, lesson=lesson)

    assert complete(enrollment, lessons[4:8]) == 80
    assert Enrollment.objects.get().progress["completed"] == 4


def test_the_first_day_of_a_lesson_stays(enrollment, course):
    lesson = lessons_of(course)[0]
    complete(enrollment, [lesson])
    first = LessonProgress.objects.get().first_completed_at

    mark_incomplete(enrollment=enrollment, lesson=lesson)
    complete(enrollment, [lesson])

    assert LessonProgress.objects.get().first_completed_at == first


def test_lessons_that_leave_the_course_still_count(enrollment, course):
    lessons = lessons_of(course)
    complete(enrollment, lessons[:5])

    released(course, without=lessons[:5])
    follow_release(course_id=course.pk)

    assert Enrollment.objects.get().progress["percent"] == 0
    assert studied(enrollment) == 50
    assert complete(enrollment, [lessons[5]]) == 60


def test_what_others_do_to_the_course_does_not_raise_it(enrollment, course):
    """Undone lessons leave: a larger share is done, and nobody studied more."""
    lessons = lessons_of(course)
    complete(enrollment, lessons[:4])

    released(course, without=lessons[4:9])
    follow_release(course_id=course.pk)

    assert Enrollment.objects.get().progress["percent"] == 80
    assert studied(enrollment) == 40


def test_lessons_that_come_do_not_lower_it(enrollment, course):
    lessons = lessons_of(course)
    complete(enrollment, lessons[:5])
    for number in range(10):
        a_lesson(under=course, title=f"Later {number}")
    released(course)
    follow_release(course_id=course.pk)

    assert Enrollment.objects.get().progress["percent"] == 25
    assert complete(enrollment, [lessons[5]]) == 50


def test_a_second_purchase_keeps_what_was_studied(enrollment, course, cleo):
    complete(enrollment, lessons_of(course)[:6])
    revoke(enrollment=enrollment)

    again = enroll(user=cleo, course=course)

    assert again.pk == enrollment.pk
    assert studied(again) == 60


def test_rows_from_before_are_filled_from_what_they_say(enrollment, course, cleo, dana):
    lessons = lessons_of(course)
    hers = enroll(user=dana, course=course)
    complete(enrollment, lessons[:4])
    complete(hers, lessons[:2])
    mark_incomplete(enrollment=enrollment, lesson=lessons[3])
    QuizAttempt.objects.create(
        enrollment=enrollment,
        lesson=lessons[3],
        number=1,
        score=100,
        pass_mark=80,
        passed=True,
        answers=[],
    )
    released(course, without=lessons[:1])
    LessonProgress.objects.update(first_completed_at=None)
    Enrollment.objects.update(studied_percent=0)

    migration = import_module("learners.migrations.0006_fill_what_was_studied")
    with connection.cursor() as cursor:
        for statement in (migration.DONE, migration.PASSED, migration.PERCENT):
            cursor.execute(statement)

    assert (studied(enrollment), studied(hers)) == (40, 20)
    done = LessonProgress.objects.filter(status="completed").exclude(enrollment=hers)
    assert all(row.first_completed_at == row.completion_date for row in done)
    assert LessonProgress.objects.filter(first_completed_at=None).count() == 0
