"""The course at the side of a lesson: ``{% load outline %}``.

Three hundred lines on every page of a long course, and but for the ticks the same for everybody:
each line is drawn for what it says and remembered (``courses.freshness.fragments``).
"""

from collections.abc import Iterator

from django import template
from django.utils.safestring import SafeString, mark_safe

from courses.freshness.fragments import drawn
from learners.access.decision import Access, Reason
from learners.study.syllabus import Chapter, Step, Syllabus

register = template.Library()

CHAPTER = "learners/study/outline_chapter.html"
STEP = "learners/study/outline_step.html"
# What a chapter opens, and its turn at the end closes.
CLOSES = "</ol></li>"


@register.simple_tag
def outline_lines(
    syllabus: Syllabus, step: Step | None, access: Access, language: str
) -> SafeString:
    """Chapters and lessons in reading order; ``step`` is the one that is open."""
    return mark_safe("".join(_lines(syllabus, step, access, language)))


def _lines(
    syllabus: Syllabus, current: Step | None, access: Access, language: str
) -> Iterator[str]:
    here = current.uuid if current else None
    for turn in syllabus.turns():
        if turn.opens:
            yield _chapter(turn.opens, access, language)
        elif turn.step:
            yield _step(turn.step, access, language, is_here=turn.step.uuid == here)
        else:
            yield CLOSES


def _chapter(chapter: Chapter, access: Access, language: str) -> str:
    return drawn(
        CHAPTER,
        number=chapter.node.number,
        title=chapter.node.title,
        language=language,
        deeper=bool(chapter.node.depth),
        records=access.records,
        done=chapter.done,
        minutes_left=chapter.minutes_left,
    )


def _step(step: Step, access: Access, language: str, *, is_here: bool) -> str:
    return drawn(
        STEP,
        uuid=str(step.uuid),
        title=step.title,
        language=language,
        minutes=step.minutes,
        icon=step.node.icon,
        is_open=step.is_open,
        is_here=is_here,
        records=access.records,
        is_preview=access.reason == Reason.PREVIEW,
        is_new=step.is_new,
        percent=step.percent,
        done=step.done,
    )
