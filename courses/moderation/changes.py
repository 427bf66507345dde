"""What a submission would change for learners, page by page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from wagtail.models import Page, Revision

from courses.drafts.digest import page_of
from courses.drafts.nodes import MODEL_OF_KIND
from courses.models import CourseRelease, ReleaseItem, ReleaseStatus
from courses.words.segments import unbreakable

from .text import lines_of, names_in

CONTEXT = 1  # unchanged lines shown around a change

ItemsByPage = dict[int, ReleaseItem]


@dataclass
class Piece:
    """Some words of a line: ``same``, ``gone`` or ``new``."""

    state: str
    text: str


@dataclass
class TextLine:
    """A line of a comparison: ``same``, ``gone``, ``new``, or ``gap`` for lines left out."""

    state: str
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class PageChange:
    """One page that differs. ``was`` is None for a new page, ``item`` for a retired one."""

    item: ReleaseItem | None
    was: ReleaseItem | None
    is_moved: bool = False
    is_edited: bool = False
    # None until ``compare`` has read both versions of an edited page.
    lines: list[TextLine] | None = None

    @property
    def subject(self) -> ReleaseItem:
        subject = self.item or self.was
        assert subject is not None
        return subject

    @property
    def is_compared(self) -> bool:
        """Whether all that is to say of the page is known; to compare takes its whole text."""
        return not self.is_edited or self.lines is not None

    @property
    def states(self) -> list[str]:
        if self.was is None:
            return ["new"]
        if self.item is None:
            return ["retired"]
        return [name for name in ("edited", "moved") if getattr(self, f"is_{name}")]


def current_release(course_id: int) -> CourseRelease | None:
    return CourseRelease.objects.filter(course_id=course_id, status=ReleaseStatus.CURRENT).first()


def changes_between(old: CourseRelease, new: CourseRelease) -> list[PageChange]:
    """Pages that are new, edited, moved or retired, in reading order, the retired last.

    Two queries, and no text is read: see ``compare``.
    """
    before = {item.page_id: item for item in old.items.all()}
    after = {item.page_id: item for item in new.items.all()}
    moved = _moved(before, after)
    changes = []
    for page_id, item in after.items():
        was = before.get(page_id)
        edited = was is not None and was.digest != item.digest
        if was is None or edited or page_id in moved:
            changes.append(PageChange(item, was, is_moved=page_id in moved, is_edited=edited))
    changes += [PageChange(None, was) for page_id, was in before.items() if page_id not in after]
    return changes


def pinned_pages(items: Iterable[ReleaseItem]) -> dict[int, Page]:
    """{item key: the page as pinned} without a query per page."""
    items = list(items)
    revisions = Revision.objects.filter(pk__in=[item.revision_id for item in items])
    contents = dict(revisions.values_list("pk", "content"))
    return {
        item.pk: page_of(MODEL_OF_KIND[item.kind], contents[item.revision_id]) for item in items
    }


def compared(before: list[str], after: list[str]) -> list[TextLine]:
    """The lines that differ, with a little of what stands around them."""
    lines: list[TextLine] = []
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(CONTEXT):
        if lines:
            lines.append(TextLine("gap"))
        for verb, a, b, c, d in group:
            if verb == "equal":
                lines += [TextLine("same", [Piece("same", text)]) for text in before[a:b]]
                continue
            paired = min(b - a, d - c) if verb == "replace" else 0
            for one, other in zip(before[a : a + paired], after[c : c + paired], strict=True):
                lines += _words(one, other)
            lines += [TextLine("gone", [Piece("gone", text)]) for text in before[a + paired : b]]
            lines += [TextLine("new", [Piece("new", text)]) for text in after[c + paired : d]]
    return lines


def _words(one: str, other: str) -> list[TextLine]:
    """Two versions of one line, with the words that differ told apart."""
    a, b = unbreakable(one), unbreakable(other)
    gone, new = TextLine("gone"), TextLine("new")
    for verb, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        same = verb == "equal"
        if i < j:
            gone.pieces.append(Piece("same" if same else "gone", "".join(a[i:j])))
        if k < m:
            new.pieces.append(Piece("same" if same else "new", "".join(b[k:m])))
    return [gone, new]


def compare(changes: Iterable[PageChange]) -> None:
    """Says line by line what was edited in these pages; five queries for all of them."""
    pairs = [(change, change.was, change.item) for change in changes if change.is_edited]
    both = [(change, was, item) for change, was, item in pairs if was and item]
    items = [item for _, *versions in both for item in versions]
    pages = pinned_pages(items)
    names = names_in(items, pages.values())
    for change, was, item in both:
        change.lines = compared(lines_of(pages[was.pk], names), lines_of(pages[item.pk], names))


def _moved(before: ItemsByPage, after: ItemsByPage) -> set[int]:
    """Pages in another chapter, or in another order among those that stayed in theirs."""
    moved = set()
    orders: dict[int | None, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    parents = [_parents(before), _parents(after)]
    for page_id in after.keys() & before.keys():
        if parents[0][page_id] != parents[1][page_id]:
            moved.add(page_id)
    for side, items in enumerate((before, after)):
        for page_id in items:
            if page_id not in moved and page_id in before and page_id in after:
                orders[parents[1][page_id]][side].append(page_id)
    for old_order, new_order in orders.values():
        matcher = SequenceMatcher(None, old_order, new_order, autojunk=False)
        kept = {
            page_id
            for a, _, size in matcher.get_matching_blocks()
            for page_id in old_order[a : a + size]
        }
        moved |= set(new_order) - kept
    return moved


def _parents(items: ItemsByPage) -> dict[int, int | None]:
    pages: dict[int | None, int] = {item.pk: item.page_id for item in items.values()}
    return {page_id: pages.get(item.parent_id) for page_id, item in items.items()}
