"""Who was asked to write a course along, and what they said."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.moves import Moves
from courses.people import Person

LASTS = timedelta(days=30)


class InvitationStatus(models.TextChoices):
    # Whoever has the address has not answered; after LASTS nobody can any more.
    WAITING = "waiting", _("Waiting")
    # The person is, or was, on the team.
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    # The lead took it back, or asked anew after it had run out.
    WITHDRAWN = "withdrawn", _("Withdrawn")


INVITATION_MOVES = Moves(
    {
        InvitationStatus.WAITING: {
            InvitationStatus.ACCEPTED,
            InvitationStatus.DECLINED,
            InvitationStatus.WITHDRAWN,
        },
        InvitationStatus.ACCEPTED: {},
        InvitationStatus.DECLINED: {},
        InvitationStatus.WITHDRAWN: {},
    }
)


def runs_out() -> datetime:
    return timezone.now() + LASTS


class TeamInvitationQuerySet(models.QuerySet["TeamInvitation"]):
    def waiting(self) -> Self:
        return self.filter(status=InvitationStatus.WAITING)

    def open(self) -> Self:
        """Those that may still be answered."""
        return self.waiting().filter(expires_at__gt=timezone.now())

    def to(self, user: Person) -> Self:
        """Those to the address of ``user``. Only whoever proved an address is signed in with it."""
        return self.filter(email=user.email.lower())

    def locked(self) -> Self:
        return self.select_for_update(of=("self",)).order_by("pk")


class TeamInvitation(models.Model):
    """A question to whoever has an address. It is the same row whoever that is, or nobody."""

    course = models.ForeignKey(
        "courses.CoursePage",
        on_delete=models.CASCADE,
        related_name="invitations",
        verbose_name=_("course"),
    )
    email = models.EmailField(_("e-mail address"), help_text=_("In lower case."))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("invited by"),
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=InvitationStatus.choices,
        default=InvitationStatus.WAITING,
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"), default=runs_out)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = TeamInvitationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "email"],
                condition=models.Q(status="waiting"),
                name="one_invitation_waiting_per_address",
            )
        ]
        indexes = [
            # Whoever opens My courses is told what waits for their address.
            models.Index(
                fields=["email"],
                name="invitations_to_an_address",
                condition=models.Q(status="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id}, {self.get_status_display().lower()}"

    @property
    def has_run_out(self) -> bool:
        return self.expires_at <= timezone.now()
