"""Writing an export in a worker: once, with progress, and again when a worker left it."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone, translation

from courses.files.deleting import promise_to_delete
from courses.models import Export, ExportStatus
from courses.models.exports import EXPORT_MOVES, WhyNot
from courses.records.counting import count_rows
from courses.records.parts import PART, in_parts
from courses.wording.zones import zone_of

from .emails import announce_ready
from .requests import ask_again
from .rights import rights_of
from .sheets import write_file

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # renewed with each part
ATTEMPTS = 3
LEFT_BEHIND = timedelta(minutes=1)  # the message has normally come long before
SWEPT_AT_ONCE = 20


class NotOurs(Exception):
    """The export was removed, or another worker has taken it."""


def write(pk: int) -> bool:
    """Write one export; True when this call made its file. Of two at once, one does the work."""
    export = _claim(pk)
    if export is None:
        return False
    writing = _Writing(export)
    try:
        with (
            translation.override(export.language or None),
            timezone.override(zone_of(export.zone)),
        ):
            writing.run()
    except NotOurs:
        writing.leave()
        logger.info("export left", extra={"event": "export.left", "export": pk})
        return False
    except PermissionDenied:
        _fail(export, WhyNot.CLOSED)
        return False
    except Http404:
        _fail(export, WhyNot.GONE)
        return False
    except Exception:
        logger.exception("export broke off", extra={"event": "export.broken", "export": pk})
        _give_back(Export.objects.filter(pk=pk, attempts=export.attempts), timezone.now())
        return False
    return True


def sweep(*, now: datetime | None = None) -> int:
    """Write what no worker was told of, or a worker left; how many. Runs on the clock."""
    now = now or timezone.now()
    _give_back(Export.objects.filter(claimed_until__lt=now), now)
    waiting = Export.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now),
        status=ExportStatus.WAITING,
        asked_at__lte=now - LEFT_BEHIND,
    )
    keys = list(waiting.order_by("asked_at", "pk").values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    return sum(write(pk) for pk in keys)


def _claim(pk: int) -> Export | None:
    with transaction.atomic():
        mine = EXPORT_MOVES.update(
            Export.objects.filter(pk=pk),
            ExportStatus.WRITING,
            claimed_until=timezone.now() + LEASE,
            attempts=F("attempts") + 1,
            rows_written=0,
        )
        return Export.objects.select_related("person").get(pk=pk) if mine else None


def _give_back(exports: QuerySet[Export], now: datetime) -> None:
    """To be written again, or not any more when that was tried often enough."""
    under_way = exports.filter(status=ExportStatus.WRITING)
    for export in under_way.filter(attempts__gte=ATTEMPTS):
        _fail(export, WhyNot.BROKEN)
    EXPORT_MOVES.update(under_way, ExportStatus.WAITING, claimed_until=None)


def _fail(export: Export, reason: str) -> None:
    ours = Export.objects.filter(pk=export.pk, attempts=export.attempts)
    failed = EXPORT_MOVES.update(
        ours,
        ExportStatus.FAILED,
        reason=reason,
        finished_at=timezone.now(),
        claimed_until=None,
    )
    if failed:
        logger.warning(
            "export not written",
            extra={"event": "export.failed", "export": export.pk, "reason": str(reason)},
        )


class _Writing:
    """One attempt at one export."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.model: Any = None
        self.rows: Any = None
        self.name = ""  # of the file, once there may be one
        self.is_done = False

    def run(self) -> None:
        person = self.export.person
        rights = rights_of(person)
        ask_again(person=person, address=self.export.address, writer=self._write)
        if not self.is_done:
            raise PermissionDenied  # the list answered without having been read
        self._finish(rights)

    def leave(self) -> None:
        """Without a file: whoever took the work, or removed the export, may have done so before
        the file was there to be deleted. Its name is of this attempt alone.
        """
        if self.name:
            with transaction.atomic():
                promise_to_delete(self.name)

    def _write(self, view: Any, rows: Any, decorate: Any) -> HttpResponse:
        self._expect(rows)
        self.model = rows.model
        self.rows = in_parts(rows, decorate)
        with TemporaryFile() as output:
            write_file(view, self, self.export.kind, output)
            self._keep(output)
        self.is_done = True
        return HttpResponse(status=204)

    def __iter__(self) -> Iterator[Any]:
        """The rows, noting after each part how many were read."""
        number = 0
        for number, row in enumerate(self.rows, start=1):
            yield row
            if number % PART == 0:
                self._note(rows_written=number)
        self._note(rows_written=number)

    def _expect(self, rows: Any) -> None:
        total = count_rows(rows)
        if total.is_exact or total.is_estimate:
            self._note(rows_expected=total.number, is_counted=total.is_exact)

    def _keep(self, output: Any) -> None:
        """The name is noted before there is such a file, so that none is left without a row."""
        export = self.export
        with transaction.atomic():
            left = Export.objects.filter(pk=export.pk).values_list("file", flat=True).first()
            if left:
                promise_to_delete(left)
            name = f"exports/{export.key}-{export.attempts}.{export.kind}"
            self._note(file=name, size=output.tell())
        output.seek(0)
        self.name = name
        kept = default_storage.save(name, File(output))
        assert kept == name  # the key is of this export alone

    def _note(self, **changes: Any) -> None:
        ours = Export.objects.filter(
            pk=self.export.pk, status=ExportStatus.WRITING, attempts=self.export.attempts
        )
        if not ours.update(claimed_until=timezone.now() + LEASE, **changes):
            raise NotOurs

    def _finish(self, rights: str) -> None:
        export = self.export
        with transaction.atomic():
            ours = Export.objects.filter(pk=export.pk, attempts=export.attempts)
            ready = EXPORT_MOVES.update(
                ours,
                ExportStatus.READY,
                rights=rights,
                finished_at=timezone.now(),
                claimed_until=None,
            )
            if not ready:
                raise NotOurs
            export.refresh_from_db()
            announce_ready(export)
        logger.info(
            "export ready",
            extra={"event": "export.ready", "export": export.pk, "rows": export.rows_written},
        )
