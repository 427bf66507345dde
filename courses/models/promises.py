"""What must still happen because of a change: written with the change, kept after it."""

from django.db import models


class Promise(models.Model):
    """One effect that a commit has to have, whatever becomes of messages and processes.

    ``key`` names the occasion: promising it again while it waits makes it happen once more,
    not twice. ``version`` counts how often it was promised, so that whoever keeps an older
    one does not strike out a newer.
    """

    key = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    # Somebody is at it; after this moment they are taken for dead.
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="promise_due")]

    def __str__(self) -> str:
        return self.key
