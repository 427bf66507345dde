"""A lesson to look at before one writes the first: what blocks look like when they are read.

It is no row of any table, and of no course: it borrows the colours of the person's own for as long
as it is drawn.
"""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.models import CoursePage, LessonPage

UUID_OF_SAMPLE = UUID("5a3c0de0-0000-4000-8000-00000000e550")


def sample_lesson(course: CoursePage) -> LessonPage:
    """Never saved. Below ``course``, so that it is read there."""
    lesson = LessonPage(
        pk=0,
        uuid=UUID_OF_SAMPLE,
        title=_("How to fold a letter so that it opens itself"),
        path=Page._get_path(course.path, course.depth + 1, 1),
        depth=course.depth + 1,
        slug="sample",
        body=_body(),
    )
    lesson._state.adding = False
    return lesson


def _body() -> list[tuple[str, Any]]:
    block = LessonPage.body.field.stream_block
    raw = [
        {"type": kind, "value": value, "id": f"5a3c0de0-0000-4000-8000-{number:012d}"}
        for number, (kind, value) in enumerate(_blocks(), start=1)
    ]
    body: list[tuple[str, Any]] = block.to_python(raw)
    return body


def _blocks() -> list[tuple[str, Any]]:
    return [
        (
            "rich_text",
            "<p>{}</p>".format(
                _(
                    "By the end of this lesson you can fold one sheet of paper so that it is its "
                    "own envelope, and so that whoever gets it opens it with one pull."
                )
            ),
        ),
        (
            "callout",
            {
                "tone": "tip",
                "title": _("Have this at hand"),
                "text": "<p>{}</p>".format(
                    _("One sheet of A4 or letter paper, and a table. No scissors, no glue.")
                ),
            },
        ),
        ("heading", {"text": _("Three folds"), "level": "2"}),
        (
            "rich_text",
            "<ol><li>{}</li><li>{}</li><li>{}</li></ol>".format(
                _("Lay the sheet upright. Fold the lower third up, and press the edge flat."),
                _("Fold the two lower corners to the middle: they make a point."),
                _("Fold the upper third down over both, and tuck its edge into the point."),
            ),
        ),
        (
            "quote",
            {
                "text": _(
                    "A letter is a promise that somebody sat down for you. How it opens is its "
                    "first sentence."
                ),
                "source": _("From a letter writer’s notebook"),
            },
        ),
        (
            "callout",
            {
                "tone": "exercise",
                "title": _("Now you"),
                "text": "<p>{}</p>".format(
                    _(
                        "Fold one, write a line inside, and give it to somebody in the next room. "
                        "Watch where they pull."
                    )
                ),
            },
        ),
        (
            "single_choice",
            {
                "question": "<p>{}</p>".format(_("Why is the upper third tucked in last?")),
                "options": [
                    {
                        "text": _("It holds both corners, so that one pull frees everything."),
                        "correct": True,
                        "feedback": _("Yes: it is the latch."),
                    },
                    {
                        "text": _("It is the shortest side of the sheet."),
                        "correct": False,
                        "feedback": _("All thirds are as long as each other."),
                    },
                    {
                        "text": _("It keeps the writing dry."),
                        "correct": False,
                        "feedback": _("It would, but the corners decide how it opens."),
                    },
                ],
                "explanation": "",
            },
        ),
    ]
