"""What is known of a person and a lesson, in one statement that costs little to send."""

import pytest

from courses import releases
from learners.access.facts import access_facts
from tests.builders import a_released_course, a_submission, an_enrollment, lesson_called

pytestmark = pytest.mark.django_db


def test_a_lesson_that_left_its_course_is_the_one_that_learners_saw_last(ada, mira, cleo):
    course = a_released_course(by=ada)
    lesson = lesson_called("Sew the side seams", course=course)
    an_enrollment(user=cleo, course=course)

    def release() -> None:
        releases.approve_release(release=a_submission(by=ada, course=course), user=mira)

    lesson.title = "Sew the seams at the side"
    lesson.save_revision(user=ada)
    release()
    releases.retire_page(page=lesson, user=ada)
    release()

    for reader in (cleo, ada):
        known = access_facts(reader, lesson.uuid)
        assert (known.released, known.was_released) == (False, True)
        assert (known.item.title, known.item.release.number) == ("Sew the seams at the side", 2)
