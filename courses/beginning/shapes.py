"""What a template is made of. Its words are lazy: an author reads them in their own language.

``advice``, ``task`` and ``place`` speak to the author and are marked as such
(``courses.blocks.guidance``); so is a sample question. Headings are the course's own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.utils.functional import Promise
from django.utils.html import escape

from courses.blocks import LessonStream
from courses.blocks.guidance import guiding_id
from courses.models import StructureType

Words = str | Promise
Raw = dict[str, Any]  # of a block, as a stream stores it
Piece = Callable[[], Raw]  # written when it is asked for, in the language of that moment

_STREAM = LessonStream()


@dataclass(frozen=True)
class Lesson:
    title: Words
    pieces: Sequence[Piece]
    is_preview: bool = False


@dataclass(frozen=True)
class Chapter:
    title: Words
    lessons: Sequence[Lesson]
    description: Words = ""


@dataclass(frozen=True)
class Template:
    """``name`` is its key; ``outcomes`` and ``needs`` show what such lines say."""

    name: str
    title: Words
    promise: Words  # whom it suits, in a sentence
    parts: Sequence[Chapter | Lesson]
    outcomes: Sequence[Words] = ()
    needs: Sequence[Words] = ()
    structure: str = field(default=StructureType.HIERARCHICAL)

    @property
    def lessons(self) -> list[Lesson]:
        found: list[Lesson] = []
        for part in self.parts:
            found += part.lessons if isinstance(part, Chapter) else [part]
        return found

    @property
    def chapters(self) -> list[Chapter]:
        return [part for part in self.parts if isinstance(part, Chapter)]


def heading(text: Words) -> Piece:
    """A section that the finished lesson may well have."""
    return lambda: _block("heading", {"text": str(text), "level": "2"}, guides=False)


def advice(title: Words, text: Words, *points: Words) -> Piece:
    """A tip to the author: what works here, and why."""
    return lambda: _block(
        "callout", {"kind": "tip", "title": str(title), "text": _html(text, points)}
    )


def task(title: Words, text: Words, *points: Words) -> Piece:
    """An exercise for learners, as a pattern to fill."""
    return lambda: _block(
        "callout", {"kind": "exercise", "title": str(title), "text": _html(text, points)}
    )


def place(text: Words, *points: Words) -> Piece:
    """Where the author's own words go, and what they say."""
    return lambda: _block("rich_text", _html(text, points))


def question(
    prompt: Words, *, right: Words, wrong: Sequence[tuple[Words, Words]], why: Words
) -> Piece:
    """A sample question; ``wrong`` are options with what is said to whoever picks them."""

    def write() -> Raw:
        options = [_option(right, True, why), *(_option(text, False, said) for text, said in wrong)]
        listed = [{"type": "item", "value": one, "id": str(uuid4())} for one in options]
        value = {"question": _html(prompt, ()), "options": listed, "hints": [], "explanation": ""}
        return _block("single_choice", value)

    return write


def _option(text: Words, is_right: bool, feedback: Words) -> Raw:
    return {"text": str(text), "correct": is_right, "feedback": str(feedback)}


def _html(text: Words, points: Sequence[Words]) -> str:
    listed = "".join(f"<li>{escape(point)}</li>" for point in points)
    return f"<p>{escape(text)}</p>" + (f"<ul>{listed}</ul>" if listed else "")


def _block(kind: str, value: Any, *, guides: bool = True) -> Raw:
    key = guiding_id(_STREAM.child_blocks[kind], value) if guides else str(uuid4())
    return {"type": kind, "value": value, "id": key}
