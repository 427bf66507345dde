"""Grade the questions of a lesson, here and nowhere else."""

import logging
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail.blocks import StreamValue

from courses.statements.compiled import Compiled
from learners.access.facts import AccessFacts
from learners.enrollment.at_once import submit_at_once
from learners.enrollment.progress import complete_lesson, current_item, lock_open, note_changed
from learners.errors import LearnerError
from learners.models import Enrollment, QuizAttempt

from .kept import KeptQuestion, as_kept

logger = logging.getLogger(__name__)


class AskingLesson(Protocol):
    """A lesson, as far as its quiz is concerned."""

    @property
    def pk(self) -> Any: ...
    @property
    def questions(self) -> list[StreamValue.StreamChild]: ...
    @property
    def pass_mark(self) -> int: ...


def submit_quiz(
    *,
    enrollment: Enrollment,
    lesson: AskingLesson,
    answers: dict[str, list[str]],
    token: UUID | None = None,
    facts: AccessFacts | None = None,
    questions: list[KeptQuestion] | None = None,
) -> QuizAttempt:
    """Grade ``answers`` (block id to keys picked) and keep the attempt with all it asked.

    Passing completes the lesson. ``token`` names the form that was sent: a second send
    of one form returns the attempt of the first. ``facts`` is what the door of the lesson has
    read in this request: nearly always it makes this one SQL. ``questions`` are as in ``grade``.
    Raises LearnerError, with nothing written, when a question is unanswered, unknown, or answered
    by what it never offered.
    """
    attempt = grade(lesson=lesson, answers=answers, questions=questions)
    attempt.enrollment_id, attempt.lesson_id = enrollment.pk, lesson.pk
    if token:
        attempt.pk = token
    if facts and submit_at_once(facts, attempt):
        return _told(attempt)
    return _submit_in_turn(enrollment, attempt)


@transaction.atomic
def _submit_in_turn(enrollment: Enrollment, attempt: QuizAttempt) -> QuizAttempt:
    enrollment = lock_open(enrollment)
    item = current_item(enrollment, attempt.lesson_id)
    if sent := SENT(token=attempt.pk):
        if sent != [(enrollment.pk, attempt.lesson_id)]:
            raise LearnerError(
                _("This form belongs to another quiz. Open the lesson again."),
                code="form_of_another_quiz",
            )
        return QuizAttempt.objects.get(pk=attempt.pk)
    # Read under the enrollment's lock, so no two attempts get one number.
    attempt.number = (item.tries or 0) + 1
    attempt.save(force_insert=True)
    if attempt.passed:
        complete_lesson(enrollment, item)
    else:
        note_changed(enrollment)
    return _told(attempt)


def _told(attempt: QuizAttempt) -> QuizAttempt:
    logger.info(
        "quiz submitted",
        extra={
            "event": "quiz.submitted",
            "enrollment": str(attempt.enrollment_id),
            "lesson": attempt.lesson_id,
            "number": attempt.number,
            "passed": attempt.passed,
        },
    )
    return attempt


def grade(
    *,
    lesson: AskingLesson,
    answers: dict[str, list[str]],
    questions: list[KeptQuestion] | None = None,
) -> QuizAttempt:
    """The attempt that ``answers`` make, not saved. Raises LearnerError as submit_quiz does.

    ``questions`` are those of ``lesson``, where somebody has read them before.
    """
    if questions is None:
        questions = as_kept(lesson.questions)
    _refuse_tampering(questions, answers)
    snapshot = [question.marked(set(answers[question.id])) for question in questions]
    right = sum(entry["correct"] for entry in snapshot)
    return QuizAttempt(
        score=100 * right // len(snapshot),
        pass_mark=lesson.pass_mark,
        passed=right >= needed_right(len(snapshot), lesson.pass_mark),
        answers=snapshot,
    )


def needed_right(questions: int, pass_mark: int) -> int:
    """How many of ``questions`` must be right for ``pass_mark`` percent; at least one."""
    return max(1, -(-questions * pass_mark // 100))


def _sent(token: UUID) -> QuerySet[QuizAttempt, Any]:
    return QuizAttempt.objects.filter(pk=token).values_list("enrollment_id", "lesson_id")


SENT = Compiled(_sent, token=UUID)


def _refuse_tampering(questions: list[KeptQuestion], answers: dict[str, list[str]]) -> None:
    """Raises LearnerError unless each question has an answer that it offered."""
    if not questions:
        raise LearnerError(_("This lesson has no quiz."), code="no_quiz")
    if set(answers) - {question.id for question in questions}:
        raise _changed()
    missing = []
    for position, question in enumerate(questions, start=1):
        picked = answers.get(question.id) or []
        if set(picked) - question.offered or (len(set(picked)) > 1 and not question.multiple):
            raise _changed()
        if not picked:
            missing.append(str(position))
    if missing and len(questions) == 1:
        raise LearnerError(_("Pick an answer first."), code="answer_missing")
    if missing:
        raise LearnerError(
            ngettext(
                "There is no answer to question %(which)s yet.",
                "There is no answer to questions %(which)s yet.",
                len(missing),
            )
            % {"which": get_text_list(missing, pgettext("list", "and"))},
            code="answer_missing",
        )


def _changed() -> LearnerError:
    return LearnerError(
        _("The quiz has changed since you opened it. Open the lesson again."), code="quiz_changed"
    )
