"""Courses that the product's own verbs write, submit and approve; all others are like one of them.

Titles, names and the price are marks that stand nowhere else, so that ``stencils`` finds them
again wherever the product wrote them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from courses.drafts.growing import Sprout, grow
from courses.models import Category, ChapterPage, CoursePage, CourseRelease, LessonPage
from courses.promises.keeping import sweep
from courses.releases import approve_release, submit_course
from courses.releases.indexing import refer_pages
from courses.teams.members import create_course
from learners.models import User

# Looked for in all that is written down, times too: no minute has so many seconds.
PRICE = Decimal("87.61")
PRODUCER = "Qvxproducerk"
# No vowels and no endings: no stemmer takes anything from them.
_LETTERS = "bcdfghjmnp"

SHORT = (
    "<p>Begin with what you have at hand, and write down what you see before you change it. "
    "Then do the same thing again, slowly, and look at what is different this time.</p>"
)
LONG = (
    "<p>Whoever begins sees the whole and no parts; whoever has practised for a year sees parts "
    "everywhere. This lesson takes one part and stays with it until it is yours. Read it once "
    "without a pencil, then once with one.</p><p>Keep what you make, dated. After ten lessons "
    "lay all of it on a table: progress is what you see then, and nobody has to tell you.</p>"
)
QUESTIONS = [
    {
        "type": "single_choice",
        "value": {
            "question": "<p>What comes first?</p>",
            # With keys of their own, as the editor gives them: answers name them.
            "options": [
                {
                    "type": "item",
                    "id": "00000000-0000-4000-8000-000000000001",
                    "value": {"text": "Looking", "correct": True, "feedback": "Yes, first."},
                },
                {
                    "type": "item",
                    "id": "00000000-0000-4000-8000-000000000002",
                    "value": {"text": "Buying a tool", "correct": False, "feedback": "Later."},
                },
            ],
            "explanation": "<p>Nobody draws what they have not seen.</p>",
        },
    },
    {
        "type": "true_false",
        "value": {
            "statement": "<p>A sheet that went wrong is worth keeping.</p>",
            "answer": "true",
            "feedback_true": "It shows the way.",
            "feedback_false": "",
            "explanation": "",
        },
    },
]


@dataclass(frozen=True)
class Shape:
    """How many chapters a course has, of how many lessons each, and what stands in them."""

    chapters: int
    lessons: int  # of each chapter
    text: str
    asks: bool = False  # the second lesson of each chapter has a quiz


SMALL = Shape(chapters=1, lessons=4, text=SHORT)
LARGE = Shape(chapters=2, lessons=13, text=LONG, asks=True)


def mark(kind: str, number: int) -> str:
    """The title of the page that stands at ``number`` in the pattern ``kind``, the course at 0."""
    return f"Qvx{kind}" + "".join(_LETTERS[int(digit)] for digit in f"{number:03d}") + "k"


def marks(kind: str) -> Iterator[str]:
    return (mark(kind, number) for number in count())


def long_shape(lessons: int) -> Shape:
    chapters = 20 if lessons >= 100 else 2
    return Shape(chapters=chapters, lessons=lessons // chapters, text=LONG, asks=True)


def write_course(shape: Shape, *, by: User, titles: Iterator[str], **fields: object) -> CoursePage:
    """A draft of that shape; ``titles`` of the course and of all below it, in reading order."""
    given: dict = {
        "subtitle": "What you see, put down so that others see it too.",
        "description": f"{LONG}<h3>Who this is for</h3>{SHORT}",
        "price": PRICE,
        "category": Category.objects.first(),
        "what_you_will_learn": [("item", line) for line in ("See", "Keep", "Show")],
        "requirements": [("item", "Paper and an hour in peace")],
        **fields,
    }
    course = create_course(producer=by, title=next(titles), **given)
    course.save_revision(user=by, log_action=False)
    sprouts = []
    for chapter in range(shape.chapters):
        page = ChapterPage(title=next(titles), description="What it is for, in a sentence.")
        below = [
            Sprout(_lesson(shape, next(titles), chapter, number)) for number in range(shape.lessons)
        ]
        sprouts.append(Sprout(page, below))
    pages = grow(parent=course, sprouts=sprouts, by=by)
    refer_pages(pages)
    return course


def submit(course: CoursePage) -> CourseRelease:
    return submit_course(course=course, user=course.owner)


def approve(release: CourseRelease, *, by: User) -> CoursePage:
    approve_release(release=release, user=by)
    return CoursePage.objects.get(pk=release.course_id)


def change_lessons(course: CoursePage, *, every: int) -> None:
    """One lesson in so many is written anew, for the next submission."""
    lessons = LessonPage.objects.descendant_of(course).order_by("path")
    for lesson in lessons[::every]:
        draft = lesson.get_latest_revision_as_object()
        draft.body = LessonPage.body.field.to_python(_named([_prose(LONG + SHORT)], "anew"))
        draft.is_preview = lesson.is_preview
        draft.save_revision(user=course.owner)


def keep_promises() -> None:
    """What would follow by and by: entries of the catalogue, search and reference index."""
    while sweep(now=timezone.now() + timedelta(days=1)):
        pass


def _lesson(shape: Shape, title: str, chapter: int, number: int) -> LessonPage:
    body = [_prose(shape.text)]
    if shape.asks:
        body.append({"type": "callout", "value": {"kind": "tip", "title": "Slowly", "text": SHORT}})
        body.append(_prose(shape.text))
    if shape.asks and number == 1:
        body += QUESTIONS
    return LessonPage(
        title=title,
        body=LessonPage.body.field.to_python(_named(body, title)),
        is_preview=chapter == number == 0,
    )


def _named(body: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Each block with a key, the same in the page's row and in its revision."""
    return [
        {**block, "id": str(uuid5(NAMESPACE_URL, f"{name}/{place}"))}
        for place, block in enumerate(body)
    ]


def _prose(html: str) -> dict[str, Any]:
    return {"type": "rich_text", "value": html}
