"""Files that Wagtail put aside until somebody describes them, and that nobody described."""

import logging
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from wagtail.models import UploadedFile

logger = logging.getLogger(__name__)

AT_ONCE = 200


def remove_left_uploads(*, now: datetime | None = None) -> int:
    """Remove what was uploaded ``LEFT_UPLOADS_KEPT_DAYS`` ago and left, file and row; how many.

    The row knows no time, so the storage is asked, once an upload: they are few.
    """
    now = now or timezone.now()
    before = now - timedelta(days=settings.LEFT_UPLOADS_KEPT_DAYS)
    removed = 0
    for upload in UploadedFile.objects.order_by("pk")[:AT_ONCE]:
        if _put_there(upload) > before:
            break  # those behind it are younger
        upload.file.delete(save=False)
        upload.delete()
        removed += 1
    if removed:
        logger.info("left uploads removed", extra={"event": "upload.removed", "uploads": removed})
    return removed


def _put_there(upload: UploadedFile) -> datetime:
    """When the file was written; long ago, when there is none."""
    storage, name = upload.file.storage, upload.file.name
    if not storage.exists(name):
        return datetime.min.replace(tzinfo=UTC)
    return storage.get_modified_time(name)
