"""What Stripe told us, kept before it is acted on."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.moves import Moves
from courses.words.indexed import words_of


class WebhookStatus(models.TextChoices):
    RECEIVED = "received", _("Received")
    HANDLED = "handled", _("Handled")
    # Of a kind that changes nothing here.
    IGNORED = "ignored", _("Ignored")
    # Kept with its error; can be replayed.
    FAILED = "failed", _("Failed")


WEBHOOK_MOVES = Moves(
    {
        WebhookStatus.RECEIVED: {
            WebhookStatus.HANDLED,
            WebhookStatus.IGNORED,
            WebhookStatus.FAILED,
        },
        WebhookStatus.FAILED: {WebhookStatus.HANDLED, WebhookStatus.IGNORED},
        WebhookStatus.HANDLED: {},
        WebhookStatus.IGNORED: {},
    }
)


class WebhookEvent(models.Model):
    """The unique event id decides who is first; nothing asks whether it exists."""

    event_id = models.CharField(max_length=255, unique=True, verbose_name=_("event id"))
    type = models.CharField(max_length=120, verbose_name=_("type"))
    payload = models.JSONField(verbose_name=_("payload"))
    status = models.CharField(
        max_length=10,
        choices=WebhookStatus.choices,
        default=WebhookStatus.RECEIVED,
        verbose_name=_("status"),
    )
    attempts = models.PositiveSmallIntegerField(default=0, verbose_name=_("attempts"))
    error = models.TextField(blank=True, verbose_name=_("error"))
    received_at = models.DateTimeField(auto_now_add=True, verbose_name=_("received at"))
    handled_at = models.DateTimeField(null=True, blank=True, verbose_name=_("handled at"))
    # Since then the payload holds what a replay needs and no more.
    reduced_at = models.DateTimeField(null=True, blank=True, verbose_name=_("reduced at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("webhook event")
        verbose_name_plural = _("webhook events")
        ordering = ["-pk"]
        indexes = [
            # Messages as a list: by what it is filtered and searched by, the newest first.
            models.Index(fields=["status", "-id"], name="webhooks_by_status"),
            models.Index(fields=["type", "-id"], name="webhooks_by_type"),
            models.Index(fields=["received_at"], name="webhooks_by_day"),
            GinIndex(words_of("event_id"), name="webhooks_by_event"),
            GinIndex(words_of("error"), name="webhooks_by_error"),
            models.Index(
                fields=["received_at"],
                name="webhooks_to_replay",
                condition=models.Q(status__in=["received", "failed"]),
            ),
            models.Index(
                fields=["handled_at"],
                name="webhooks_to_reduce",
                condition=models.Q(reduced_at=None, status__in=["handled", "ignored"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"
