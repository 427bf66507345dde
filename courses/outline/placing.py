"""Putting parts where they shall stand: by Wagtail's own move, one part after the other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import gettext as _
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page

from courses.drafts.growing import free_slug
from courses.errors import CourseError
from courses.models import ItemKind
from courses.models.outline import OutlineFact
from courses.models.structure import takes_chapters
from courses.wording.apart import apart

from .errors import OutlineClash, too_deep
from .holding import Held
from .journal import Set
from .tree import OutlinePart, OutlinePlace, Tree

# Whether the moves that Wagtail tells of are ours, which are written down by their verb.
_ours: ContextVar[bool] = ContextVar("outline_moves_are_ours", default=False)


def moves_are_ours() -> bool:
    return _ours.get()


@contextmanager
def our_moves() -> Iterator[None]:
    token = _ours.set(True)
    try:
        yield
    finally:
        _ours.reset(token)


def place_together(held: Held, parts: Sequence[OutlinePart], to: OutlinePlace) -> list[Set]:
    """Puts ``parts`` one after the other at ``to``, in their order; the steps that this is.

    Raises CourseError where they may not stand, OutlineClash when the place is gone.
    """
    was = {part.id: told_place(held.tree, part) for part in parts}
    require_place(held, parts, to)
    after = _standing_left_of(held, parts, to)
    with our_moves():
        for part in parts:
            put(held, part.id, OutlinePlace(to.parent, after))
            after = part.id
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


def put(held: Held, page_id: int, to: OutlinePlace) -> None:
    """Moves the page there. Some fifteen SQL; none when it stands there already."""
    page = Page.objects.get(pk=page_id)
    target, pos = _target(to)
    if target.pk == page.pk or _stands(page, to):
        return
    parent = Page.objects.get(pk=to.parent)
    if page.path[: -Page.steplen] != parent.path:
        _give_free_slug(page, parent)
    # What may be done was asked under the lock, of the whole course.
    MovePageAction(page, target, pos=pos, user=held.by).execute(skip_permission_checks=True)


def _target(to: OutlinePlace) -> tuple[Page, str]:
    """(the page beside or in which it is put, how treebeard calls that)."""
    if to.after is not None:
        return Page.objects.get(pk=to.after), "right"
    return Page.objects.get(pk=to.parent), "first-child"


def _stands(page: Page, to: OutlinePlace) -> bool:
    parent = page.get_parent()
    if parent.pk != to.parent:
        return False
    left = page.get_prev_sibling()
    return (left.pk if left else None) == to.after


def _give_free_slug(page: Page, parent: Page) -> None:
    """The address of a part is shown to nobody, and must differ from its neighbours'."""
    taken = set(parent.get_children().values_list("slug", flat=True))
    if page.slug in taken:
        page.slug = free_slug(page.slug, taken)
        Page.objects.filter(pk=page.pk).update(slug=page.slug)


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
        deepest = max((one.row.depth for one in part.below()), default=part.row.depth)
        require_depth(held, to.parent, levels=1 + deepest - part.row.depth)


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
    above = held.tree.parts[parent].row.depth if parent in held.tree.parts else held.course.depth
    if (above + levels) * Page.steplen > Page._meta.get_field("path").max_length:
        raise too_deep()
