"""What a course holds, in the words of its buy box."""

from dataclasses import dataclass
from math import ceil

from courses.releases.outline import Outline


@dataclass(frozen=True)
class Included:
    """Sums of a release: film and reading apart, so that no reading is promised as film.

    ``video_minutes`` and ``reading_minutes`` are 0 while the length of one of the videos is
    unknown. The minutes of reading are those of all work that is not watching.
    """

    videos: int
    video_minutes: int
    readings: int
    reading_minutes: int
    quizzes: int


def included(outline: Outline) -> Included:
    """Counted from the outline, without a query."""
    videos = [lesson for lesson in outline.lessons if lesson.has_video]
    is_known = all(lesson.video_seconds for lesson in videos)
    video_minutes = ceil(sum(lesson.video_seconds for lesson in videos) / 60) if is_known else 0
    return Included(
        videos=len(videos),
        video_minutes=video_minutes,
        readings=outline.lesson_count - len(videos),
        reading_minutes=max(0, outline.minutes - video_minutes) if is_known else 0,
        quizzes=sum(lesson.has_quiz for lesson in outline.lessons),
    )
