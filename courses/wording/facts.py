"""Facts in a row, and how much a course holds, in words for a reader."""

from functools import reduce

from django.utils.formats import number_format
from django.utils.translation import ngettext, pgettext

from .durations import format_minutes


def in_a_row(*facts: str) -> str:
    """``5 min, with a quiz``; a fact that is empty is left out, with its comma."""
    told = [str(fact) for fact in facts if fact]
    if not told:
        return ""
    # Translators: facts in a row, such as “12 lessons, 3 h”.
    pattern = pgettext("facts", "%(first)s, %(second)s")
    return reduce(lambda first, second: pattern % {"first": first, "second": second}, told)


def format_number(number: int) -> str:
    """A count with its thousands apart: ``1,204``."""
    return number_format(number, force_grouping=True)


def extent(*, chapters: int = 0, lessons: int = 0, minutes: int | None = 0) -> str:
    """How much there is: ``3 chapters, 12 lessons, 9 h 40 min``. Nothing is said of none."""
    of_chapters = ngettext("%(n)s chapter", "%(n)s chapters", chapters)
    of_lessons = ngettext("%(n)s lesson", "%(n)s lessons", lessons)
    return in_a_row(
        of_chapters % {"n": format_number(chapters)} if chapters else "",
        of_lessons % {"n": format_number(lessons)} if lessons else "",
        format_minutes(minutes),
    )
