"""A question as an attempt keeps it: what was asked, what was offered, what is right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.rich_text import get_text_for_indexing

from courses.formulas.stored import plain_formulas
from courses.formulas.words import stored_words


@dataclass(frozen=True)
class KeptQuestion:
    """One question, read from its block once: as long as the block stands, it says the same."""

    id: str
    question: str
    multiple: bool
    choices: tuple[dict[str, Any], ...]
    correct_keys: frozenset[str]
    explanation: str  # HTML

    @property
    def offered(self) -> set[str]:
        return {choice["key"] for choice in self.choices}

    def marked(self, picked: set[str]) -> dict[str, Any]:
        """The question as it stood and as it was answered; the shape ``QuizAttempt`` keeps."""
        return {
            "id": self.id,
            "question": self.question,
            "multiple": self.multiple,
            "choices": [{**choice, "picked": choice["key"] in picked} for choice in self.choices],
            "correct": picked == self.correct_keys,
            "explanation": self.explanation,
        }


def as_kept(questions: Iterable[StreamValue.StreamChild]) -> list[KeptQuestion]:
    return [_kept(block) for block in questions]


def _kept(block: StreamValue.StreamChild) -> KeptQuestion:
    value = block.value
    return KeptQuestion(
        id=block.id,
        question=get_text_for_indexing(plain_formulas(value.prompt.source)).strip(),
        multiple=block.block.multiple,
        choices=tuple(
            {
                "key": choice.key,
                "text": stored_words(choice.text),
                "correct": choice.correct,
                "feedback": stored_words(choice.feedback),
            }
            for choice in value.choices
        ),
        correct_keys=value.correct_keys,
        explanation=str(value.get("explanation") or ""),
    )
