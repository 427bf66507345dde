"""What was submitted, what was approved, and what learners see."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from courses.moves import Moves
from courses.people import Person
from courses.wording.moments import format_day

from .team import CourseTeamMember


class ReleaseStatus(models.TextChoices):
    # Pinned and waiting for a moderator.
    IN_REVIEW = "in_review", _("In review")
    # What learners see now.
    CURRENT = "current", _("Current")
    # Was current; a later release took its place.
    SUPERSEDED = "superseded", _("Superseded")
    # A moderator asked for changes; the next submission pins anew.
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    # The producer took the submission back.
    CANCELLED = "cancelled", _("Taken back")


RELEASE_MOVES = Moves(
    {
        ReleaseStatus.IN_REVIEW: {
            ReleaseStatus.CURRENT,
            ReleaseStatus.CHANGES_REQUESTED,
            ReleaseStatus.CANCELLED,
        },
        ReleaseStatus.CURRENT: {ReleaseStatus.SUPERSEDED},
        # A restored release is written as a copy that was never submitted.
        ReleaseStatus.SUPERSEDED: {ReleaseStatus.CURRENT},
        ReleaseStatus.CHANGES_REQUESTED: {},
        ReleaseStatus.CANCELLED: {},
    }
)


# What learners see or saw.
SHOWN = frozenset({ReleaseStatus.CURRENT, ReleaseStatus.SUPERSEDED})


class ItemKind(models.TextChoices):
    COURSE = "course", _("Course")
    CHAPTER = "chapter", _("Chapter")
    LESSON = "lesson", _("Lesson")


class CourseReleaseQuerySet(models.QuerySet["CourseRelease"]):
    def by_others(self, user: Person) -> Self:
        """Of courses on whose team the person does not stand, and that they did not submit.

        A row on the team is enough, with or without rights: losing a role makes nobody a
        stranger to their own course (decision 0012). Whoever restored an earlier release did
        not submit it: there was no workflow.
        """
        theirs = CourseTeamMember.objects.of(user).filter(course_id=OuterRef("course_id"))
        asked_for = WorkflowState.objects.filter(
            pk=OuterRef("workflow_state_id"), requested_by=user
        )
        return self.filter(_none_of(theirs), _none_of(asked_for)).exclude(
            submitted_by=user, workflow_state__isnull=False
        )

    def shown(self) -> Self:
        """What learners see or saw."""
        return self.filter(status__in=SHOWN)

    def submissions(self) -> Self:
        """Handed in by a team. A release that a moderator restored was not, whatever its number."""
        return self.filter(workflow_state__isnull=False)

    def decidable_by(self, user: Person) -> Self:
        """By others, and without a page that the person saved last: two people read each word."""
        written = ReleaseItem.objects.filter(release_id=OuterRef("pk"), revision__user=user)
        return self.by_others(user).filter(_none_of(written))


def _none_of(rows: models.QuerySet[Any]) -> Case:
    """That there is none of ``rows``, looked for beside each release in turn.

    A bare NOT EXISTS is made a join, and then the whole queue is read before its first page is
    known.
    """
    return Case(When(Exists(rows), then=Value(False)), default=Value(True))


class CourseRelease(models.Model):
    """A numbered snapshot of a whole course. Rows change state and are never edited.

    ``number`` is their order, submissions and releases alike; people read ``shown_number``, which
    counts what learners saw and is given when they first see it.
    """

    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="releases"
    )
    number = models.PositiveIntegerField()
    shown_number = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(
        max_length=20, choices=ReleaseStatus.choices, default=ReleaseStatus.IN_REVIEW
    )
    workflow_state = models.ForeignKey(
        "wagtailcore.WorkflowState",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="course_releases",
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # ``releases_decided`` begins with it
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = CourseReleaseQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["course_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="one_release_per_number"),
            models.UniqueConstraint(
                fields=["shown_number", "course"], name="one_release_per_shown_number"
            ),
            models.UniqueConstraint(
                fields=["course"], condition=Q(status="current"), name="one_current_release"
            ),
            models.UniqueConstraint(
                fields=["course"], condition=Q(status="in_review"), name="one_release_in_review"
            ),
        ]
        indexes = [
            # The queue, in its order.
            models.Index(
                fields=["submitted_at", "id"],
                condition=Q(status="in_review"),
                name="releases_in_review",
            ),
            # What a moderator decided last.
            models.Index(fields=["decided_by", "-decided_at", "-id"], name="releases_decided"),
            # How long the last decisions took, as the front page tells it.
            models.Index(
                fields=["-decided_at"],
                name="releases_decided_last",
                condition=Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} release {self.number}"

    @property
    def was_shown(self) -> bool:
        """Whether learners see it or saw it; else it is a submission and no more."""
        return self.status in SHOWN

    @property
    def heading(self) -> str:
        if self.was_shown:
            return gettext("Release %(number)s") % {"number": self.shown_number}
        return gettext("Submission of %(date)s") % {"date": format_day(self.submitted_at)}


class ReleaseItem(models.Model):
    """A page of a release: which revision, and all that an outline shows of it.

    ``position`` counts the pages of the release in reading order, the course itself
    being 0; ``number`` is the label readers see ("1.2.3"), empty for the course.
    """

    release = models.ForeignKey(
        CourseRelease,
        on_delete=models.CASCADE,
        related_name="items",
        db_index=False,  # ``one_item_per_position`` begins with it
    )
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, related_name="release_items"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.PROTECT, related_name="release_items"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(
        help_text=_("0 for the course and for what stands right below it.")
    )
    number = models.TextField(blank=True)  # chapters nest to any depth
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the pinned content."))
    kind = models.CharField(max_length=8, choices=ItemKind.choices)
    uuid = models.UUIDField(db_index=True)
    title = models.CharField(max_length=255)
    slug = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    minutes = models.PositiveIntegerField(default=0)
    video_seconds = models.PositiveIntegerField(
        default=0,
        db_default=0,
        help_text=_("How long its videos run; the minutes are those of all its work."),
    )
    content_type = models.CharField(max_length=8, blank=True)
    preview = models.BooleanField(default=False)
    has_quiz = models.BooleanField(default=False)
    captions = ArrayField(
        models.CharField(max_length=12),
        null=True,
        blank=True,
        help_text=_("Languages in which all of its films have captions; nothing without a film."),
    )
    media = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text=_("The images and documents it refers to, as “courseimage:12”."),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["release_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "page"], name="one_item_per_page"),
            models.UniqueConstraint(fields=["release", "position"], name="one_item_per_position"),
        ]
        # Asked whenever a file is to be replaced or deleted: which releases hold it?
        indexes = [GinIndex(fields=["media"], name="release_items_by_media")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()
