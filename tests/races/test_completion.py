"""Two tabs finish the last two lessons at once: the course is complete and certified once.

The race is made certain: both threads have marked their lesson and wait for each other
before either counts. With the lock on the enrollment they cannot both be there, so the
second counts after the first has committed. The control takes the lock away and must fail.
"""

import threading
from contextlib import suppress
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import connections

from courses.statements.compiled import Compiled
from learners.enrollment import progress
from learners.enrollment.enrollments import enroll
from learners.enrollment.progress import mark_complete
from learners.models import Certificate, Enrollment
from tests.people import person
from tests.study import a_flat_course, lessons_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
TEXT = [("rich_text", "<p>Begin with what you have at hand.</p>")]
PATIENCE = 3  # seconds a thread waits for the other, which a lock may keep away


@pytest.fixture
def enrollment(db):
    course = a_flat_course(("Cut", TEXT), ("Sew", TEXT), by=person("ada"))
    return enroll(user=person("cleo"), course=course)


def finish_both_at_once(enrollment) -> list[Exception]:
    """Each lesson in a thread of its own.

    Both meet after writing and before counting, and again after counting and before the
    commit, so that without the lock neither can see what the other has written.
    """
    meeting = threading.Barrier(2)
    really_sum_up = progress.sum_up
    failures = []

    def meet():
        with suppress(threading.BrokenBarrierError):  # the lock may keep the other away
            meeting.wait(timeout=PATIENCE)

    def sum_up_together(given, **told):
        meet()
        settled = really_sum_up(given, **told)
        meet()
        return settled

    def finish(lesson):
        try:
            mark_complete(enrollment=enrollment, lesson=lesson)
        except Exception as failure:  # a thread must hand it over
            failures.append(failure)
        finally:
            connections.close_all()

    with patch.object(progress, "sum_up", sum_up_together):
        threads = [
            threading.Thread(target=finish, args=[lesson])
            for lesson in lessons_of(enrollment.course)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return failures


def test_the_last_two_lessons_at_once_complete_the_course_and_certify_it_once(enrollment):
    failures = finish_both_at_once(enrollment)

    assert failures == []
    enrollment.refresh_from_db()
    assert enrollment.status == "completed"
    assert enrollment.progress["completed"] == 2
    assert Certificate.objects.count() == 1


def _not_locked(enrollment):
    return Enrollment.objects.filter(pk=enrollment)


def test_without_the_lock_neither_tab_sees_the_course_complete(enrollment):
    """The control: what the lock is for."""
    unlocked = patch.object(progress, "LOCKED", Compiled(_not_locked, enrollment=UUID))

    with unlocked:
        finish_both_at_once(enrollment)

    enrollment.refresh_from_db()
    assert (enrollment.status, Certificate.objects.count()) == ("active", 0)


def test_two_graduates_at_once_get_numbers_of_their_own(enrollment):
    course = enrollment.course
    other = enroll(user=person("dana"), course=course)
    first, last = lessons_of(course)
    for each in (enrollment, other):
        mark_complete(enrollment=each, lesson=first)
    start = threading.Barrier(2)
    failures = []

    def finish(each):
        try:
            start.wait(timeout=PATIENCE)
            mark_complete(enrollment=each, lesson=last)
        except Exception as failure:  # a thread must hand it over
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=finish, args=[each]) for each in (enrollment, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert sorted(Certificate.objects.values_list("number", flat=True)) == [1, 2]
