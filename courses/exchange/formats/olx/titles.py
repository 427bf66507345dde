"""Which names of an Open edX course learners read, and what a lesson is called.

The studio names everything it adds: a unit is a “Unit”, an exercise what kind it is. Learners see
the names of exercises above them, those of texts never.
"""

import re

from django.utils.translation import gettext as _

from courses.exchange.neutral import (
    Heading,
    ImportedComponent,
    ImportedLesson,
    NeutralQuestion,
    Outcome,
    Piece,
)
from courses.exchange.words import plain_text

SHOWN = {"problem", "poll", "poll_question", "survey", "openassessment", "annotatable"}
UNNAMED = {"unit", "new unit"}
OF_TEXTS = {"text", "raw html", "html"}  # names of nothing: a lesson is not called so

# The studio's own names for a new exercise.
_KIND_ALONE = re.compile(
    r"((blank|blank common|blank advanced|common) )?problem|"
    r"(multiple choice|single select|multi-select|checkboxes|dropdown|numerical input|text input)"
    r"( with hints and feedback)?|"
    r"math expression input|custom python-evaluated input|custom javascript display and grading|"
    r"image mapped input|circuit schematic builder|annotation problem|poll|survey|annotation|"
    r"open response assessment|drag and drop"
)


def name_lesson(lesson: ImportedLesson, written: str) -> str:
    """What a lesson is called whose unit is called `written`: one that nobody gave a name takes
    that of its only component."""
    if written.casefold() not in UNNAMED:
        return written
    names = [part.title for part in lesson.components]
    if len(names) == 1 and names[0] and names[0].casefold() not in OF_TEXTS:
        return names[0]
    return written


def show_title(component: ImportedComponent, lesson: ImportedLesson) -> None:
    """Put the name that learners saw above a component, unless it is said already."""
    title = component.title
    if component.kind not in SHOWN or component.outcome is Outcome.LEFT_OUT or not title:
        return
    said = {_letters(lesson.title), *map(_letters, map(_name_of, component.pieces))}
    if _letters(title) in said:
        return
    if _KIND_ALONE.fullmatch(title.casefold()):
        told = _("its title “%(title)s” says only what kind of exercise it is and was left out")
        component.remark(told % {"title": title})
        return
    component.pieces.insert(0, Heading(title, 3))


def _name_of(piece: Piece) -> str:
    """What stands above a piece, or the question it asks."""
    if isinstance(piece, NeutralQuestion):
        return plain_text(piece.text)
    return str(getattr(piece, "title", "") or getattr(piece, "text", ""))


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
