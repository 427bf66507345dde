"""What the outline writes into drafts themselves: titles, and which lessons are open."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from courses.drafts.locks import require_unlocked
from courses.drafts.rewriting import rewrite
from courses.errors import CourseError
from courses.models.outline import OutlineChange, OutlineFact, OutlineVerb
from courses.people import Person
from courses.wording.apart import apart

from .errors import OutlineClash
from .holding import Held, hold
from .journal import Set, record, who_set, written_before
from .titles import require_title
from .tree import OutlinePart


@transaction.atomic
def rename(
    *, course_id: int, page: int, title: str, was: str, by: Person, key: UUID
) -> OutlineChange:
    """Gives a chapter or lesson another title; ``was`` is the one that ``by`` saw.

    Raises OutlineClash when somebody renamed it meanwhile or it is gone, CourseError for a title
    that cannot be one.
    """
    held = hold(course_id, by)
    if before := written_before(course_id, key):
        return before
    title = require_title(title)
    part = held.part(page)
    if part.title != was:
        raise OutlineClash(
            _("“%(was)s” is called “%(title)s” meanwhile.")
            % {"was": apart(was), "title": apart(part.title)},
            code="renamed_meanwhile",
            who=who_set(page, OutlineFact.TITLE, part.title, course_id=course_id),
            pages=[page],
            title=part.title,
        )
    steps = [Set(page, OutlineFact.TITLE, was, title)] if title != was else []
    write_fact(held, steps)
    return record(course_id=course_id, verb=OutlineVerb.RENAME, key=key, by=by, steps=steps)


@transaction.atomic
def open_previews(
    *, course_id: int, pages: Sequence[int], on: bool, by: Person, key: UUID
) -> OutlineChange:
    """Opens lessons to everybody, or closes them; of a chapter all lessons in it."""
    held = hold(course_id, by)
    if before := written_before(course_id, key):
        return before
    lessons = [
        part
        for chosen in held.chosen(pages)
        for part in [chosen, *chosen.below()]
        if not part.is_chapter
    ]
    if not lessons:
        raise CourseError(_("There is no lesson in what you chose."), code="no_lessons")
    are_open = _are_open(lessons)
    steps = [Set(page, OutlineFact.PREVIEW, was, on) for page, was in are_open.items() if was != on]
    write_fact(held, steps)
    return record(course_id=course_id, verb=OutlineVerb.PREVIEW, key=key, by=by, steps=steps)


ATTRIBUTES = {OutlineFact.TITLE: "title", OutlineFact.PREVIEW: "is_preview"}


def value_of(held: Held, page_id: int, fact: OutlineFact) -> Any:
    """What the latest draft says."""
    if fact == OutlineFact.TITLE:
        return held.part(page_id).title
    return _are_open([held.part(page_id)])[page_id]


def write_fact(held: Held, steps: Sequence[Set]) -> None:
    """A new revision of each page with the fact as it is ``now``; the same SQL for all of them."""
    require_unlocked([step.page for step in steps], by=held.by)
    rewrite({step.page: {ATTRIBUTES[step.fact]: step.now} for step in steps}, by=held.by)


def _are_open(lessons: Sequence[OutlinePart]) -> dict[int, bool]:
    """Whether the latest draft of each is open to everybody, by page."""
    pages = {part.row.latest_revision_id: part.id for part in lessons}
    told = Revision.objects.filter(pk__in=pages).values_list("pk", "content__is_preview")
    return {pages[revision]: bool(is_open) for revision, is_open in told}
