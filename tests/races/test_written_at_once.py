"""What is written without taking turns rests on what was read before: so nothing may have changed.

Two guards, and a control for each. The version of the enrollment's row keeps two lessons that are
finished at the same moment from counting without each other. The lock that stands before the
write keeps it from being as of a time before a release that was followed meanwhile.
"""

import threading
import time

import pytest
from django.db import connections, transaction

from learners.access.facts import access_facts
from learners.enrollment import at_once
from learners.enrollment.enrollments import enroll
from learners.enrollment.progress import mark_complete
from learners.models import Enrollment, LessonProgress
from tests.people import person
from tests.races.together import together
from tests.races.waiting import somebody_waits
from tests.study import a_flat_course, lessons_of, released

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
TEXT = [("rich_text", "<p>Begin with what you have at hand.</p>")]
LOCK = "PERFORM FROM learners_enrollment WHERE id = of_enrollment FOR UPDATE;"
PATIENCE = 10  # seconds until somebody must have come to wait


@pytest.fixture
def enrollment(db):
    course = a_flat_course(("Cut", TEXT), ("Sew", TEXT), ("Press", TEXT), by=person("ada"))
    return enroll(user=person("cleo"), course=course)


def finish_two_that_were_read_together(enrollment) -> int:
    """How many lessons are done by the summary, after two doors that both read before any wrote."""
    first, second, _third = lessons_of(enrollment.course)
    read = [(one, access_facts(enrollment.user, one.uuid)) for one in (first, second)]

    failures = together(
        *(
            lambda one=one, facts=facts: mark_complete(
                enrollment=enrollment, lesson=one, facts=facts
            )
            for one, facts in read
        )
    )

    assert not any(isinstance(failure, Exception) for failure in failures)
    assert LessonProgress.objects.filter(status="completed").count() == 2
    enrollment.refresh_from_db()
    return enrollment.progress["completed"]


def test_two_lessons_finished_at_the_same_moment_both_count(enrollment):
    assert finish_two_that_were_read_together(enrollment) == 2


def test_without_the_version_one_of_them_is_not_counted(enrollment, monkeypatch):
    """The control: what the version of the row is for."""
    blind = at_once.KEPT.replace("xmin::text = %(version)s", "%(version)s <> ''")
    assert blind != at_once.KEPT
    monkeypatch.setattr(at_once, "KEPT", blind)

    assert finish_two_that_were_read_together(enrollment) == 1


def finish_while_a_release_is_followed(enrollment) -> bool:
    """Whether a lesson was written by the release before the one that everybody is brought to."""
    lesson, *_others = lessons_of(enrollment.course)
    facts = access_facts(enrollment.user, lesson.uuid)
    written = []

    def finish():
        try:
            written.append(at_once.complete_at_once(facts))
        finally:
            connections.close_all()

    late = threading.Thread(target=finish)
    with transaction.atomic():
        Enrollment.objects.locked().get(pk=enrollment.pk)  # as ``following`` does; it finds nothing
        late.start()
        _until_somebody_waits()
        released(enrollment.course, without=[lesson])
    late.join()
    [answer] = written
    assert LessonProgress.objects.count() == answer
    return answer


def test_a_release_that_was_followed_while_the_write_waited_is_seen(enrollment):
    assert finish_while_a_release_is_followed(enrollment) is False


def test_without_the_lock_it_is_written_as_of_the_release_before(enrollment, without):
    """The control: what the lock is for, though the row itself is unchanged."""
    without("learners_is_followed", LOCK)

    assert finish_while_a_release_is_followed(enrollment) is True


def _until_somebody_waits() -> None:
    for _moment in range(PATIENCE * 100):
        if somebody_waits():
            return
        time.sleep(0.01)
    raise AssertionError("Nobody came to wait.")
