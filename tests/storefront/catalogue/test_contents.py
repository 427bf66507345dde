"""What the buy box says a course holds."""

from types import SimpleNamespace

import pytest

from storefront.catalogue.contents import included


def a_lesson(minutes, *, film=None, has_quiz=False):
    """``film`` is the length of its videos in seconds, 0 when nobody said it."""
    return SimpleNamespace(
        minutes=minutes, video_seconds=film or 0, has_video=film is not None, has_quiz=has_quiz
    )


def an_outline(*lessons):
    return SimpleNamespace(
        lessons=lessons, lesson_count=len(lessons), minutes=sum(one.minutes for one in lessons)
    )


@pytest.mark.parametrize(
    ("second", "of_video", "of_reading"),
    [
        (a_lesson(5, film=300), 6, 20),
        (a_lesson(45, film=600), 11, 55),
        (a_lesson(45, film=0), 0, 0),
    ],
)
def test_film_and_reading_are_told_apart(second, of_video, of_reading):
    film, reading = a_lesson(12, film=24), a_lesson(9, has_quiz=True)

    found = included(an_outline(film, second, reading))

    assert (found.video_minutes, found.reading_minutes) == (of_video, of_reading)
    assert (found.videos, found.readings, found.quizzes) == (2, 1, 1)


def test_a_film_that_runs_longer_than_its_course_was_counted_leaves_no_reading():
    found = included(an_outline(a_lesson(5, film=301)))

    assert (found.video_minutes, found.reading_minutes) == (6, 0)
