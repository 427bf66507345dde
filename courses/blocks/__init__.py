"""What a lesson is written with. ``LessonStream`` says what may appear in a body,
``ItemStream`` what in a list, which ``lines_of`` reads."""

from .streams import ItemStream, LessonStream, lines_of

__all__ = ["ItemStream", "LessonStream", "lines_of"]
