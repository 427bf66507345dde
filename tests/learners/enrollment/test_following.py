"""Following a release costs by the fifty, not by the learner, and misses nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learners.enrollment import following
from learners.enrollment.enrollments import enroll, revoke
from learners.enrollment.following import follow_release
from learners.enrollment.progress import mark_complete, summarise
from learners.models import Certificate, Enrollment
from tests.people import somebody
from tests.study import a_flat_course, lessons_of, released

pytestmark = pytest.mark.django_db
TEXT = [("rich_text", "<p>Begin with what you have at hand.</p>")]


@pytest.fixture
def course(ada):
    titles = ("Cut", "Pin", "Sew")
    return a_flat_course(*[(title, TEXT) for title in titles], by=ada)


def learners(course, *, count: int, begin: int = 0) -> list[Enrollment]:
    """Each has done one lesson: the first, the second, the third, the first …"""
    lessons, found = lessons_of(course), []
    for number in range(begin, begin + count):
        enrollment = enroll(user=somebody(email=f"learner{number}@example.com"), course=course)
        mark_complete(enrollment=enrollment, lesson=lessons[number % 3])
        found.append(enrollment)
    return found


def test_statements_do_not_grow_with_the_learners(course):
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            follow_release(course_id=course.pk)
        return len(asked)

    learners(course, count=2)
    Enrollment.objects.update(progress={"completed": 0, "total": 9, "percent": 0})
    few = statements()
    learners(course, count=20, begin=2)
    Enrollment.objects.update(progress={"completed": 0, "total": 9, "percent": 0})

    assert statements() == few


def test_everybody_is_where_counting_them_one_by_one_would_put_them(course, cleo, dana, bruno):
    theirs = learners(course, count=6)
    mark_complete(enrollment=theirs[1], lesson=lessons_of(course)[0])
    not_begun = enroll(user=cleo, course=course)
    not_begun.progress = {}
    not_begun.save(update_fields=["progress"])
    gone = enroll(user=dana, course=course)
    mark_complete(enrollment=gone, lesson=lessons_of(course)[0])
    revoke(enrollment=gone)
    gone.refresh_from_db()

    released(course, without=[lessons_of(course)[2]])
    follow_release(course_id=course.pk)

    for enrollment in theirs:
        enrollment.refresh_from_db()
        assert enrollment.progress == summarise(enrollment)
    # Who lacked only the lesson that is gone has finished; who had done that one alone has not.
    assert [one.status for one in theirs] == ["active", "completed"] + ["active"] * 4
    assert [one.progress["completed"] for one in theirs] == [1, 2, 0, 1, 1, 0]
    assert Certificate.objects.get().enrollment == theirs[1]
    for other in (not_begun, gone):
        before = other.progress
        other.refresh_from_db()
        assert other.progress == before


def test_parts_and_fifties_miss_nobody(course, monkeypatch):
    monkeypatch.setattr(following, "FOLLOWED_AT_ONCE", 5)
    monkeypatch.setattr(following, "LOCKED_AT_ONCE", 2)
    theirs = learners(course, count=12)
    released(course, without=[lessons_of(course)[2]])

    rest, parts = {"course_id": course.pk}, 0
    while rest is not None:
        rest, parts = follow_release(**rest), parts + 1

    assert parts == 3
    for enrollment in theirs:
        enrollment.refresh_from_db()
        assert enrollment.progress["total"] == 2


def test_what_has_not_changed_is_not_written(course):
    (enrollment,) = learners(course, count=1)
    enrollment.refresh_from_db()

    follow_release(course_id=course.pk)

    before = enrollment.updated_at
    enrollment.refresh_from_db()
    assert enrollment.updated_at == before
