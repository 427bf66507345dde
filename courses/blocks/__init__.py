"""What a lesson is written with. ``LessonStream`` says what may appear in a body,
``ItemStream`` what in a list."""

from .streams import ItemStream, LessonStream

__all__ = ["ItemStream", "LessonStream"]
