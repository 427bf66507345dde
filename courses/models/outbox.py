"""Mail that has been promised: written with the change that causes it, sent after it."""

from django.db import models


class OutboxMail(models.Model):
    """One mail to one person. The unique key is what makes it be sent once."""

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField()
    # Where an answer goes; empty: to where the mail comes from.
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=255)
    text = models.TextField()
    html = models.TextField(blank=True)
    # Holds a code or a link that logs a person in: emptied once sent.
    sensitive = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    # Since then only the key and the times are left.
    emptied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], name="outbox_mail_waiting", condition=models.Q(sent_at=None)
            ),
            # The oldest that is still whole, for ``courses.outbox.retention``.
            models.Index(
                fields=["created_at"], name="outbox_mail_whole", condition=models.Q(emptied_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
