"""Writing to us, and noting that somebody was answered."""

import logging
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from courses.outbox.queue import queue_mail
from courses.people import Person
from home.models import Inquiry
from storefront.models import Order

from .emails import confirmation_mail, inquiry_mail

logger = logging.getLogger(__name__)


@transaction.atomic
def send_inquiry(
    *,
    key: UUID,
    email: str,
    text: str,
    language: str,
    user: Person | None = None,
    order: Order | None = None,
    confirm: bool = True,
) -> Inquiry:
    """Keep what somebody wrote, tell the seller by mail, and ``confirm`` it to the sender.

    ``key`` is the form's: sent twice, also at the same moment, it is one inquiry and its first
    words stand. ``language`` is the sender's.
    """
    inquiry, created = Inquiry.objects.get_or_create(
        pk=key, defaults={"user": user, "email": email, "order": order, "text": text}
    )
    if created:
        queue_mail(**inquiry_mail(inquiry))
        if confirm:
            queue_mail(**confirmation_mail(inquiry, language=language))
        _tell("inquiry received", "inquiry.received", inquiry)
    return inquiry


def mark_answered(*, inquiry: Inquiry, by: Person) -> Inquiry:
    """Note that ``by`` has answered. Whoever noted it first stays the one who did."""
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
        if inquiry.answered_at:
            return inquiry
        inquiry.answered_at, inquiry.answered_by = timezone.now(), by
        inquiry.save(update_fields=["answered_at", "answered_by"])
        log(instance=inquiry, action="home.inquiry_answered", user=by)
    _tell("inquiry answered", "inquiry.answered", inquiry)
    return inquiry


def open_again(*, inquiry: Inquiry, by: Person) -> Inquiry:
    """It waits for an answer after all."""
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
        if not inquiry.answered_at:
            return inquiry
        inquiry.answered_at = inquiry.answered_by = None
        inquiry.save(update_fields=["answered_at", "answered_by"])
        log(instance=inquiry, action="home.inquiry_opened_again", user=by)
    _tell("inquiry opened again", "inquiry.opened_again", inquiry)
    return inquiry


def _tell(what: str, event: str, inquiry: Inquiry) -> None:
    logger.info(
        what,
        extra={
            "event": event,
            "inquiry": str(inquiry.pk),
            "person": str(inquiry.user_id) if inquiry.user_id else None,
        },
    )
