"""Courses that somebody brings: as a file, or as a copy of one with large files of its own."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.moves import Moves


class ImportStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    WORKING = "working", _("On its way")
    DONE = "done", _("Came in")
    FAILED = "failed", _("Not imported")
    STOPPED = "stopped", _("Stopped")


# Given back when a worker ended before the import did; stopped by whoever brought it.
IMPORT_MOVES = Moves(
    {
        ImportStatus.WAITING: [ImportStatus.WORKING, ImportStatus.STOPPED],
        ImportStatus.WORKING: [
            *(ImportStatus.WAITING, ImportStatus.DONE, ImportStatus.FAILED, ImportStatus.STOPPED)
        ],
        ImportStatus.DONE: [],
        ImportStatus.FAILED: [],
        ImportStatus.STOPPED: [],
    }
)
UNFINISHED_IMPORTS = (ImportStatus.WAITING, ImportStatus.WORKING)


class CourseImport(models.Model):
    """One of one person, who alone sees it; afterwards the report of what became of it.

    ``source`` is what is copied; else there is a ``file``, kept until it was imported.
    ``found`` counts what the archive holds, step by step: ``files``, ``chapters``, ``parts``,
    ``lessons``. ``report`` is that of ``courses.exchange.report``.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="course_imports",
        db_index=False,  # ``imports_of_a_person`` begins with it
    )
    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.CASCADE, null=True, related_name="imports"
    )
    source = models.ForeignKey(
        "courses.CoursePage", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    name = models.CharField(max_length=255)
    format = models.CharField(max_length=32, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    language = models.CharField(max_length=12)
    status = models.CharField(
        max_length=8, choices=ImportStatus.choices, default=ImportStatus.WAITING
    )
    # Why it did not come in, in the words of whoever brought it.
    reason = models.TextField(blank=True)
    found = models.JSONField(default=dict)
    report = models.JSONField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    # Whoever brought it has read how it ended; it stays in the list of what was brought before.
    put_away_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # A worker is at it; after this moment it is taken for dead.
    claimed_until = models.DateTimeField(null=True)
    file = models.CharField(max_length=120, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["person", "-asked_at"], name="imports_of_a_person")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_unfinished(self) -> bool:
        return self.status in UNFINISHED_IMPORTS
