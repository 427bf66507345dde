"""Writing the sitemap in a worker, part by part."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from courses.promises.keeping import keeper
from courses.promises.promising import promise
from courses.promises.queues import INDEX
from home.models import SitemapPart
from storefront.catalogue.sitemaps import Named

from .sections import SECTIONS, Section

logger = logging.getLogger(__name__)

PART = 5000  # addresses; search engines read up to 50,000 of a file
# While courses change all the time, the sitemap is written this often.
PAUSE = timedelta(minutes=1)
# Of whoever writes: two at once would write what the slower one read first.
LOCK = 4_600_460


def promise_sitemap() -> None:
    """In the transaction that changes what the sitemap names. One SQL."""
    promise("home.sitemap", key="sitemap")


@keeper("home.sitemap", queue=INDEX)
def keep_sitemap() -> None:
    made = SitemapPart.objects.aggregate(at=Max("made_at"))["at"]
    if made is not None and timezone.now() - made < PAUSE:
        promise("home.sitemap", key="sitemap:later", not_before=PAUSE)
        return
    build()


def build() -> None:
    """Write every section anew. Sections stand side by side: whoever reads sees old or new ones."""
    now = timezone.now()
    for name, section in SECTIONS.items():
        with transaction.atomic():
            _wait_for_others()
            parts = 0
            for parts, found in enumerate(_parts(section), start=1):
                _write(name, parts, found, now)
            SitemapPart.objects.filter(section=name, number__gt=parts).delete()
    logger.info(
        "sitemap written",
        extra={"event": "sitemap.written", "parts": SitemapPart.objects.count()},
    )


def _parts(section: Section) -> Iterator[list[Named]]:
    key: Any = None
    while found := section(key, PART):
        yield found
        key = found[-1].key


def _write(name: str, number: int, found: list[Named], now: datetime) -> None:
    changes = [each.changed_at for each in found if each.changed_at]
    SitemapPart.objects.update_or_create(
        section=name,
        number=number,
        defaults={
            "body": "".join(_element(each) for each in found),
            "changed_at": max(changes) if changes else None,
            "made_at": now,
        },
    )


def _element(named: Named) -> str:
    changed = f"<lastmod>{told(named.changed_at)}</lastmod>" if named.changed_at else ""
    return f"<url><loc>{SitemapPart.ORIGIN}{escape(named.path)}</loc>{changed}</url>\n"


def told(moment: datetime) -> str:
    """As the W3C writes a moment."""
    return timezone.localtime(moment, timezone.get_default_timezone()).isoformat(timespec="seconds")


def _wait_for_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
