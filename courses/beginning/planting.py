"""A course made of a template: its whole outline with the guidance in it, written at once."""

from typing import Any

from django.db import transaction

from courses.blocks.guidance import guiding_id
from courses.blocks.streams import ItemStream
from courses.drafts.growing import Sprout, grow
from courses.models import ChapterPage, CoursePage, LessonPage
from courses.people import Person
from courses.teams.members import create_course

from .shapes import Chapter, Lesson, Template, Words


@transaction.atomic
def plant(*, template: Template, producer: Person, title: str) -> CoursePage:
    """A draft that ``producer`` leads, with the template's words in the language in force.

    The number of SQL is the same however much the template has. Raises CourseError as
    ``create_course`` does.
    """
    course = create_course(
        producer=producer,
        title=title,
        structure_type=template.structure,
        what_you_will_learn=_lines(template.outcomes),
        requirements=_lines(template.needs),
    )
    grow(parent=course, sprouts=[_sprout(part) for part in template.parts], by=producer)
    return course


def _sprout(part: Chapter | Lesson) -> Sprout:
    if isinstance(part, Chapter):
        page = ChapterPage(title=str(part.title), description=str(part.description))
        return Sprout(page, [_sprout(lesson) for lesson in part.lessons])
    body = LessonPage.body.field.to_python([piece() for piece in part.pieces])
    return Sprout(LessonPage(title=str(part.title), body=body, is_preview=part.is_preview))


def _lines(lines: tuple[Words, ...] | Any) -> list[dict[str, str]]:
    item = ItemStream().child_blocks["item"]
    return [
        {"type": "item", "value": str(line), "id": guiding_id(item, str(line))} for line in lines
    ]
