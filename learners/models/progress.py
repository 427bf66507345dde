"""How far a learner got in each lesson."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.moves import Moves


class ProgressStatus(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")


PROGRESS_MOVES = Moves(
    {
        ProgressStatus.NOT_STARTED: {ProgressStatus.IN_PROGRESS, ProgressStatus.COMPLETED},
        ProgressStatus.IN_PROGRESS: {ProgressStatus.COMPLETED},
        # A learner takes back that a lesson is done.
        ProgressStatus.COMPLETED: {ProgressStatus.IN_PROGRESS},
    }
)


class LessonProgress(models.Model):
    """Rows are the truth; ``Enrollment.progress`` is a summary of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(
        "learners.Enrollment",
        on_delete=models.CASCADE,
        related_name="lessons",
        verbose_name=_("enrollment"),
        db_index=False,  # ``one_progress_per_lesson`` begins with it
    )
    lesson = models.ForeignKey(
        "courses.LessonPage",
        on_delete=models.PROTECT,
        related_name="progress",
        verbose_name=_("lesson"),
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=ProgressStatus.choices,
        default=ProgressStatus.NOT_STARTED,
    )
    completion_date = models.DateTimeField(_("completion date"), null=True, blank=True)
    # Stays when the learner takes back that the lesson is done: what was ever studied decides
    # whether a course may be returned at once (learners.enrollment.studied).
    first_completed_at = models.DateTimeField(
        _("first completed at"), null=True, blank=True, editable=False
    )
    last_accessed = models.DateTimeField(_("last accessed"), null=True, blank=True)
    last_second = models.PositiveIntegerField(
        _("last second"),
        default=0,
        help_text=_("Where the video stood when it was left, in seconds."),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("lesson progress")
        verbose_name_plural = _("lesson progress")
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "lesson"], name="one_progress_per_lesson")
        ]
        indexes = [
            # The list of progress in its order, whole and by status. Neither is touched when a
            # position is written.
            models.Index(
                models.F("completion_date").desc(nulls_last=True), "id", name="progress_listed"
            ),
            models.Index(
                "status",
                models.F("completion_date").desc(nulls_last=True),
                "id",
                name="progress_by_status",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}: {self.lesson_id}"
