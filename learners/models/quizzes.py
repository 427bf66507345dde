"""Attempts at the questions of a lesson."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.wording.shares import format_share


class QuizAttempt(models.Model):
    """What was asked and what was answered, kept as it was on that day.

    ``answers`` is a list, one entry a question: {"id": block id, "question": text,
    "multiple": bool, "choices": [{"key", "text", "picked", "correct", "feedback"}],
    "correct": bool, "explanation": text}.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(
        "learners.Enrollment",
        on_delete=models.CASCADE,
        related_name="quiz_attempts",
        db_index=False,  # ``one_attempt_per_number`` begins with it
    )
    lesson = models.ForeignKey(
        "courses.LessonPage", on_delete=models.PROTECT, related_name="quiz_attempts"
    )
    number = models.PositiveIntegerField(help_text=_("Counted from 1 up."))
    score = models.PositiveSmallIntegerField(help_text=_("Percent of questions that were right."))
    pass_mark = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    answers = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("quiz attempt")
        verbose_name_plural = _("quiz attempts")
        constraints = [
            # Its index also finds the latest: numbers are an order, clocks are not.
            models.UniqueConstraint(
                fields=["enrollment", "lesson", "number"], name="one_attempt_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{format_share(self.score)} on {self.lesson_id}"
