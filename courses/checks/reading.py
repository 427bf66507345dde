"""A draft read and checked as a whole, once, before anybody waits for it.

A submission is checked where its words are still in a form, and pinned a moment later under the
lock on the course. Reading every lesson again there would make everybody wait who saves or buys
meanwhile, so what was read is kept at hand: pinning takes of it whatever is still the newest, and
reads what was saved since.
"""

import weakref
from collections.abc import Iterable
from contextvars import ContextVar

from wagtail.models import Page

from courses.covers.pictures import make_thumbnail
from courses.drafts.nodes import Node, read_draft
from courses.files.held import media_of
from courses.models import CoursePage

from .readiness import Problem, problems_of


class CheckedDraft:
    """``nodes`` and what is to mend in them. At hand for as long as somebody keeps it."""

    def __init__(self, course: Page, in_memory: CoursePage | None = None) -> None:
        self.course_id = course.pk
        self.nodes = read_draft(course)
        if in_memory is not None:
            self.nodes[0].draft = in_memory
        self.problems: list[Problem] = problems_of(self.nodes)
        if not self.problems:
            for node in self.nodes[1:]:
                work_out(node)
            # Else the picture of its card would be made when it is approved, under the lock.
            make_thumbnail(self.nodes[0].draft)

    @property
    def known(self) -> Iterable[Node]:
        """Chapters and lessons; the course itself may be in memory and saved by no one yet."""
        return self.nodes[1:]


_latest: ContextVar["weakref.ref[CheckedDraft] | None"] = ContextVar("checked_draft", default=None)


def check_draft(course: CoursePage) -> CheckedDraft:
    """What is to mend before ``course``, as it is in memory, can be submitted; locks nothing."""
    row = Page.objects.get(pk=course.pk)
    checked = CheckedDraft(row, in_memory=course)
    _latest.set(weakref.ref(checked))
    return checked


def known_of(course_id: int) -> Iterable[Node]:
    """What is at hand of the course, else what is read now, which locks nothing.

    For a page that is no course there is nothing to know.
    """
    held = _latest.get()
    checked = held() if held else None
    if checked is not None and checked.course_id == course_id:
        return checked.known
    row = Page.objects.filter(pk=course_id).first()
    if row is None or row.specific_class is not CoursePage:
        return ()
    return CheckedDraft(row).known


def work_out(node: Node) -> None:
    """The digest of what it says, and what it holds: with the words it was read from at hand."""
    node.digest  # noqa: B018 (kept by the node)
    if node.media is None:
        node.media = node.released.media if node.released else media_of(node.draft)
