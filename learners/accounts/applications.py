"""From learner to producer: a person asks, an admin decides, once."""

import logging
from statistics import median

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

ENOUGH, LAST = 5, 50


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
    _note("application sent", "application.sent", application)
    return application


@transaction.atomic
def change_application(*, user: User, pitch: str, website: str = "") -> ProducerApplication:
    """Say it in other words while it waits. Raises LearnerError once it does not."""
    application = _waiting(user)
    application.pitch, application.website = pitch, website
    application.save(update_fields=["pitch", "website"])
    _note("application changed", "application.changed", application)
    return application


@transaction.atomic
def take_application_back(*, user: User) -> ProducerApplication:
    """Ask no more; one may ask again. Raises LearnerError once it does not wait any more."""
    application = _waiting(user)
    APPLICATION_MOVES.move(application, ApplicationStatus.WITHDRAWN)
    application.save(update_fields=["status"])
    _note("application taken back", "application.withdrawn", application)
    return application


def _waiting(user: User) -> ProducerApplication:
    """That of the person, locked."""
    waiting = user.producer_applications.select_for_update()
    application = waiting.filter(status=ApplicationStatus.PENDING).first()
    if application is None:
        raise LearnerError(_("Your application does not wait any more."), code="not_waiting")
    return application


def median_answer_days() -> int | None:
    """Half of the last answers came within so many days; 0 is less than one. One query.

    None while fewer than ``ENOUGH`` were given: of two or three a median says nothing.
    """
    answered = ProducerApplication.objects.filter(decided_at__isnull=False)
    times = answered.order_by("-decided_at", "-pk").values_list("created_at", "decided_at")[:LAST]
    took = [decided - asked for asked, decided in times if decided]
    return (
        round(median(one.total_seconds() for one in took) / 86400) if len(took) >= ENOUGH else None
    )


def _note(what: str, event: str, application: ProducerApplication) -> None:
    logger.info(
        what,
        extra={
            "event": event,
            "application": application.pk,
            "person": str(application.user_id),
        },
    )


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
        if application.status == ApplicationStatus.WITHDRAWN:
            raise LearnerError(_("Whoever wrote it took it back."), code="taken_back")
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
