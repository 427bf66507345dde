"""The right to study a course, and how it went."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.moves import Moves


class EnrollmentStatus(models.TextChoices):
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    # The money went back, and access with it.
    REFUNDED = "refunded", _("Refunded")


ENROLLMENT_MOVES = Moves(
    {
        EnrollmentStatus.ACTIVE: {EnrollmentStatus.COMPLETED, EnrollmentStatus.REFUNDED},
        # What is done stays done: a course once completed is never merely active again.
        EnrollmentStatus.COMPLETED: {EnrollmentStatus.REFUNDED},
        # Bought again: as it was before.
        EnrollmentStatus.REFUNDED: {EnrollmentStatus.ACTIVE, EnrollmentStatus.COMPLETED},
    }
)

# States in which the course may be studied.
STUDYING = frozenset({EnrollmentStatus.ACTIVE, EnrollmentStatus.COMPLETED})


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def locked(self) -> Self:
        """For verbs: in one order, so that two of them never wait for each other."""
        return self.order_by("pk").select_for_update(of=("self",))

    def studying(self) -> Self:
        return self.filter(status__in=STUDYING)


class Enrollment(models.Model):
    """One per person and course, for ever: a refund changes its state."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="enrollments",
        verbose_name=_("user"),
        db_index=False,  # ``one_enrollment_per_course`` begins with it
    )
    course = models.ForeignKey(
        "courses.CoursePage",
        on_delete=models.PROTECT,
        related_name="enrollments",
        verbose_name=_("course"),
        db_index=False,  # ``enrollments_counted`` begins with it
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=EnrollmentStatus.choices,
        default=EnrollmentStatus.ACTIVE,
    )
    # A summary for lists, rebuilt from LessonProgress by learners.enrollment.progress.summarise:
    # {"completed": 12, "total": 31, "percent": 38, "minutes_left": 184}
    progress = models.JSONField(_("progress"), default=dict, blank=True)
    studied_percent = models.PositiveSmallIntegerField(
        _("studied (percent)"),
        default=0,
        editable=False,
        help_text=_("How much of the course was ever done. It never falls."),
    )
    purchased_at = models.DateTimeField(_("purchased at"))
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)
    refunded_at = models.DateTimeField(_("refunded at"), null=True, blank=True)
    last_accessed = models.DateTimeField(_("last accessed"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = EnrollmentQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        constraints = [
            models.UniqueConstraint(fields=["user", "course"], name="one_enrollment_per_course"),
            models.CheckConstraint(
                condition=models.Q(studied_percent__lte=100), name="studied_at_most_all"
            ),
        ]
        indexes = [
            # The learners of a course, newest first.
            models.Index(fields=["course", "-purchased_at"], name="enrollments_of_course"),
            # How many study a course: counted without reading a row.
            models.Index(fields=["course", "status"], name="enrollments_counted"),
            # The list of learners in its order, whole and by status.
            models.Index(fields=["-purchased_at", "id"], name="enrollments_listed"),
            models.Index(fields=["status", "-purchased_at", "id"], name="enrollments_by_status"),
        ]

    def __str__(self) -> str:
        return gettext("%(user)s in %(course)s") % {"user": self.user, "course": self.course}

    @property
    def is_open(self) -> bool:
        return self.status in STUDYING
