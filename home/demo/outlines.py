"""Courses in the middle of being planned: titles nobody has written yet, and one thrown away."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from courses.models import CoursePage, LessonPage
from courses.outline.adding import paste
from courses.outline.removing import remove

from .clock import at


def plan_on(course: CoursePage, told: dict[str, Any], now: datetime) -> None:
    """What ``activity.toml`` tells of an outline, done as its producer would in the studio."""
    by = course.owner
    titles = [*told["planned"], told["thrown_away"]]
    with at(now - timedelta(days=told["days_ago"])):
        paste(
            course_id=course.pk,
            text="\n".join(titles),
            parent=course.pk,
            by=by,
            key=_key(course, "planned"),
        )
        gone = LessonPage.objects.child_of(course).get(draft_title=told["thrown_away"])
        remove(course_id=course.pk, pages=[gone.pk], by=by, key=_key(course, "thrown away"))


def _key(course: CoursePage, what: str) -> UUID:
    return uuid5(course.uuid, what)
