"""Putting parts where they shall stand, and asking whether they may."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.errors import CourseError
from courses.models import ItemKind
from courses.models.outline import OutlineFact
from courses.models.structure import takes_chapters
from courses.wording.apart import apart

from .errors import OutlineClash, too_deep
from .holding import Held
from .journal import Set
from .settling import Settling
from .tree import OutlinePart, OutlinePlace, Tree


def place_together(held: Held, parts: Sequence[OutlinePart], to: OutlinePlace) -> list[Set]:
    """Puts ``parts`` one after the other at ``to``, in their order; the steps that this is.

    Raises CourseError where they may not stand, OutlineClash when the place is gone.
    """
    was = {part.id: told_place(held.tree, part) for part in parts}
    require_place(held, parts, to)
    after = _standing_left_of(held, parts, to)
    settling = Settling(held)
    for part in parts:
        settling.put(part, OutlinePlace(to.parent, after))
        after = part.id
    settling.write()
    tree = held.read_again()
    return [
        Set(page, OutlineFact.PLACE, place, told_place(tree, tree.parts[page]))
        for page, place in was.items()
    ]


def told_place(tree: Tree, part: OutlinePart) -> dict[str, int | None]:
    """As the journal keeps it: the left neighbour may be gone when it is asked for again."""
    place = tree.place_of(part)
    index = tree.siblings(part.parent).index(part)
    return {"parent": place.parent, "after": place.after, "index": index}


def _standing_left_of(held: Held, parts: Sequence[OutlinePart], to: OutlinePlace) -> int | None:
    """``to.after``, or what stands left of it and is not moved itself."""
    siblings = [part.id for part in held.tree.siblings(to.parent)]
    moved = {part.id for part in parts}
    if to.after is None:
        return None
    before = siblings[: siblings.index(to.after) + 1]
    return next((page for page in reversed(before) if page not in moved), None)


def require_place(held: Held, parts: Sequence[OutlinePart], to: OutlinePlace) -> None:
    """Raises OutlineClash when the place is gone, CourseError where ``parts`` may not stand."""
    require_it_is_there(held, to)
    holders = {to.parent, *(one.id for one in _holders(held, to.parent))}
    for part in parts:
        if part.id in holders:
            raise CourseError(
                _("“%(title)s” cannot stand in itself.") % {"title": apart(part.title)},
                code="in_itself",
            )
        require_kind(held, part.kind == ItemKind.CHAPTER, to.parent)
        require_depth(held, to.parent, levels=part.levels)


def require_it_is_there(held: Held, to: OutlinePlace) -> None:
    tree = held.tree
    if to.parent != tree.course.pk:
        parent = tree.parts.get(to.parent)
        if parent is None or not parent.is_chapter or tree.is_gone(parent):
            raise OutlineClash(
                _("The chapter that this was meant for is gone meanwhile."), code="place_gone"
            )
    if to.after is not None and all(one.id != to.after for one in tree.siblings(to.parent)):
        raise OutlineClash(
            _("What stood beside that place is somewhere else meanwhile."), code="place_gone"
        )


def require_kind(held: Held, is_chapter: bool, parent: int) -> None:
    """A flat course takes no chapters right under it."""
    if is_chapter and parent == held.course.pk and not takes_chapters(held.course):
        raise CourseError(
            _("A flat course has no chapters. Make it hierarchical first."), code="flat_course"
        )


def _holders(held: Held, parent: int) -> list[OutlinePart]:
    part = held.tree.parts.get(parent)
    return list(held.tree.above(part)) if part else []


def require_depth(held: Held, parent: int, *, levels: int) -> None:
    """The tree of pages has a deepest place; ``levels`` are to stand below ``parent``."""
    part = held.tree.parts.get(parent)
    above = held.course.depth + (1 + len(list(held.tree.above(part))) if part else 0)
    if (above + levels) * Page.steplen > Page._meta.get_field("path").max_length:
        raise too_deep()
