"""Questions as a reader may see them: before answering, after, and with what was typed.

What is correct and what is said about it enter here only from an attempt that was graded,
so a template cannot give away what it was never handed.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from wagtail.blocks import StreamValue

from courses.blocks import LessonStream
from courses.formulas.words import kept_words
from courses.models import LessonPage
from learners.models import QuizAttempt

from .attempts import needed_right

PREFIX = "q-"


@dataclass(frozen=True)
class ShownOption:
    key: str
    text: str
    picked: bool = False
    verdict: str = ""  # "", "right", "wrong" or "missed"
    feedback: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether its text is ours, in the reader's language: “True” and “False”."""
        return self.key in ("true", "false")


@dataclass(frozen=True)
class ShownQuestion:
    id: str
    number: int
    prompt: object  # safe HTML
    multiple: bool
    options: list[ShownOption]
    verdict: str = ""  # "", "right" or "wrong"
    explanation: str = ""
    hints: list[object] = field(default_factory=list)  # safe HTML, the first to be opened first

    @property
    def name(self) -> str:
        return PREFIX + self.id


@dataclass
class Part:
    """A stretch of a lesson: blocks to read, or questions that follow one another."""

    blocks: list[StreamValue.StreamChild] = field(default_factory=list)
    questions: list[ShownQuestion] = field(default_factory=list)
    opens_quiz: bool = False
    ends_quiz: bool = False


@dataclass(frozen=True)
class Quiz:
    """The quiz of a lesson in its present state."""

    total: int
    needed: int
    attempt: QuizAttempt | None = None
    error: str = ""
    answerable: bool = True

    @property
    def right(self) -> int:
        return sum(entry["correct"] for entry in self.attempt.answers) if self.attempt else 0


def quiz_of(
    lesson: LessonPage,
    *,
    attempt: QuizAttempt | None = None,
    error: str = "",
    answerable: bool = True,
) -> Quiz | None:
    """The quiz of ``lesson``; None when it asks nothing. An outdated attempt is left out."""
    questions = lesson.questions
    if not questions:
        return None
    if attempt and {entry["id"] for entry in attempt.answers} != {q.id for q in questions}:
        attempt = None
    return Quiz(
        total=len(questions),
        needed=needed_right(len(questions), lesson.pass_mark),
        attempt=attempt,
        error=error,
        answerable=answerable,
    )


def parts_of(
    lesson: LessonPage,
    quiz: Quiz | None,
    picked: dict[str, list[str]] | None = None,
    *,
    without: StreamValue.StreamChild | None = None,
) -> list[Part]:
    """The body in reading order, ``without`` one block that stands elsewhere.

    ``picked`` are answers that were sent but not graded.
    """
    graded = {e["id"]: e for e in quiz.attempt.answers} if quiz and quiz.attempt else {}
    revealed = bool(quiz and quiz.attempt and quiz.attempt.passed)
    parts: list[Part] = []
    number = 0
    for block in lesson.body:
        if block is without:
            continue
        asks = block.block_type in LessonStream.question_types
        if not parts or bool(parts[-1].questions) != asks:
            parts.append(Part())
        if not asks:
            parts[-1].blocks.append(block)
            continue
        number += 1
        entry = graded.get(block.id)
        parts[-1].questions.append(
            _answered(block, number, entry, revealed)
            if entry
            else _open(block, number, (picked or {}).get(block.id, []))
        )
    asking = [part for part in parts if part.questions]
    if asking:
        asking[0].opens_quiz = asking[-1].ends_quiz = True
    return parts


def _open(block: StreamValue.StreamChild, number: int, picked: Collection[str]) -> ShownQuestion:
    return ShownQuestion(
        id=block.id,
        number=number,
        prompt=block.value.prompt,
        multiple=block.block.multiple,
        options=[
            ShownOption(choice.key, choice.text, choice.key in picked)
            for choice in block.value.choices
        ],
        hints=list(block.value.hint_list),
    )


def _answered(
    block: StreamValue.StreamChild, number: int, entry: dict[str, Any], revealed: bool
) -> ShownQuestion:
    """As it was answered. Options that were right but not picked show only after passing,
    so that another try is still a try."""
    return ShownQuestion(
        id=block.id,
        number=number,
        prompt=block.value.prompt,
        multiple=entry["multiple"],
        options=[_judged(choice, revealed) for choice in entry["choices"]],
        verdict="right" if entry["correct"] else "wrong",
        explanation=entry["explanation"],
    )


def _judged(choice: dict[str, Any], revealed: bool) -> ShownOption:
    verdict = ""
    if choice["picked"]:
        verdict = "right" if choice["correct"] else "wrong"
    elif revealed and choice["correct"]:
        verdict = "missed"
    said = choice["feedback"] if choice["picked"] or revealed else ""
    return ShownOption(
        choice["key"], kept_words(choice["text"]), choice["picked"], verdict, kept_words(said)
    )
