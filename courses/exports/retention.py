"""Files are for fetching: after some days, or when their person says so, they are gone."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from courses.files.deleting import promise_to_delete
from courses.models import Export

logger = logging.getLogger(__name__)

AT_ONCE = 200


def forget(export: Export) -> None:
    """The row, and for certain the file. A worker that still writes it leaves it."""
    with transaction.atomic():
        found = Export.objects.select_for_update().filter(pk=export.pk).first()
        if found is None:
            return
        if found.file:
            promise_to_delete(found.file)
        found.delete()
    logger.info("export forgotten", extra={"event": "export.forgotten", "export": export.pk})


def forget_old(*, now: datetime | None = None) -> int:
    """Forget what was asked for ``EXPORTS_KEPT_DAYS`` ago; how many."""
    now = now or timezone.now()
    old = Export.objects.filter(asked_at__lte=now - timedelta(days=settings.EXPORTS_KEPT_DAYS))
    forgotten = 0
    while exports := list(old.order_by("asked_at", "pk")[:AT_ONCE]):
        for export in exports:
            forget(export)
        forgotten += len(exports)
    return forgotten
