"""From learner to producer: a person asks, an admin decides, once."""

import logging

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.outbox.queue import queue_mail
from learners.errors import LearnerError
from learners.models import ApplicationStatus, ProducerApplication, Role, User
from learners.models.applications import APPLICATION_MOVES

from .roles import set_role

logger = logging.getLogger(__name__)


def apply_to_teach(*, user: User, pitch: str, website: str = "") -> ProducerApplication:
    """Ask to become a producer. Asking again while one waits is refused (LearnerError)."""
    if user.role != Role.CONSUMER:
        raise LearnerError(_("You may already teach."), code="already_teaching")
    try:
        with transaction.atomic():
            application = ProducerApplication.objects.create(
                user=user, pitch=pitch, website=website
            )
    except IntegrityError:  # one_application_waiting_per_user
        raise LearnerError(
            _("Your application is already waiting for an answer."), code="application_waiting"
        ) from None
    logger.info(
        "application sent",
        extra={
            "event": "application.sent",
            "application": application.pk,
            "person": str(user.pk),
        },
    )
    return application


@transaction.atomic
def decide_application(
    *, application: ProducerApplication, by: User, approve: bool, note: str = ""
) -> ProducerApplication:
    """Approve or decline, and write to the applicant once.

    The same decision twice changes nothing. Raises LearnerError when ``by`` is no admin, or
    the application was decided the other way.
    """
    if by.role != Role.ADMIN or not by.is_active:
        raise LearnerError(_("Only an admin decides on applications."), code="not_an_admin")
    application = ProducerApplication.objects.select_for_update().get(pk=application.pk)
    wanted = ApplicationStatus.APPROVED if approve else ApplicationStatus.DECLINED
    if application.status == wanted:
        return application
    if application.status != ApplicationStatus.PENDING:
        raise LearnerError(
            _("This application was declined already.")
            if approve
            else _("This application was approved already."),
            code="already_decided",
        )
    if approve and application.user.role == Role.CONSUMER:
        set_role(user=application.user, role=Role.PRODUCER, by=by)
    APPLICATION_MOVES.move(application, wanted)
    application.decided_by = by
    application.decided_at = timezone.now()
    application.note = note
    application.save(update_fields=["status", "decided_by", "decided_at", "note"])
    _tell_applicant(application)
    logger.info(
        "application decided",
        extra={
            "event": f"application.{wanted}",
            "application": application.pk,
            "person": str(application.user_id),
            "user": str(by.pk),
        },
    )
    return application


def _tell_applicant(application: ProducerApplication) -> None:
    approved = application.status == ApplicationStatus.APPROVED
    queue_mail(
        key=f"application:{application.pk}:decided",
        to=application.user.email,
        language=application.user.language,
        zone=application.user.time_zone,
        template="application_approved" if approved else "application_declined",
        context={
            "name": application.user.get_short_name(),
            "note": application.note,
            "studio_path": reverse("studio:my_courses"),
            "apply_path": reverse("learners:apply"),
        },
    )
