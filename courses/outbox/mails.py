"""Mail that leaves once: a row in the transaction that causes it, sent after the commit.

``queue_mail`` writes the row and nudges a worker on commit. Should the nudge be lost, the
sweeper on the clock finds the row. A mail that the server refuses is tried again after 1, 2,
4, … minutes, ``ATTEMPTS`` times in all.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from kombu.exceptions import OperationalError

from courses.models import OutboxMail

logger = logging.getLogger(__name__)

ATTEMPTS = 12  # the last comes a day and a half after the first
LEFT_BEHIND = timedelta(minutes=1)  # the nudge has normally worked long before
SCRUBBED = "This mail held a code or a link for one person. It was removed after sending."


def queue_mail(
    *, key: str, to: str, template: str, context: dict, sensitive: bool = False
) -> OutboxMail:
    """Promise one mail, rendered now from ``templates/mail/<template>.{subject.txt,txt,html}``.

    ``key`` names the occasion ("receipt:<order id>"): a second call with the same key returns
    the first mail and sends nothing. ``sensitive`` mails lose their body once sent. Besides
    ``context`` the templates see ``site_url`` (no trailing slash) and ``subject``. The HTML
    part is optional; in the text parts nothing is escaped.
    """
    found = OutboxMail.objects.filter(key=key).first()
    if found:
        return found
    context = {"site_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"), **context}
    subject = " ".join(_render_text(f"mail/{template}.subject.txt", context).split())
    context["subject"] = subject
    try:
        html = render_to_string(f"mail/{template}.html", context)
    except TemplateDoesNotExist as error:
        if error.args != (f"mail/{template}.html",):
            raise
        html = ""
    mail, created = OutboxMail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": subject[:255],
            "text": _render_text(f"mail/{template}.txt", context).strip() + "\n",
            "html": html,
            "sensitive": sensitive,
        },
    )
    if created:
        transaction.on_commit(lambda: _nudge(mail.pk), robust=True)
    return mail


def deliver(pk: int, *, due_by=None) -> bool:
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
        return True


def sweep(*, now=None) -> int:
    """Send what was left behind or is due again; how many were sent. Runs on the clock.

    A round may outlast the pause before the next: what another sweeper has tried since this
    one made its list is no longer due, and is left alone.
    """
    now = now or timezone.now()
    waiting = OutboxMail.objects.filter(
        sent_at=None, attempts__lt=ATTEMPTS, due_at__lte=now, created_at__lte=now - LEFT_BEHIND
    )
    keys = waiting.order_by("due_at").values_list("pk", flat=True)[:200]
    return sum(deliver(pk, due_by=now) for pk in list(keys))


def _render_text(name: str, context: dict) -> str:
    """Plain text needs no escaping: an ampersand stays one."""
    return get_template(name).template.render(Context(context, autoescape=False))


def _nudge(pk: int) -> None:
    from .tasks import deliver_mail  # tasks import this module

    try:
        deliver_mail.delay(pk)
    except OperationalError as error:
        logger.warning("The broker does not answer (%s); mail %s waits for the sweeper.", error, pk)


def _send(mail: OutboxMail) -> None:
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].strip("> ")
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=sender,
        to=[mail.to],
        headers={"Message-ID": f"<outbox.{mail.pk}.{mail.created_at:%Y%m%d%H%M%S%f}@{domain}>"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    message.send()


def _note_failure(mail: OutboxMail, error: Exception) -> None:
    mail.due_at = timezone.now() + timedelta(minutes=2**mail.attempts)
    mail.attempts += 1
    mail.last_error = f"{type(error).__name__}: {error}"
    if mail.attempts >= ATTEMPTS:
        _scrub(mail)
        logger.error("Mail %s was given up after %s attempts.", mail.pk, mail.attempts)
    mail.save(update_fields=["due_at", "attempts", "last_error", "text", "html"])


def _scrub(mail: OutboxMail) -> None:
    if mail.sensitive:
        mail.text = SCRUBBED
        mail.html = ""
