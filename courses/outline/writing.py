"""What the outline writes into drafts themselves: titles, and which lessons are open."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.errors import CourseError
from courses.models import LessonPage
from courses.models.outline import OutlineChange, OutlineFact, OutlineVerb
from courses.people import Person
from courses.wording.apart import apart

from .errors import OutlineClash
from .holding import Held, hold, require_unlocked
from .journal import Set, record, who_set, written_before
from .titles import require_title


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
        part.id
        for chosen in held.chosen(pages)
        for part in [chosen, *chosen.below()]
        if not part.is_chapter
    ]
    if not lessons:
        raise CourseError(_("There is no lesson in what you chose."), code="no_lessons")
    drafts = _drafts(lessons)
    steps = [
        Set(page, OutlineFact.PREVIEW, drafts[page].is_preview, on)
        for page in lessons
        if drafts[page].is_preview != on
    ]
    write_fact(held, steps)
    return record(course_id=course_id, verb=OutlineVerb.PREVIEW, key=key, by=by, steps=steps)


ATTRIBUTES = {OutlineFact.TITLE: "title", OutlineFact.PREVIEW: "is_preview"}


def value_of(held: Held, page_id: int, fact: OutlineFact) -> Any:
    """What the latest draft says."""
    if fact == OutlineFact.TITLE:
        return held.part(page_id).title
    return _drafts([page_id])[page_id].is_preview


def write_fact(held: Held, steps: Sequence[Set]) -> None:
    """A new revision of each page with the fact as it is ``now``. Some twelve SQL a page."""
    for step in steps:
        page = held.part(step.page).page().specific
        require_unlocked(page, held.by)
        draft = page.get_latest_revision_as_object()
        setattr(draft, ATTRIBUTES[step.fact], step.now)
        draft.save_revision(user=held.by, log_action=True, clean=False)


def _drafts(lessons: Sequence[int]) -> dict[int, Any]:
    found = LessonPage.objects.filter(pk__in=lessons).select_related("latest_revision")
    return {page.pk: page.get_latest_revision_as_object() for page in found}
