"""The six pages that decide, for tests that hold all of them to the same."""

from courses.models import CoursePage, LessonPage
from learners.models import User
from tests.builders import a_released_course

PAGES = {
    "home": "/",
    "catalogue": "/courses/",
    "course": "/courses/sewing-by-hand/",
    "lesson": "/learn/{lesson}/",
    "sign in": "/accounts/login/",
    "checkout": "/courses/sewing-by-hand/checkout/",
}
# Only these ask who is there.
FOR_LEARNERS = {"checkout"}


def sewing_by_hand(*, by: User) -> CoursePage:
    """The course that the addresses name."""
    return a_released_course(
        by=by,
        title="Sewing by hand",
        subtitle="Mend, alter and make, with two needles and a thread",
    )


def address_of(kind: str, course) -> str:
    """Of the course's open lesson, where a lesson is asked for."""
    lesson = LessonPage.objects.descendant_of(course).filter(live=True).last()
    return PAGES[kind].format(lesson=lesson.uuid)
