"""The course at the side of a lesson.

Three hundred lines on every page of a long course, and but for the ticks the same for everybody:
each line is drawn once for a release, and what one reader did is put into it.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from threading import Lock

from cachetools import LRUCache
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.freshness.fragments import drawn
from courses.releases.outline import Outline, OutlineNode
from learners.access.decision import Access, Reason

from .syllabus import Step, Syllabus

CHAPTER = "learners/study/outline_chapter.html"
STEP = "learners/study/outline_step.html"
A_RING = "components/ring.html"
LEFT_OVER = "learners/study/outline_left.html"
# What a chapter opens, and its turn at the end closes.
CLOSES = "</ol></li>"
# Lines that a process remembers, of all releases, languages and kinds of readers: some 25 MB.
MOST = 10_000
INDENTED = re.compile(r"\s*\n\s*")

# Lines that are kept together, at the least: a chapter, or a few where there are none.
TOGETHER = 12

# Where a line waits for what is one reader's. Nobody can know it who writes a title.
RING, HERE, LEFT = (f"\ue010{token_hex(8)}" for _place in range(3))
IS_HERE = ' aria-current="page"'

# (release, the reader's language, the course's, why they may read, whether all is open)
Kind = tuple[int, str | None, str, str, bool]


def outline_lines(
    syllabus: Syllabus, step: Step | None, access: Access, language: str
) -> SafeString:
    """Chapters and lessons in reading order; ``step`` is the one that is open."""
    lines = _lines_of(syllabus, access, language)
    return mark_safe("".join(lines.of(syllabus, step.page_id if step else None)))


@dataclass
class Span:
    """Lines that follow one another, with whole chapters: from ``begins`` up to ``ends``."""

    begins: int
    ends: int
    pages: frozenset[int]  # of the lessons in it
    plain: str  # as somebody meets it who has opened nothing of it
    done: str | None = None  # and who has done all of it


class Lines:
    """The outline of a release for one kind of reader, without what is one reader's own.

    It stands there as somebody meets it who has opened nothing, so a reader costs what they did.
    """

    def __init__(self, outline: Outline, access: Access, language: str, *, all_open: bool) -> None:
        self.access, self.language = access, language
        self._plain: list[str] = []
        self._nodes = {node.page_id: node for node in outline.lessons}
        # Where the line of each lesson stands, by page, and what is left of the chapters above it.
        self._at: dict[int, int] = {}
        self._above: dict[int, list[int]] = {}
        self._chapters: dict[int, OutlineNode] = {}  # by where what is left of them stands
        self._in_time = sorted((node for node in outline.lessons if node.came_at), key=_came_at)
        self._times = [_came_at(node) for node in self._in_time]
        # By page and whether it is new: what stands around ``HERE`` and ``RING``.
        self._parts: dict[tuple[int, bool], list[str]] = {}
        # Whole lines, by page, of lessons that are done, and of those that are new.
        self._done: dict[int, str] = {}
        self._new: dict[int, str] = {}
        self._rings: dict[int, str] = {}
        self._left: dict[tuple[bool, int], str] = {}
        self._draw(Syllabus(outline, {}, all_open=all_open))
        self._spans = list(self._parts_of_the_way(outline))

    @property
    def size(self) -> int:
        return len(self._plain)

    def of(self, syllabus: Syllabus, here: int | None) -> list[str]:
        """Spans that somebody has not touched, or has done, are there already."""
        opened, done = syllabus.marks.keys(), syllabus.done
        new = {node.page_id for node in self._came_since(syllabus.since)} - opened
        found: list[str] = []
        for span in self._spans:
            if here in span.pages:
                found += self._marked(span, syllabus, new, here)
            elif span.pages <= done:
                if span.done is None:
                    span.done = "".join(self._marked(span, syllabus, new))
                found.append(span.done)
            elif span.pages.isdisjoint(opened) and span.pages.isdisjoint(new):
                found.append(span.plain)
            else:
                found += self._marked(span, syllabus, new)
        return found

    def _draw(self, blank: Syllabus) -> None:
        above: list[int] = []
        for node, closes in blank.outline.turns:
            if closes:
                self._plain.append(CLOSES)
                above.pop()
            elif node.is_lesson:
                self._at[node.page_id], self._above[node.page_id] = len(self._plain), above.copy()
                self._plain.append(self._line(blank.step(node)))
            else:
                before, after = self._chapter(node)
                place = len(self._plain) + 1
                left = self._left_over(node, done=0, minutes=0) if self.access.records else ""
                self._plain += [before, left, after]
                self._chapters[place] = node
                above.append(place)

    def _parts_of_the_way(self, outline: Outline) -> Iterator[Span]:
        """All lines, cut where no chapter is open."""
        begins, depth, pages = 0, 0, set[int]()
        places = iter(range(len(self._plain)))
        for node, closes in outline.turns:
            place = next(places)
            if closes:
                depth -= 1
            elif node.is_lesson:
                pages.add(node.page_id)
            else:
                depth += 1
                next(places), next(places)  # a chapter opens with three
            if not depth and place + 1 - begins >= TOGETHER:
                yield self._span(begins, place + 1, pages)
                begins, pages = place + 1, set()
        if begins < len(self._plain):
            yield self._span(begins, len(self._plain), pages)

    def _span(self, begins: int, ends: int, pages: set[int]) -> Span:
        return Span(begins, ends, frozenset(pages), "".join(self._plain[begins:ends]))

    def _marked(
        self, span: Span, syllabus: Syllabus, new: set[int], here: int | None = None
    ) -> list[str]:
        """Lessons that were opened, what that leaves of their chapters, and what is new."""
        lines, begins = self._plain[span.begins : span.ends], span.begins
        done, minutes = Counter[int](), Counter[int]()
        for page in span.pages & syllabus.marks.keys():
            mark, place = syllabus.marks[page], self._at[page]
            if mark.done:
                lines[place - begins] = self._whole(self._done, page, syllabus)
                for chapter in self._above[page]:
                    done[chapter] += 1
                    minutes[chapter] += self._nodes[page].minutes
            elif mark.begun:
                lines[place - begins] = self._line(syllabus.step(self._nodes[page]))
        for place, n in done.items():
            left = self._left_over(self._chapters[place], done=n, minutes=minutes[place])
            lines[place - begins] = left
        for page in span.pages & new:
            lines[self._at[page] - begins] = self._whole(self._new, page, syllabus)
        if here is not None:
            step = syllabus.step(self._nodes[here])
            lines[self._at[here] - begins] = self._line(step, is_here=True)
        return lines

    def _came_since(self, since: datetime | None) -> list[OutlineNode]:
        return self._in_time[bisect_right(self._times, since) :] if since else []

    def _whole(self, known: dict[int, str], page: int, syllabus: Syllabus) -> str:
        """A line that is the same for all readers of whom it is ``known``."""
        line = known.get(page)
        if line is None:
            line = known[page] = self._line(syllabus.step(self._nodes[page]))
        return line

    def _line(self, step: Step, *, is_here: bool = False) -> str:
        key = step.page_id, step.is_new
        if key not in self._parts:
            self._parts[key] = _parted(self._drawn(step), HERE, RING)
        before, between, after = self._parts[key]
        ring = self._ring(step) if self.access.records else ""
        return f"{before}{IS_HERE if is_here else ''}{between}{ring}{after}"

    def _drawn(self, step: Step) -> str:
        return drawn(
            STEP,
            uuid=step.uuid,
            title=step.title,
            language=self.language,
            minutes=step.minutes,
            icon=step.node.icon,
            is_open=step.is_open,
            records=self.access.records,
            is_preview=self.access.reason == Reason.PREVIEW,
            is_new=step.is_new,
            ring=RING,
            here=HERE,
        )

    def _ring(self, step: Step) -> str:
        percent = step.percent
        if percent not in self._rings:
            drawing = drawn(A_RING, value=percent, done=step.done)
            self._rings[percent] = INDENTED.sub("\n", drawing)
        return self._rings[percent]

    def _chapter(self, node: OutlineNode) -> list[str]:
        line = drawn(
            CHAPTER,
            number=node.number,
            title=node.title,
            language=self.language,
            deeper=bool(node.depth),
            records=self.access.records,
            left=LEFT,
        )
        return _parted(line, LEFT)

    def _left_over(self, chapter: OutlineNode, *, done: int, minutes: int) -> str:
        """Of a chapter in which so many lessons are done, of so many minutes."""
        key = (0 < done == chapter.lesson_count, chapter.minutes_below - minutes)
        if key not in self._left:
            self._left[key] = drawn(LEFT_OVER, done=key[0], minutes_left=key[1])
        return self._left[key]


_kept: LRUCache[Kind, Lines] = LRUCache(MOST, getsizeof=lambda lines: lines.size)
_lock = Lock()


def _lines_of(syllabus: Syllabus, access: Access, language: str) -> Lines:
    outline, all_open = syllabus.outline, syllabus.all_open
    item = outline.course_item
    if item is None:
        return Lines(outline, access, language, all_open=all_open)
    kind = (item.release_id, get_language(), language, str(access.reason), all_open)
    with _lock:
        found = _kept.get(kind)
    if found is None:
        found = Lines(outline, access, language, all_open=all_open)
        if found.size <= MOST:
            with _lock:
                _kept[kind] = found
    return found


def _came_at(node: OutlineNode) -> datetime:
    """Into the course; of a lesson that has come."""
    return node.came_at or datetime.min.replace(tzinfo=UTC)


def _parted(line: str, *places: str) -> list[str]:
    """The line around each of ``places``, in this order; what it lacks stands at its end."""
    found, rest = [], INDENTED.sub("\n", line)
    for place in places:
        before, _place, rest = rest.partition(place)
        found.append(before)
    return [*found, rest]


def forget() -> None:
    """For tests, which write releases over."""
    with _lock:
        _kept.clear()
