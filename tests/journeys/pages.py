"""The six pages that decide, for tests that hold all of them to the same."""

from courses.models import LessonPage

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


def address_of(kind: str, course) -> str:
    """Of the course's open lesson, where a lesson is asked for."""
    lesson = LessonPage.objects.descendant_of(course).filter(live=True).last()
    return PAGES[kind].format(lesson=lesson.uuid)
