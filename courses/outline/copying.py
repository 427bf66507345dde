"""Copies of chapters and lessons, of what their latest drafts say."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from courses.drafts.copying import called_a_copy, copy_of
from courses.drafts.digest import page_of
from courses.drafts.growing import Sprout
from courses.errors import CourseError
from courses.models.outline import OutlineChange, OutlineVerb
from courses.people import Person

from .adding import MODEL_OF, grow_in, put_there
from .holding import hold
from .journal import Set, record, written_before
from .tree import OutlinePart, OutlinePlace

MOST_AT_ONCE = 100
MOST_IN_THEM = 1000  # chapters and lessons, those that they hold too


@transaction.atomic
def duplicate(*, course_id: int, pages: Sequence[int], by: Person, key: UUID) -> OutlineChange:
    """Copies each of ``pages`` right behind it, with all that stands below it and stays.

    Raises OutlineClash when one of them is gone, CourseError when there is nothing to copy.
    """
    held = hold(course_id, by)
    if before := written_before(course_id, key):
        return before
    parts = held.chosen(pages)
    if len(parts) > MOST_AT_ONCE:
        raise CourseError(
            _("Copy at most %(most)s of them at once.") % {"most": MOST_AT_ONCE},
            code="too_many_copied",
        )
    if sum(1 + len(list(part.below())) for part in parts) > MOST_IN_THEM:
        raise CourseError(
            _("Copy at most %(most)s of them at once.") % {"most": MOST_IN_THEM},
            code="too_many_copied",
        )
    drafts = _drafts(parts)
    copies = [(part, _copy(part, drafts)) for part in parts]
    steps: list[Set] = []
    for parent in dict.fromkeys(part.parent for part in parts):
        sprouts = [sprout for part, sprout in copies if part.parent == parent]
        for sprout in sprouts:
            sprout.page.title = called_a_copy(sprout.page.title)
        steps += grow_in(held, sprouts, parent)
    put_there(held, [(sprout, OutlinePlace(part.parent, part.id)) for part, sprout in copies])
    return record(course_id=course_id, verb=OutlineVerb.DUPLICATE, key=key, by=by, steps=steps)


def _drafts(parts: Sequence[OutlinePart]) -> dict[int, Page]:
    """The latest drafts of the parts and of all below them, by page."""
    found = [one for part in parts for one in [part, *part.below()]]
    rows = {one.row.latest_revision_id: one for one in found}
    stored = Revision.objects.filter(pk__in=rows).values_list("pk", "content")
    return {rows[pk].id: page_of(MODEL_OF[rows[pk].kind], content) for pk, content in stored}


def _copy(part: OutlinePart, drafts: dict[int, Page]) -> Sprout:
    """Of what a release would take from the draft; a page without one has a title at least."""
    draft = drafts.get(part.id) or MODEL_OF[part.kind](title=part.title)
    staying = [one for one in part.children if not one.retired]
    return Sprout(copy_of(draft), [_copy(one, drafts) for one in staying])
