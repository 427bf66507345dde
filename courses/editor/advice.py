"""What a template says to an author, taken out of all drafts of a course with one press, and back.

Only what nobody has written over (``courses.blocks.guidance``) goes; a block of one's own stays.
"""

import json
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.models import Page, Revision

from courses.blocks.guidance import left_guidance
from courses.blocks.walk import id_of_item
from courses.drafts.locks import lock_course, require_unlocked
from courses.drafts.nodes import Node, hold_draft, read_draft
from courses.drafts.rewriting import rewrite
from courses.errors import CourseError
from courses.models import CoursePage
from courses.people import Person

FIELDS = ("body", "what_you_will_learn", "requirements")


def blocks_of_advice(page: Page) -> list[str]:
    """The ids of the blocks of a draft that still say what a template said. Asks nothing."""
    streams = [getattr(page, name) for name in FIELDS if hasattr(page, name)]
    return [
        id_of_item(stream.stream_block, stream.raw_data, int(place.path[0])) or ""
        for stream in streams
        for place in left_guidance(stream)
    ]


@dataclass(frozen=True)
class Taken:
    """What is needed to put it back: of each page, the revisions before and after."""

    pages: list[tuple[int, int, int]]
    pieces: int


def take_advice_out(*, course: CoursePage, by: Person) -> Taken:
    """Writes nothing where nothing is left. Raises as ``_hold``, and for a page that is locked."""
    known = read_draft(course)
    with transaction.atomic():
        _hold(course, by)
        nodes = hold_draft(course, known)
        pieces = 0
        changes: dict[int, dict[str, str]] = {}
        for node in nodes:
            for name in FIELDS:
                left = _left_in(node, name)
                if left:
                    pieces += len(left)
                    kept = _without(node, name, left)
                    changes.setdefault(node.page.pk, {})[name] = json.dumps(kept)
        require_unlocked(changes, by=by)
        before = {node.page.pk: node.revision_id for node in nodes}
        rewrite(changes, by=by)
        after = Page.objects.filter(pk__in=changes).values_list("pk", "latest_revision_id")
        return Taken([(pk, before[pk], revision) for pk, revision in after], pieces)


def put_advice_back(*, course: CoursePage, taken: Taken, by: Person) -> int:
    """How many pages have it again: those that nobody has saved since. Raises as taking it out."""
    with transaction.atomic():
        _hold(course, by)
        told = {pk: (old, new) for pk, old, new in taken.pages}
        pages = Page.objects.filter(pk__in=told, path__startswith=course.path)
        now = dict(
            pages.select_for_update(no_key=True, of=("self",))
            .order_by("path")
            .values_list("pk", "latest_revision_id")
        )
        untouched = {told[pk][0]: pk for pk, revision in now.items() if revision == told[pk][1]}
        require_unlocked(untouched.values(), by=by)
        # A key in a session names no page but its own.
        found = Revision.page_revisions.filter(pk__in=untouched)
        rewrite(
            {
                untouched[one.pk]: {
                    name: one.content[name] for name in FIELDS if name in one.content
                }
                for one in found
                if one.object_id == str(untouched[one.pk])
            },
            by=by,
        )
        return len(untouched)


def _hold(course: CoursePage, by: Person) -> None:
    """Locks the course. Raises CourseError when it is gone, and when ``by`` may not write it."""
    lock_course(course.pk)
    if not course.permissions_for_user(by).can_edit():
        raise CourseError(
            _("Only the team of a course writes in it."), code="only_team_writes_course"
        )


def _left_in(node: Node, name: str) -> set[int]:
    """Places of what is left in a stream of the draft, where the page has one of that name."""
    stream: StreamValue | None = getattr(node.draft, name, None)
    return {int(place.path[0]) for place in left_guidance(stream)} if stream is not None else set()


def _without(node: Node, name: str, left: set[int]) -> list[object]:
    stored = getattr(node.draft, name).raw_data
    return [one for place, one in enumerate(stored) if place not in left]
