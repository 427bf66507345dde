"""A lesson page as all who study it meet it, drawn once, with holes for what is one reader's own.

Drawn without a request, from the lesson, its release and its course alone: nobody's name or tick
can get into it. A hole has the name of what of ``Mine`` comes there. Decision 0048.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from secrets import token_hex
from typing import Any

from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from courses.wording.apart import apart

from .mine import Mine

# Where a hole begins. Nobody can know it who writes a lesson, and have a reader's token put into
# an address of theirs: it is another one whenever the process starts.
OPENS, CLOSES = f"\ue030{token_hex(16)}-", "\ue031"
HOLE = re.compile(f"{OPENS}([a-z_]+){CLOSES}")
PAGE = "learners/study/lesson.html"


class Holes:
    """Stands in for ``Mine`` where a page is drawn for nobody."""

    def __getattr__(self, name: str) -> SafeString:
        if not isinstance(getattr(Mine, name, None), property | cached_property):
            raise AttributeError(name)
        return mark_safe(f"{OPENS}{name}{CLOSES}")


class Sheet:
    """Text with holes in it."""

    def __init__(self, html: str) -> None:
        self._texts = HOLE.split(html)  # every second one is the name of a hole
        self._names = list(enumerate(self._texts))[1::2]

    def filled(self, mine: Mine) -> SafeString:
        texts = self._texts.copy()
        for place, name in self._names:
            texts[place] = conditional_escape(getattr(mine, name))
        return mark_safe("".join(texts))


def drawn_for_nobody(context: Mapping[str, Any]) -> Sheet:
    """A whole lesson page, frame and all, in one language of readers."""
    holes = Holes()
    given = {**context, "mine": holes, "csrf_token": holes.csrf_token}
    return Sheet(get_template(PAGE).render(given))


def title_of(lesson: Any, course_title: str) -> str:
    """Of the page, but for the name of the site."""
    return f"{apart(lesson.title)} · {apart(course_title)}"
