"""What a course holds, in the words of its buy box."""

from dataclasses import dataclass

from courses.models import LessonKind
from courses.releases.outline import Outline


@dataclass(frozen=True)
class Included:
    """Sums of a release: lessons with a video and their minutes, readings, quizzes.

    ``video_minutes`` is 0 where videos stand among text: the minutes of such a lesson are
    those of all its work, and must not be promised as film.
    """

    videos: int
    video_minutes: int
    readings: int
    quizzes: int


def included(outline: Outline) -> Included:
    """Counted from the outline, without a query."""
    videos = [lesson for lesson in outline.lessons if lesson.content_type != LessonKind.ARTICLE]
    only_films = all(lesson.content_type == LessonKind.VIDEO for lesson in videos)
    return Included(
        videos=len(videos),
        video_minutes=sum(lesson.minutes for lesson in videos) if only_films else 0,
        readings=outline.lesson_count - len(videos),
        quizzes=sum(lesson.has_quiz for lesson in outline.lessons),
    )
