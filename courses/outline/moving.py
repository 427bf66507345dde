"""Moving chapters and lessons, between chapters and depths."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from courses.models.outline import OutlineChange, OutlineVerb
from courses.people import Person

from .holding import hold
from .journal import record, require_unmoved, written_before
from .placing import place_together
from .tree import OutlinePlace


@transaction.atomic
def move(
    *, course_id: int, pages: Sequence[int], to: OutlinePlace, seen: int, by: Person, key: UUID
) -> OutlineChange:
    """Puts ``pages`` one after the other at ``to``, in reading order, with what stands below them.

    ``seen`` is the number of the last change that ``by`` knew. Raises OutlineClash when somebody
    moved one of them since, or when the place is gone; CourseError where they may not stand.
    """
    held = hold(course_id, by)
    if before := written_before(course_id, key):
        return before
    parts = held.chosen(pages)
    require_unmoved(parts, course_id=course_id, seen=seen, by=by)
    steps = place_together(held, parts, to)
    return record(course_id=course_id, verb=OutlineVerb.MOVE, key=key, by=by, steps=steps)
