"""The mails of what happened: whole while a site keeps them, and empty afterwards."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from courses.models import OutboxMail
from courses.outbox.queue import queue_mail
from learners.models import Certificate
from storefront.checkout.emails import receipt_mail

from .clock import at
from .rows import insert
from .trade import Sale

KEPT = timedelta(days=settings.MAIL_KEPT_DAYS)


def write_letters(
    *, sales: Iterable[Sale], certificates: Iterable[Certificate], now: datetime
) -> None:
    """The receipt of each sale, the notice of each certificate that is older than mail is kept.

    What retention has emptied (``courses.outbox.retention``) is never written in full.
    """
    emptied = [
        _emptied(f"certificate:{certificate.pk}", certificate.issued_at)
        for certificate in certificates
    ]
    for sale in sales:
        if is_old(sale.story.bought, now):
            emptied.append(_emptied(f"receipt:{sale.order.pk}", sale.story.bought))
        else:
            with at(sale.story.bought):
                queue_mail(**receipt_mail(order=sale.order))
    insert(emptied)


def is_old(when: datetime, now: datetime) -> bool:
    """Whether a mail of then has lost its words by now."""
    return when <= now - KEPT


def _emptied(key: str, sent: datetime) -> OutboxMail:
    return OutboxMail(
        key=key, created_at=sent, due_at=sent, sent_at=sent, attempts=1, emptied_at=sent + KEPT
    )
