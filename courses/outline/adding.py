"""New chapters and lessons: one where the cursor stands, or a whole list of titles."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.drafts.growing import Sprout, grow
from courses.errors import CourseError
from courses.models import ChapterPage, ItemKind, LessonPage
from courses.models.outline import OutlineChange, OutlineFact, OutlineVerb
from courses.people import Person
from courses.releases.indexing import refer_pages

from .holding import Held, hold
from .journal import Set, record, written_before
from .placing import require_depth, require_it_is_there, require_kind
from .settling import Settling
from .titles import Line, read_lines, require_title
from .tree import OutlinePlace

MODEL_OF: dict[str, type[Page]] = {ItemKind.CHAPTER: ChapterPage, ItemKind.LESSON: LessonPage}
MOST_AT_ONCE = 500


@transaction.atomic
def add(
    *, course_id: int, kind: str, title: str, to: OutlinePlace, by: Person, key: UUID
) -> OutlineChange:
    """A new draft at ``to``. ``kind`` is ``chapter`` or ``lesson``.

    Raises OutlineClash when the place is gone, CourseError for a title that cannot be one and
    where a chapter may not stand.
    """
    held = hold(course_id, by)
    if before := written_before(course_id, key):
        return before
    require_it_is_there(held, to)
    sprout = Sprout(MODEL_OF[kind](title=require_title(title)))
    steps = grow_at(held, [sprout], to)
    return record(course_id=course_id, verb=OutlineVerb.ADD, key=key, by=by, steps=steps)


@transaction.atomic
def paste(*, course_id: int, text: str, parent: int, by: Person, key: UUID) -> OutlineChange:
    """A line a lesson, at the end of ``parent``; what is indented below a line makes it a chapter.

    Raises CourseError when no line has a title, for more than ``MOST_AT_ONCE`` of them, and where
    chapters may not stand.
    """
    held = hold(course_id, by)
    if before := written_before(course_id, key):
        return before
    lines = read_lines(text)
    if not lines:
        raise CourseError(_("Write at least one title, a line each."), code="nothing_pasted")
    if sum(line.count for line in lines) > MOST_AT_ONCE:
        raise CourseError(
            _("That is more than %(most)s titles. Paste it in parts.") % {"most": MOST_AT_ONCE},
            code="too_many_pasted",
        )
    siblings = [] if parent not in _parents(held) else held.tree.siblings(parent)
    to = OutlinePlace(parent, siblings[-1].id if siblings else None)
    require_it_is_there(held, to)
    steps = grow_at(held, [_sprout(line) for line in lines], to)
    return record(course_id=course_id, verb=OutlineVerb.PASTE, key=key, by=by, steps=steps)


def _parents(held: Held) -> set[int]:
    return {held.course.pk, *held.tree.parts}


def _sprout(line: Line) -> Sprout:
    model = ChapterPage if line.is_chapter else LessonPage
    return Sprout(model(title=require_title(line.title)), [_sprout(one) for one in line.below])


def grow_at(held: Held, sprouts: Sequence[Sprout], to: OutlinePlace) -> list[Set]:
    """Adds drafts one after the other at ``to``; the steps that this is.

    They grow at the end of their parent and are moved from there where something stands behind
    the place. To undo it puts the uppermost of them into the bin.
    """
    siblings = held.tree.siblings(to.parent)
    steps = grow_in(held, sprouts, to.parent)
    if (siblings[-1].id if siblings else None) != to.after:
        places, after = [], to.after
        for sprout in sprouts:
            places.append((sprout, OutlinePlace(to.parent, after)))
            after = sprout.page.pk
        put_there(held, places)
    return steps


def grow_in(held: Held, sprouts: Sequence[Sprout], parent: int) -> list[Set]:
    """Adds drafts at the end of ``parent``; the tree of ``held`` does not know them yet."""
    for sprout in sprouts:
        require_kind(held, isinstance(sprout.page, ChapterPage), parent)
    require_depth(held, parent, levels=_levels(sprouts))
    page = Page.objects.get(pk=parent)
    refer_pages(grow(parent=page, sprouts=list(sprouts), by=held.by, after_others=True))
    return [Set(sprout.page.pk, OutlineFact.RETIRED, True, False) for sprout in sprouts]


def put_there(held: Held, places: Iterable[tuple[Sprout, OutlinePlace]]) -> None:
    """Moves what grew to where it shall stand, all of it together."""
    tree, settling = held.read_again(), Settling(held)
    for sprout, to in places:
        settling.put(tree.parts[sprout.page.pk], to)
    settling.write()
    held.read_again()


def _levels(sprouts: Sequence[Sprout]) -> int:
    return 1 + max((_levels(sprout.below) for sprout in sprouts), default=0) if sprouts else 0
