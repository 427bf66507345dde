"""What a lesson is written with. ``LessonStream`` says what may appear in a body."""

from .streams import LessonStream

__all__ = ["LessonStream"]
