"""The course at the side of a lesson: ``{% load outline %}``.

Three hundred lines on every page of a long course, and but for the ticks the same for everybody:
each line is drawn once for a release, and what one reader did is put into it.
"""

import re
from collections.abc import Iterator
from threading import Lock

from cachetools import LRUCache
from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.freshness.fragments import drawn
from courses.releases.outline import OutlineNode
from learners.access.decision import Access, Reason
from learners.study.syllabus import Step, Syllabus

register = template.Library()

CHAPTER = "learners/study/outline_chapter.html"
STEP = "learners/study/outline_step.html"
A_RING = "components/ring.html"
LEFT_OVER = "learners/study/outline_left.html"
# What a chapter opens, and its turn at the end closes.
CLOSES = "</ol></li>"
# Lines that a process remembers, of all releases, languages and kinds of readers: some 15 MB.
MOST = 10_000
INDENTED = re.compile(r"\s*\n\s*")

# Where a line waits for what is one reader's. Letters for private use, which no text of ours has.
RING, HERE, LEFT = "\ue010", "\ue011", "\ue012"
IS_HERE = ' aria-current="page"'
DONE, NEW = "done", "new"

# (release, the reader's language, the course's, why they may read, whether all is open)
Kind = tuple[int, str | None, str, str, bool]


@register.simple_tag
def outline_lines(
    syllabus: Syllabus, step: Step | None, access: Access, language: str
) -> SafeString:
    """Chapters and lessons in reading order; ``step`` is the one that is open."""
    lines = _lines_of(syllabus, access, language)
    return mark_safe("".join(lines.of(syllabus, step.page_id if step else None)))


class Lines:
    """The outline of a release for one kind of reader, without what is one reader's own."""

    def __init__(self, access: Access, language: str, size: int) -> None:
        self.access, self.language, self.size = access, language, size
        # By page and whether it is new: what stands around ``HERE`` and ``RING``.
        self._parts: dict[tuple[int, bool], list[str]] = {}
        # Whole, by page and how it stands: done, not begun, or new. Most lines are one of these.
        self._whole: dict[tuple[int, str], str] = {}
        self._chapters: dict[int, list[str]] = {}
        self._rings: dict[int, str] = {}

    def of(self, syllabus: Syllabus, here: int | None) -> Iterator[str]:
        marks, since = syllabus.marks, syllabus.since
        newest = syllabus.outline.newest
        may_be_new = bool(since and newest and newest > since)
        whole = self._whole
        for node, closes in syllabus.outline.turns:
            if closes:
                yield CLOSES
                continue
            page = node.page_id
            if not node.is_lesson:
                yield from self._chapter(syllabus, node)
                continue
            mark = marks.get(page)
            if page == here or (mark and mark.begun):
                yield self._line(syllabus.step(node), is_here=page == here)
                continue
            is_new = may_be_new and not mark and syllabus.step(node).is_new
            state = NEW if is_new else DONE if mark and mark.done else ""
            if (page, state) not in whole:
                whole[page, state] = self._line(syllabus.step(node))
            yield whole[page, state]

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

    def _chapter(self, syllabus: Syllabus, node: OutlineNode) -> Iterator[str]:
        if node.page_id not in self._chapters:
            line = drawn(
                CHAPTER,
                number=node.number,
                title=node.title,
                language=self.language,
                deeper=bool(node.depth),
                records=self.access.records,
                left=LEFT,
            )
            self._chapters[node.page_id] = _parted(line, LEFT)
        before, after = self._chapters[node.page_id]
        yield before
        if self.access.records:
            chapter = syllabus.chapter(node)
            yield drawn(LEFT_OVER, done=chapter.done, minutes_left=chapter.minutes_left)
        yield after


_kept: LRUCache[Kind, Lines] = LRUCache(MOST, getsizeof=lambda lines: lines.size)
_lock = Lock()


def _lines_of(syllabus: Syllabus, access: Access, language: str) -> Lines:
    item, size = syllabus.outline.course_item, len(syllabus.outline.turns)
    if item is None or size > MOST:
        return Lines(access, language, size)
    kind = (item.release_id, get_language(), language, str(access.reason), syllabus.all_open)
    with _lock:
        if kind not in _kept:
            _kept[kind] = Lines(access, language, size)
        return _kept[kind]


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
