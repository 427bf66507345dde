"""Flat or hierarchical: everything moves to where it may stand then, in one change."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.drafts.growing import Sprout
from courses.models import ChapterPage, StructureType
from courses.models.outline import OutlineChange, OutlineFact, OutlineVerb
from courses.models.structure import draft_structure
from courses.people import Person

from .adding import grow_at
from .holding import Held, hold
from .journal import Set, record, written_before
from .placing import place_together
from .removing import mark
from .tree import OutlinePlace


@transaction.atomic
def switch(*, course_id: int, to: str, by: Person, key: UUID) -> OutlineChange:
    """Makes the course ``flat`` or ``hierarchical``.

    Flat: the lessons of each chapter come up behind it in reading order, the chapters are
    removed. Hierarchical: lessons without any chapter go into a first one.
    """
    held = hold(course_id, by)
    if before := written_before(course_id, key):
        return before
    was = draft_structure(held.draft)
    steps: list[Set] = []
    if was != to:
        write_structure(held, to)
        told = Set(held.course.pk, OutlineFact.STRUCTURE, was, to)
        steps = [*_flatten(held), told] if to == StructureType.FLAT else [told, *_gather(held)]
    return record(course_id=course_id, verb=OutlineVerb.STRUCTURE, key=key, by=by, steps=steps)


def write_structure(held: Held, to: str) -> None:
    held.draft.structure_type = to
    held.draft.save_revision(user=held.by, log_action=True, clean=False)
    held.__dict__.pop("draft")
    held.read_again()


def _flatten(held: Held) -> list[Set]:
    chapters = [part for part in held.tree.top if part.is_chapter and not part.retired]
    steps: list[Set] = []
    for chapter in chapters:
        lessons = [
            part.id
            for part in chapter.below()
            if not part.is_chapter and not held.tree.is_gone(part)
        ]
        if lessons:
            parts = held.chosen(lessons)
            steps += place_together(held, parts, OutlinePlace(held.course.pk, chapter.id))
    gone = [Set(chapter.id, OutlineFact.RETIRED, False, True) for chapter in chapters]
    mark(held, gone)
    return steps + gone


def _gather(held: Held) -> list[Set]:
    lessons = [part for part in held.tree.top if not part.is_chapter and not part.retired]
    chapters = [part for part in held.tree.top if part.is_chapter and not part.retired]
    if chapters or not lessons:
        return []
    first = Sprout(ChapterPage(title=_("First chapter")))
    steps = grow_at(held, [first], OutlinePlace(held.course.pk, None))
    tree = held.read_again()
    parts = [tree.parts[lesson.id] for lesson in lessons]
    return steps + place_together(held, parts, OutlinePlace(first.page.pk, None))
