"""What was done to a course's outline, in order: what undo takes back and two people see alike."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.people import Visitor


class OutlineVerb(models.TextChoices):
    ADD = "add", _("Add")
    RENAME = "rename", _("Rename")
    MOVE = "move", _("Move")
    DUPLICATE = "duplicate", _("Duplicate")
    PREVIEW = "preview", _("Open preview")
    REMOVE = "remove", _("Remove")
    RESTORE = "restore", _("Bring back")
    DELETE = "delete", _("Delete for ever")
    PASTE = "paste", _("Paste an outline")
    FILES = "files", _("Bring files")
    STRUCTURE = "structure", _("Change the structure")
    UNDO = "undo", _("Undo")
    REDO = "redo", _("Redo")


class OutlineState(models.TextChoices):
    DONE = "done", _("Done")
    # Redo brings it back.
    UNDONE = "undone", _("Undone")
    # Something else was done since; it stays undone.
    LEFT = "left", _("Left undone")


class OutlineFact(models.TextChoices):
    """What a step sets of a page, from one value to another."""

    PLACE = "place", _("Place")  # {"parent": page id, "after": page id or null}
    TITLE = "title", _("Title")
    PREVIEW = "preview", _("Open preview")
    RETIRED = "retired", _("Retired")
    STRUCTURE = "structure", _("Structure")  # of the course itself


# What has no counterpart of its own: it answers another change, or nothing brings it back.
NEVER_UNDONE = frozenset({OutlineVerb.UNDO, OutlineVerb.REDO, OutlineVerb.DELETE})

# Those that make pages.
MAKING = frozenset({OutlineVerb.ADD, OutlineVerb.DUPLICATE, OutlineVerb.PASTE, OutlineVerb.FILES})


class OutlineChangeQuerySet(models.QuerySet["OutlineChange"]):
    def of(self, person: Visitor) -> Self:
        return self.filter(by_id=person.pk) if person.pk else self.none()

    def undoable(self) -> Self:
        return self.filter(state=OutlineState.DONE).exclude(verb__in=NEVER_UNDONE)

    def redoable(self) -> Self:
        return self.filter(state=OutlineState.UNDONE)


class OutlineChange(models.Model):
    """One verb on the outline of a course; numbered under the lock on the course."""

    course = models.ForeignKey(
        "courses.CoursePage",
        on_delete=models.CASCADE,
        related_name="outline_changes",
        db_index=False,  # ``one_outline_change_per_number`` begins with it
    )
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=12, choices=OutlineVerb.choices)
    state = models.CharField(max_length=8, choices=OutlineState.choices, default=OutlineState.DONE)
    # What the browser called it: the same one sent again changes nothing.
    key = models.UUIDField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    # Of an undo or redo: what it took back or brought back.
    of = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    # How many chapters and lessons it was about.
    parts = models.PositiveIntegerField(default=0)

    objects: ClassVar[OutlineChangeQuerySet] = OutlineChangeQuerySet.as_manager()  # type: ignore[assignment]

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["course_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "number"], name="one_outline_change_per_number"
            ),
            models.UniqueConstraint(fields=["course", "key"], name="one_outline_change_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.number}"


class OutlineStep(models.Model):
    """What a change set of one page. Steps of places stand in reading order."""

    change = models.ForeignKey(OutlineChange, on_delete=models.CASCADE, related_name="steps")
    # Gone with its page: what is deleted for ever comes back by nothing.
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    fact = models.CharField(max_length=12, choices=OutlineFact.choices)
    was = models.JSONField(null=True)
    now = models.JSONField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["change_id", "pk"]

    def __str__(self) -> str:
        return f"{self.fact} of {self.page_id}"
