"""Questions as a reader may see them: before answering, after, and with what was typed.

What is correct and what is said about it enter here only from an attempt that was graded, or as
the key for those who judge the questions, so a template cannot give away what it was never handed.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from wagtail.blocks import StreamValue

from courses.blocks import LessonStream
from courses.formulas.words import kept_words
from learners.models import QuizAttempt

from .attempts import AskingLesson, needed_right

PREFIX = "q-"


@dataclass(frozen=True)
class ShownOption:
    key: str
    text: str
    picked: bool = False
    verdict: str = ""  # "", "right", "wrong" or "missed"; in a key, "key" where it is right
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
    explanation: object = ""  # HTML, or rich text of a block
    hints: list[object] = field(default_factory=list)  # safe HTML, the first to be opened first
    is_key: bool = False  # right answers and all that is said of them stand beside it

    @property
    def name(self) -> str:
        return PREFIX + self.id


@dataclass
class Part:
    """A stretch of a lesson: blocks to read, or questions that follow one another."""

    blocks: list[StreamValue.StreamChild] = field(default_factory=list)
    html: str = ""  # the same, drawn already
    questions: list[ShownQuestion] = field(default_factory=list)
    opens_quiz: bool = False
    ends_quiz: bool = False
    is_quiz: bool = False


class Answering(Enum):
    """What becomes of a reader's answers."""

    GRADED = "graded"  # and kept, of those who leave traces
    TRIED = "tried"  # graded, and kept of nobody: the lesson is open to everyone
    ELSEWHERE = "elsewhere"  # the lesson is shown in a part of another page
    OVER = "over"  # the lesson has left the course
    JUDGED = "judged"  # nobody answers: the team or a moderator reads it with its key


@dataclass(frozen=True)
class Quiz:
    """The quiz of a lesson in its present state."""

    total: int
    needed: int
    attempt: QuizAttempt | None = None
    error: str = ""
    answering: Answering = Answering.GRADED

    @property
    def answerable(self) -> bool:
        return self.answering in (Answering.GRADED, Answering.TRIED)

    @property
    def is_tried(self) -> bool:
        return self.answering is Answering.TRIED

    @property
    def is_over(self) -> bool:
        return self.answering is Answering.OVER

    @property
    def is_judged(self) -> bool:
        return self.answering is Answering.JUDGED

    @property
    def right(self) -> int:
        return sum(entry["correct"] for entry in self.attempt.answers) if self.attempt else 0


def quiz_of(
    lesson: AskingLesson,
    *,
    attempt: QuizAttempt | None = None,
    error: str = "",
    answering: Answering = Answering.GRADED,
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
        answering=answering,
    )


def stretches_of(
    body: StreamValue, *, without: StreamValue.StreamChild | None = None
) -> list[tuple[bool, list[StreamValue.StreamChild]]]:
    """The body in reading order, ``without`` one block that stands elsewhere: stretches of blocks
    to read and of questions (True) that follow one another.
    """
    found: list[tuple[bool, list[StreamValue.StreamChild]]] = []
    for block in body:
        if block is without:
            continue
        asks = block.block_type in LessonStream.question_types
        if not found or found[-1][0] != asks:
            found.append((asks, []))
        found[-1][1].append(block)
    return found


def asked(
    blocks: list[StreamValue.StreamChild],
    quiz: Quiz | None,
    picked: dict[str, list[str]] | None = None,
    *,
    first: int,
) -> list[ShownQuestion]:
    """Questions, numbered from ``first`` on. ``picked`` are answers that were not graded."""
    if quiz and quiz.is_judged:
        return [_with_key(block, number) for number, block in enumerate(blocks, start=first)]
    graded = {e["id"]: e for e in quiz.attempt.answers} if quiz and quiz.attempt else {}
    revealed = bool(quiz and quiz.attempt and quiz.attempt.passed)
    return [
        _answered(block, number, graded[block.id], revealed)
        if block.id in graded
        else _open(block, number, (picked or {}).get(block.id, []))
        for number, block in enumerate(blocks, start=first)
    ]


def parts_of(
    body: StreamValue, quiz: Quiz | None, *, without: StreamValue.StreamChild | None = None
) -> list[Part]:
    """As ``stretches_of``, with questions as a reader may see them."""
    parts: list[Part] = []
    number = 1
    for asks, blocks in stretches_of(body, without=without):
        if not asks:
            parts.append(Part(blocks=blocks))
            continue
        parts.append(Part(questions=asked(blocks, quiz, first=number), is_quiz=True))
        number += len(blocks)
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


def _with_key(block: StreamValue.StreamChild, number: int) -> ShownQuestion:
    """For those who judge it before anybody is asked: the one place that reads what is right from
    the block itself."""
    return ShownQuestion(
        id=block.id,
        number=number,
        prompt=block.value.prompt,
        multiple=block.block.multiple,
        options=[
            ShownOption(
                choice.key,
                choice.text,
                verdict="key" if choice.correct else "",
                feedback=choice.feedback,
            )
            for choice in block.value.choices
        ],
        explanation=block.value.get("explanation") or "",
        hints=list(block.value.hint_list),
        is_key=True,
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
