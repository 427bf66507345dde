"""Consumers who would like to teach."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.moves import Moves


class ApplicationStatus(models.TextChoices):
    PENDING = "pending", _("Waiting")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    # By whoever wrote it, before it was decided.
    WITHDRAWN = "withdrawn", _("Taken back")


APPLICATION_MOVES = Moves(
    {
        ApplicationStatus.PENDING: {
            ApplicationStatus.APPROVED,
            ApplicationStatus.DECLINED,
            ApplicationStatus.WITHDRAWN,
        },
        ApplicationStatus.APPROVED: {},
        ApplicationStatus.DECLINED: {},
        ApplicationStatus.WITHDRAWN: {},
    }
)


class ProducerApplication(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="producer_applications",
        verbose_name=_("user"),
    )
    pitch = models.TextField(_("what you would teach, and why you"), max_length=2000)
    website = models.URLField(_("website"), blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=ApplicationStatus.choices,
        default=ApplicationStatus.PENDING,
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("producer application")
        verbose_name_plural = _("producer applications")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(status="pending"),
                name="one_application_waiting_per_user",
            )
        ]
        indexes = [
            # How long the last answers took, as whoever applies is told.
            models.Index(
                fields=["-decided_at", "-id"],
                condition=models.Q(decided_at__isnull=False),
                name="applications_answered_last",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_status_display().lower()}"
