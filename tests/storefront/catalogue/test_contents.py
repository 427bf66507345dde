"""What the buy box says a course holds."""

from types import SimpleNamespace

import pytest

from storefront.catalogue.contents import included


def a_lesson(content_type, minutes, has_quiz=False):
    return SimpleNamespace(content_type=content_type, minutes=minutes, has_quiz=has_quiz)


def an_outline(*lessons):
    return SimpleNamespace(lessons=lessons, lesson_count=len(lessons), nodes=[])


@pytest.mark.parametrize(
    ("second", "minutes"),
    [(a_lesson("video", 5), 17), (a_lesson("mixed", 45), 0)],
)
def test_only_minutes_of_film_are_promised_as_film(second, minutes):
    found = included(an_outline(a_lesson("video", 12), second, a_lesson("article", 9, True)))

    assert (found.videos, found.video_minutes) == (2, minutes)
    assert (found.readings, found.quizzes) == (1, 1)
