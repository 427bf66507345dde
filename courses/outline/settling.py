"""Parts are put elsewhere in the tree at hand, and then all pages are written at once.

Wagtail's own move writes every neighbour to the right by itself, so that a hundred lessons put
among a thousand are a hundred thousand statements, for which the whole team waits. What is left
in the rows is the same: ``tests/courses/outline/test_settling.py`` compares both ways.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry
from wagtail.signals import post_page_move, pre_page_move

from courses.drafts.growing import free_slug
from courses.promises.promising import promise

from .holding import Held
from .tree import OutlinePart, OutlinePlace

AT_ONCE = 500  # rows in one statement
STANDS_BY = ("path", "depth", "url_path", "slug", "numchild")

# Whether the moves that Wagtail tells of are ours, which are written down by their verb.
_ours: ContextVar[bool] = ContextVar("outline_moves_are_ours", default=False)


def moves_are_ours() -> bool:
    return _ours.get()


@contextmanager
def _our_moves() -> Iterator[None]:
    token = _ours.set(True)
    try:
        yield
    finally:
        _ours.reset(token)


class MadeMove(NamedTuple):
    """From one parent to another, or within one. Page ids."""

    page: int
    before: int
    after: int


class Settling:
    """``put`` moves parts of the tree of ``held``; ``write`` makes its pages stand as it does."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.moves: list[MadeMove] = []

    def put(self, part: OutlinePart, to: OutlinePlace) -> None:
        if to.after == part.id or self.held.tree.place_of(part) == to:
            return
        self.moves.append(MadeMove(part.id, part.parent, to.parent))
        self.held.tree.put(part, to)

    def write(self) -> None:
        """The same few statements for any number of moves; what was read of the course is old."""
        if self.moves:
            with _our_moves():
                _Settled(self.held, self.moves).write()


class _Settled:
    def __init__(self, held: Held, moves: list[MadeMove]) -> None:
        self.held, self.moves = held, moves
        self.moved = {move.page for move in moves}
        below = Page.objects.filter(path__startswith=held.course.path)
        self.pages: dict[int, Page] = {page.pk: page for page in below}
        self.was: dict[int, dict[str, Any]] = {
            pk: {name: getattr(page, name) for name in STANDS_BY} for pk, page in self.pages.items()
        }

    def write(self) -> None:
        tree = self.held.tree
        for move in self.moves:
            self._give_free_slug(move)
        self._settle(self.held.course.pk, tree.top, is_carried=False)
        for parent in {parent for move in self.moves for parent in (move.before, move.after)}:
            self.pages[parent].numchild = len(tree.siblings(parent))
        self._tell(pre_page_move)
        self._write_rows()
        self._tell(post_page_move)
        self._log()

    def _give_free_slug(self, move: MadeMove) -> None:
        """The address of a part is shown to nobody, and must differ from its neighbours'."""
        page, siblings = self.pages[move.page], self.held.tree.siblings(move.after)
        taken = {self.pages[one.id].slug for one in siblings if one.id != move.page}
        if page.slug in taken:
            page.slug = free_slug(page.slug, taken)

    def _settle(self, parent: int, parts: Iterable[OutlinePart], *, is_carried: bool) -> None:
        """What was not moved keeps its place, unless somebody was put there."""
        above, stood = self.pages[parent], self.was[parent]["path"]
        last = 0
        for part in parts:
            page, path = self.pages[part.id], self.was[part.id]["path"]
            stays = part.id not in self.moved and path[: -Page.steplen] == stood
            step = Page._str2int(path[-Page.steplen :]) if stays else 0
            last = max(step, last + 1)
            goes_along = is_carried or part.id in self.moved
            page.path = Page._get_path(above.path, above.depth + 1, last)
            page.depth = above.depth + 1
            if goes_along:
                page.url_path = f"{above.url_path}{page.slug}/"
            self._settle(part.id, part.children, is_carried=goes_along)

    def _write_rows(self) -> None:
        changed = [page for pk, page in self.pages.items() if self._differs(pk, *STANDS_BY)]
        elsewhere = [page.pk for page in changed if self._differs(page.pk, "path")]
        # No two may have one path, not even while they change places.
        between = Concat(Value("~"), Cast("pk", CharField()))
        Page.objects.filter(pk__in=elsewhere).update(path=between)
        Page.objects.bulk_update(changed, STANDS_BY, batch_size=AT_ONCE)

    def _differs(self, pk: int, *names: str) -> bool:
        return any(getattr(self.pages[pk], name) != self.was[pk][name] for name in names)

    def _tell(self, signal: Any) -> None:
        for move in self.moves:
            page = self.pages[move.page]
            signal.send(
                sender=page.specific_class or Page,
                instance=page,
                parent_page_before=self.pages[move.before],
                parent_page_after=self.pages[move.after],
                url_path_before=self.was[move.page]["url_path"],
                url_path_after=page.url_path,
            )

    def _log(self) -> None:
        """The entries that Wagtail writes when a page is moved."""
        context, kind = get_active_log_context(), ContentType.objects.get_for_model(Page)
        parents = {pk for move in self.moves for pk in (move.before, move.after)}
        named = {pk: self._named(pk) for pk in parents}
        entries = PageLogEntry.objects.bulk_create(
            PageLogEntry(
                page=self.pages[move.page],
                content_type=kind,
                label=self.pages[move.page].get_admin_display_title(),
                action="wagtail.reorder" if move.before == move.after else "wagtail.move",
                timestamp=timezone.now(),
                user=self.held.by,
                uuid=context.uuid,
                data={"source": named[move.before], "destination": named[move.after]},
            )
            for move in self.moves
        )
        promise("courses.index_pages", key=f"moved:{entries[0].pk}", keys=sorted(self.moved))

    def _named(self, pk: int) -> dict[str, Any]:
        specific: Any = self.pages[pk].specific_deferred
        return {"id": pk, "title": specific.get_admin_display_title()}
