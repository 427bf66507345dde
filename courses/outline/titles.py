"""Titles as they are typed: one, or an outline of them as people paste it from elsewhere."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.errors import CourseError

from .errors import too_deep

LONGEST = Page._meta.get_field("title").max_length
DEEPEST = Page._meta.get_field("path").max_length // Page.steplen
TAB_WIDTH = 4

# “- ”, “* ”, “• ”, “1. ”, “2) ”, “3.1 ”, “a) ”: how lists are marked elsewhere.
_MARK = re.compile(r"^(?:[-*+•–—]\s+|\(?\d+(?:\.\d+)+[.)]?\s+|\(?\d+[.)]\s+|\(?[a-zA-Z][.)]\s+)")
_HEADING = re.compile(r"^(#{1,6})\s+")


@dataclass
class Line:
    """A title and what stands below it; with something below it is a chapter."""

    title: str
    below: list["Line"] = field(default_factory=list)
    is_heading: bool = False

    @property
    def is_chapter(self) -> bool:
        return self.is_heading or bool(self.below)

    @property
    def count(self) -> int:
        return 1 + sum(line.count for line in self.below)


def require_title(title: str) -> str:
    """The title without spaces around it. Raises CourseError when it cannot be one."""
    title = " ".join(title.split())
    if not title:
        raise CourseError(_("Write a title."), code="no_title")
    if len(title) > LONGEST:
        raise CourseError(
            _("A title has %(most)s characters at most; this one has %(number)s.")
            % {"most": LONGEST, "number": len(title)},
            code="title_too_long",
        )
    return title


def read_lines(text: str) -> list[Line]:
    """The outline in ``text``: indented lines and headings make chapters, marks are dropped.

    Raises CourseError for one that is deeper than any tree of pages: whoever walks it does so by
    calling themselves.
    """
    top: list[Line] = []
    above: list[tuple[int, Line]] = []  # (how far it is indented, the line)
    heading = 0
    for raw in text.expandtabs(TAB_WIDTH).splitlines():
        if not raw.strip():
            continue
        bare = raw.strip()
        if found := _HEADING.match(bare):
            heading = len(found[1])
            depth = heading
            line = Line(bare[found.end() :].strip(), is_heading=True)
        else:
            # Below a heading everything stands in it, however far it is indented.
            depth = len(raw) - len(raw.lstrip()) + (7 if heading else 0)
            line = Line(_MARK.sub("", bare).strip())
        if not line.title:
            continue
        while above and above[-1][0] >= depth:
            above.pop()
        (above[-1][1].below if above else top).append(line)
        above.append((depth, line))
        if len(above) > DEEPEST:
            raise too_deep()
    return top
