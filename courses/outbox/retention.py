"""What is left of a mail once nobody needs its words: that it was sent, and for which occasion."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.models import OutboxMail

from .delivery import ATTEMPTS

logger = logging.getLogger(__name__)

AT_ONCE = 500


def empty_old_mails(*, now: datetime | None = None) -> int:
    """Empty what was written ``MAIL_KEPT_DAYS`` ago and left, or was given up; how many.

    The key stays, so the same occasion causes no second mail. Each batch is short and stands
    for itself: a run that is ended goes on with the next.
    """
    now = now or timezone.now()
    emptied = 0
    while keys := list(
        old_mails(now).order_by("created_at", "pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        emptied += OutboxMail.objects.filter(pk__in=keys).update(**_empty_words(), emptied_at=now)
    if emptied:
        logger.info("old mails emptied", extra={"event": "mail.emptied", "mails": emptied})
    return emptied


def old_mails(now: datetime) -> QuerySet[OutboxMail]:
    return OutboxMail.objects.filter(
        Q(sent_at__isnull=False) | Q(attempts__gte=ATTEMPTS),
        emptied_at=None,
        created_at__lte=now - timedelta(days=settings.MAIL_KEPT_DAYS),
    )


def _empty_words() -> dict[str, str]:
    """Every text but the key, those that come to the model later too."""
    texts = (field for field in OutboxMail._meta.concrete_fields if _is_text(field))
    return {field.name: "" for field in texts if field.name != "key"}


def _is_text(field: models.Field) -> bool:
    return isinstance(field, (models.CharField, models.TextField))
