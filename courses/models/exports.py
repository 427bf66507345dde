"""Lists that somebody wants as a file: asked for in the admin, written by a worker."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.moves import Moves


class ExportStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    WRITING = "writing", _("Being written")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not written")


# Given back when a worker ended before the file did.
EXPORT_MOVES = Moves(
    {
        ExportStatus.WAITING: [ExportStatus.WRITING],
        ExportStatus.WRITING: [ExportStatus.WAITING, ExportStatus.READY, ExportStatus.FAILED],
        ExportStatus.READY: [],
        ExportStatus.FAILED: [],
    }
)
UNFINISHED = (ExportStatus.WAITING, ExportStatus.WRITING)


class ExportKind(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"


class WhyNot(models.TextChoices):
    """Why there is no file."""

    CLOSED = "closed", _("This list is not open to you any more.")
    GONE = "gone", _("This list is not there any more.")
    BROKEN = "broken", _("Something went wrong on our side. Please export the list again.")


class Export(models.Model):
    """One file for one person, who alone may fetch it.

    ``address`` is that of the list with its filters: the worker asks it as the person, and gets
    what they may see then. ``rights`` says what the person was meanwhile.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="exports",
        db_index=False,  # ``exports_of_a_person`` begins with it
    )
    title = models.CharField(max_length=255)
    address = models.TextField()
    # Of person, address and kind: what the same press asks for.
    occasion = models.CharField(max_length=64)
    kind = models.CharField(max_length=4, choices=ExportKind.choices)
    filename = models.CharField(max_length=255)
    language = models.CharField(max_length=12)
    zone = models.CharField(max_length=64)
    status = models.CharField(
        max_length=8, choices=ExportStatus.choices, default=ExportStatus.WAITING
    )
    reason = models.CharField(max_length=8, choices=WhyNot.choices, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    rows_written = models.PositiveIntegerField(default=0)
    rows_expected = models.PositiveIntegerField(null=True, blank=True)
    # Else as PostgreSQL estimates a whole table.
    is_counted = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    # A worker is at it; after this moment it is taken for dead.
    claimed_until = models.DateTimeField(null=True, blank=True)
    file = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    rights = models.CharField(max_length=64, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occasion"],
                condition=Q(status__in=["waiting", "writing"]),
                name="one_export_of_a_kind_at_once",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-asked_at"], name="exports_of_a_person"),
            # What has become old, for ``courses.exports.retention``.
            models.Index(fields=["asked_at"], name="exports_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.get_kind_display()}"

    @property
    def is_unfinished(self) -> bool:
        return self.status in UNFINISHED

    @property
    def is_ready(self) -> bool:
        return self.status == ExportStatus.READY
