"""Taking parts out of the draft, and bringing them back.

What a release holds is retired: it leaves the course with the next one. What no release ever held
goes into the bin of the course, which is the same mark on a page that learners never saw; it can
be deleted for ever from there.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.errors import CourseError
from courses.models.outline import OutlineChange, OutlineFact, OutlineVerb
from courses.people import Person
from courses.releases.retiring import keep_page, retire_page
from courses.wording.apart import apart

from .holding import Held, hold
from .journal import Set, record, written_before
from .placing import require_kind
from .tree import OutlinePart

# For ever: each with all that refers to it, some sixty statements.
MOST_DELETED = 100


@transaction.atomic
def remove(*, course_id: int, pages: Sequence[int], by: Person, key: UUID) -> OutlineChange:
    """Into the bin, or retired, as releases say; with all that stands below."""
    held = hold(course_id, by)
    if before := written_before(course_id, key):
        return before
    steps = [
        Set(part.id, OutlineFact.RETIRED, False, True)
        for part in held.chosen(pages)
        if not part.retired
    ]
    mark(held, steps)
    return record(course_id=course_id, verb=OutlineVerb.REMOVE, key=key, by=by, steps=steps)


@transaction.atomic
def restore(*, course_id: int, pages: Sequence[int], by: Person, key: UUID) -> OutlineChange:
    """Back to where it stood. Raises CourseError for what stands in a chapter that is gone."""
    held = hold(course_id, by)
    if before := written_before(course_id, key):
        return before
    parts = [part for part in held.chosen(pages) if part.retired]
    for part in parts:
        _require_home(held, part)
    steps = [Set(part.id, OutlineFact.RETIRED, True, False) for part in parts]
    mark(held, steps)
    return record(course_id=course_id, verb=OutlineVerb.RESTORE, key=key, by=by, steps=steps)


@transaction.atomic
def delete(*, course_id: int, pages: Sequence[int], by: Person, key: UUID) -> OutlineChange:
    """For ever, out of the bin alone; nothing brings it back.

    Raises CourseError for what is not in the bin, or was ever submitted, and for more than
    ``MOST_DELETED`` of them.
    """
    held = hold(course_id, by)
    if before := written_before(course_id, key):
        return before
    parts = held.chosen(pages)
    if len(parts) > MOST_DELETED:
        raise CourseError(
            _("Delete at most %(most)s of them at once.") % {"most": MOST_DELETED},
            code="too_many_deleted",
        )
    for part in parts:
        page = part.page().specific
        if not part.retired or not page.permissions_for_user(by).can_delete():
            raise CourseError(
                _("“%(title)s” is not in the bin, or a release holds it.")
                % {"title": apart(part.title)},
                code="not_in_the_bin",
            )
    for part in parts:
        # Read again: what was deleted before it has changed the tree.
        part.page().specific.delete(user=by)
    return record(
        course_id=course_id,
        verb=OutlineVerb.DELETE,
        key=key,
        by=by,
        steps=[],
        parts=len(parts),
    )


def mark(held: Held, steps: Sequence[Set]) -> None:
    """Retires or keeps each page as the step says ``now``."""
    for step in steps:
        verb = retire_page if step.now else keep_page
        verb(page=held.part(step.page).page(), user=held.by)


def _require_home(held: Held, part: OutlinePart) -> None:
    gone = next((one for one in held.tree.above(part) if one.retired), None)
    if gone is not None:
        raise CourseError(
            _("“%(title)s” stands in the chapter “%(chapter)s”, which is gone. Bring that back.")
            % {"title": apart(part.title), "chapter": apart(gone.title)},
            code="chapter_gone",
        )
    require_kind(held, part.is_chapter, part.parent)
