"""Importing in a worker: once, with progress, and again when a worker left it.

What is seen of it meanwhile is on its row until lessons are written; those are one transaction,
of which nobody sees anything, so how many there are goes through the cache.
"""

import logging
import shutil
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from courses.covers.pictures import make_thumbnail
from courses.errors import CourseError
from courses.exchange.archive import Archive
from courses.exchange.build import import_course
from courses.exchange.neutral import ImportedCourse
from courses.exchange.report import Report
from courses.exchange.watching import Watcher
from courses.files.deleting import promise_to_delete
from courses.models import CourseImport, CoursePage, ImportStatus
from courses.models.imports import IMPORT_MOVES

from .copying import copy_course

logger = logging.getLogger(__name__)

# Not renewed: an import is one transaction, and ends by itself before this has run out.
LEASE = timedelta(minutes=30)
LONGEST = timedelta(minutes=25)
ATTEMPTS = 2
LEFT_BEHIND = timedelta(minutes=1)  # the message has normally come long before
SWEPT_AT_ONCE = 5
SHOWN_SECONDS = 600
TOO_LONG = "took_too_long"


class ImportLeft(Exception):
    """It was stopped, or another worker has taken it."""


def work(pk: int) -> bool:
    """Import one file; True when this call made its course. Of two at once, one does the work."""
    brought = _claim(pk)
    if brought is None:
        return False
    with translation.override(brought.language or None):
        try:
            _import(brought)
        except ImportLeft:
            logger.info("import left", extra={"event": "import.left", "import": pk})
            return False
        except CourseError as refusal:
            _fail(brought, str(refusal), refusal.code)
            return False
        except Exception:
            logger.exception("import broke off", extra={"event": "import.broken", "import": pk})
            _give_back(CourseImport.objects.filter(pk=pk, attempts=brought.attempts))
            return False
    return True


def sweep(*, now: datetime | None = None) -> int:
    """Import what no worker was told of, or a worker left; how many. Runs on the clock."""
    now = now or timezone.now()
    _give_back(CourseImport.objects.filter(claimed_until__lt=now))
    waiting = CourseImport.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now),
        status=ImportStatus.WAITING,
        asked_at__lte=now - LEFT_BEHIND,
    )
    keys = list(waiting.order_by("asked_at", "pk").values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    return sum(work(pk) for pk in keys)


def lessons_written(brought: CourseImport) -> int:
    return int(cache.get(_shown_at(brought)) or 0)


def _shown_at(brought: CourseImport) -> str:
    return f"import:{brought.key}:lessons"


def _claim(pk: int) -> CourseImport | None:
    mine = IMPORT_MOVES.update(
        CourseImport.objects.filter(pk=pk),
        ImportStatus.WORKING,
        claimed_until=timezone.now() + LEASE,
        attempts=F("attempts") + 1,
        found={},
    )
    return CourseImport.objects.select_related("person").get(pk=pk) if mine else None


def _import(brought: CourseImport) -> None:
    following = _Following(brought)
    if brought.file:
        _import_file(brought, following)
    elif brought.source_id is None:
        raise CourseError(_("The course to copy is not there any more."), code="course_gone")
    else:
        copy_course(
            course_id=brought.source_id, producer=brought.person, once_copied=following.copied
        )


def _import_file(brought: CourseImport, following: "_Following") -> None:
    """From a copy on this machine's disk: an archive is read to and fro."""
    with TemporaryDirectory() as folder:
        # Called as it was: one text without a title is called by its name.
        called = slugify(PurePosixPath(brought.name).stem, allow_unicode=True)[:60] or "course"
        suffix = "".join(PurePosixPath(brought.file).suffixes)
        local = Path(folder) / f"{called}{suffix}"
        try:
            with default_storage.open(brought.file, "rb") as kept, local.open("wb") as copy:
                shutil.copyfileobj(kept, copy)
        except FileNotFoundError as error:
            told = _("The file did not arrive whole. Bring it again.")
            raise CourseError(told, code="file_missing") from error
        course, _report = import_course(path=local, producer=brought.person, watcher=following)
        make_thumbnail(course)


def _give_back(imports: QuerySet[CourseImport]) -> None:
    """To be imported again, or not any more when that was tried often enough."""
    under_way = imports.filter(status=ImportStatus.WORKING)
    for brought in under_way.filter(attempts__gte=ATTEMPTS):
        with translation.override(brought.language or None):
            told = _("Something went wrong on our side. Nothing was written; bring it again.")
            _fail(brought, told, "broken")
    IMPORT_MOVES.update(under_way, ImportStatus.WAITING, claimed_until=None)


def _fail(brought: CourseImport, reason: str, code: str) -> None:
    ours = CourseImport.objects.filter(pk=brought.pk, attempts=brought.attempts)
    with transaction.atomic():
        failed = IMPORT_MOVES.update(
            ours,
            ImportStatus.FAILED,
            reason=reason,
            finished_at=timezone.now(),
            claimed_until=None,
        )
        if not failed:
            return
        if brought.file:
            promise_to_delete(brought.file)
    logger.warning(
        "course not imported",
        extra={"event": "import.failed", "import": brought.pk, "reason": code},
    )


class _Following(Watcher):
    """Notes each step, and ends the import when it is not wanted any more."""

    def __init__(self, brought: CourseImport) -> None:
        self.brought = brought
        self.begun = timezone.now()
        self.known: dict[str, int] = {}

    def opened(self, archive: Archive, format_name: str) -> None:
        self._note(format_name=format_name, files=len(archive.names))

    def found(self, course: ImportedCourse) -> None:
        self._note(
            chapters=len(course.chapters),
            parts=len(course.sections),
            lessons=len(course.lessons),
        )

    def wrote(self, lessons: int) -> None:
        if not self._ours().exists():
            raise ImportLeft
        if timezone.now() - self.begun > LONGEST:
            raise CourseError(
                _("This course is so large that it could not be imported in time."), code=TOO_LONG
            )
        cache.set(_shown_at(self.brought), lessons, SHOWN_SECONDS)

    def built(self, course: CoursePage, report: Report) -> None:
        """In the transaction of the course: it is there and done, or neither."""
        self._end(course, report.as_dict())
        promise_to_delete(self.brought.file)

    def copied(self, course: CoursePage) -> None:
        """The same; of a copy there is nothing to report."""
        self._end(course, None)

    def _end(self, course: CoursePage, report: dict[str, Any] | None) -> None:
        done = IMPORT_MOVES.update(
            self._ours(),
            ImportStatus.DONE,
            course=course,
            report=report,
            finished_at=timezone.now(),
            claimed_until=None,
        )
        if not done:
            raise ImportLeft

    def _note(self, *, format_name: str = "", **found: int) -> None:
        self.known |= found
        changes: dict[str, Any] = {"found": self.known}
        if format_name:
            changes["format"] = format_name
        if not self._ours().update(**changes):
            raise ImportLeft

    def _ours(self) -> QuerySet[CourseImport]:
        return CourseImport.objects.filter(
            pk=self.brought.pk, status=ImportStatus.WORKING, attempts=self.brought.attempts
        )
