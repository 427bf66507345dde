"""Sending what was promised, and trying again.

A mail that the server refuses is tried again after 1, 2, 4, … minutes, ``ATTEMPTS`` times in
all. Should the nudge on commit be lost, the sweeper on the clock finds the row.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from courses.models import OutboxMail

logger = logging.getLogger(__name__)

ATTEMPTS = 12  # the last comes a day and a half after the first
LEFT_BEHIND = timedelta(minutes=1)  # the nudge has normally worked long before
SCRUBBED = "This mail held a code or a link for one person. It was removed after sending."


def deliver(pk: int, *, due_by: datetime | None = None) -> bool:
    """Send one mail now, or only if it is due at the time ``due_by``; True when this call sent it.

    The row is locked while the mail server is spoken to: a second worker skips it. Only a
    process that dies between the server's yes and the commit can make a mail leave twice,
    and then both carry one Message-ID.
    """
    waiting = OutboxMail.objects.filter(pk=pk, sent_at=None, attempts__lt=ATTEMPTS)
    if due_by:
        waiting = waiting.filter(due_at__lte=due_by)
    with transaction.atomic():
        mail = waiting.select_for_update(skip_locked=True).first()
        if mail is None:
            return False
        try:
            _send(mail)
        except (OSError, ValueError) as error:  # the server's, the network's; a bad address
            _note_failure(mail, error)
            return False
        mail.sent_at = timezone.now()
        mail.attempts += 1
        mail.last_error = ""
        _scrub(mail)
        mail.save(update_fields=["sent_at", "attempts", "last_error", "text", "html"])
        logger.info("mail sent", extra={"event": "mail.sent", "mail": mail.pk})
        return True


def sweep(*, now: datetime | None = None) -> int:
    """Send what was left behind or is due again; how many were sent. Runs on the clock.

    A round may outlast the pause before the next: what another sweeper has tried since this
    one made its list is no longer due, and is left alone.
    """
    now = now or timezone.now()
    waiting = OutboxMail.objects.filter(
        sent_at=None, attempts__lt=ATTEMPTS, due_at__lte=now, created_at__lte=now - LEFT_BEHIND
    )
    keys = waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:200]
    return sum(deliver(pk, due_by=now) for pk in list(keys))


def _send(mail: OutboxMail) -> None:
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].strip("> ")
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=sender,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": f"<outbox.{mail.pk}.{mail.created_at:%Y%m%d%H%M%S%f}@{domain}>"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    message.send()


def _note_failure(mail: OutboxMail, error: Exception) -> None:
    mail.due_at = timezone.now() + timedelta(minutes=2**mail.attempts)
    mail.attempts += 1
    mail.last_error = f"{type(error).__name__}: {error}"
    given_up = mail.attempts >= ATTEMPTS
    if given_up:
        _scrub(mail)
    mail.save(update_fields=["due_at", "attempts", "last_error", "text", "html"])
    # Not the error's words: a mail server repeats the address in them.
    fields = {"mail": mail.pk, "attempts": mail.attempts, "fault": type(error).__name__}
    if given_up:
        logger.error("mail given up", extra={"event": "mail.given_up", **fields})
    else:
        logger.warning("mail not sent yet", extra={"event": "mail.refused", **fields})


def _scrub(mail: OutboxMail) -> None:
    if mail.sensitive:
        mail.text = SCRUBBED
        mail.html = ""
