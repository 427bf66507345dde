"""A course is bought again at the very moment a release takes away the lesson that was missing.

The purchase has counted by the old release and is not committed when the release is followed.
With the lock the follower waits for it and counts once more. The control takes the lock away.
"""

import threading
from unittest.mock import patch

import pytest

from learners.enrollment import enrollments
from learners.enrollment.enrollments import enroll, revoke
from learners.enrollment.following import follow_release
from learners.enrollment.progress import mark_complete
from learners.models import Certificate, Enrollment
from tests.people import person
from tests.races.together import PATIENCE, together
from tests.study import a_flat_course, lessons_of, released

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
TEXT = [("rich_text", "<p>Begin with what you have at hand.</p>")]


@pytest.fixture
def returned(db):
    """One of two lessons is done, and the course given back."""
    course = a_flat_course(("Cut", TEXT), ("Sew", TEXT), by=person("ada"))
    enrollment = enroll(user=person("cleo"), course=course)
    mark_complete(enrollment=enrollment, lesson=lessons_of(course)[0])
    return revoke(enrollment=enrollment)


def buy_again_while_a_release_is_followed(enrollment) -> list:
    counted, followed = threading.Event(), threading.Event()
    course, missing = enrollment.course, lessons_of(enrollment.course)[1]
    really_sum_up = enrollments.sum_up

    def count_and_wait(given):
        found = really_sum_up(given)
        counted.set()
        followed.wait(PATIENCE)  # the lock may keep the follower away
        return found

    def buy():
        enroll(user=enrollment.user, course=course)

    def release():
        counted.wait()
        released(course, without=[missing])
        follow_release(course_id=course.pk)
        followed.set()

    with patch.object(enrollments, "sum_up", count_and_wait):
        return together(buy, release)


def test_a_course_bought_again_follows_the_release_of_that_moment(returned):
    assert buy_again_while_a_release_is_followed(returned) == [None, None]

    returned.refresh_from_db()
    assert (returned.status, returned.progress["percent"]) == ("completed", 100)
    assert Certificate.objects.count() == 1


def test_without_the_lock_it_stays_behind(returned):
    """The control: what the lock is for."""
    with patch.object(type(Enrollment.objects.all()), "locked", lambda self: self.all()):
        assert buy_again_while_a_release_is_followed(returned) == [None, None]

    returned.refresh_from_db()
    assert (returned.status, returned.progress["percent"]) == ("active", 50)
