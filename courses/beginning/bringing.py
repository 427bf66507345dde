"""A file that somebody brings: looked at, kept, and left to a worker; or stopped on its way."""

import logging
from pathlib import PurePosixPath

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from courses.drafts.copying import called_a_copy
from courses.errors import CourseError
from courses.exchange.archive import safe_suffix
from courses.files.deleting import promise_to_delete
from courses.models import CourseImport, CoursePage, ImportStatus
from courses.models.imports import IMPORT_MOVES, UNFINISHED_IMPORTS
from courses.models.team import may_teach
from courses.people import Person
from courses.promises.queues import IMPORTS
from courses.promises.telling import tell_worker
from courses.wording.sizes import format_size
from courses.words.cutting import shorten

from .copying import bytes_of_files, copy_course, taught_course
from .tasks import import_brought

logger = logging.getLogger(__name__)

AT_ONCE = 2  # of one person
COPIED_AT_ONCE = 50 * 1024**2  # bytes, while somebody waits for the page


def bring(*, person: Person, file: File) -> CourseImport:
    """Keeps the file and has a worker import it as a draft that ``person`` leads.

    Raises CourseError for what cannot be an archive of a course, when too many of theirs are
    under way, and for who may not author; nothing is kept then.
    """
    if not may_teach(person):
        raise CourseError(_("Only producers can create courses."), code="only_producers_create")
    suffix = _suffix_of(file)
    # Counted and written under the person's row: two tabs are one after the other.
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).get(pk=person.pk)
        _require_few(person)
        brought = CourseImport(
            person=person,
            name=shorten(PurePosixPath(file.name or "").name or _("Course"), 255),
            size=file.size,
            language=get_language() or "",
        )
        # Noted before there is such a file, so that none is left without a row.
        brought.file = f"imports/{brought.key}{suffix}"
        brought.save()
    kept = default_storage.save(brought.file, File(file, name=brought.file))
    assert kept == brought.file  # the key is of this import alone
    tell_worker(import_brought, brought.pk, queue=IMPORTS, waits="import.waits")
    logger.info(
        "course brought",
        extra={"event": "import.asked", "import": brought.pk, "person": str(person.pk)},
    )
    return brought


def begin_copy(*, person: Person, course_id: int) -> CoursePage | None:
    """A copy at once; of a course with much in its collection by a worker, and None.

    Raises CourseError as ``copy_course`` and ``bring`` do.
    """
    source = taught_course(course_id=course_id, producer=person)
    if bytes_of_files(source) <= COPIED_AT_ONCE:
        return copy_course(course_id=source.pk, producer=person)
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).get(pk=person.pk)
        _require_few(person)
        brought = CourseImport.objects.create(
            person=person,
            source=source,
            name=shorten(called_a_copy(source.draft_title or source.title), 255),
            language=get_language() or "",
        )
        tell_worker(import_brought, brought.pk, queue=IMPORTS, waits="import.waits")
    return None


def stop(*, brought: CourseImport, by: Person) -> bool:
    """Ends what is on its way, and nothing of it stays; False when it has ended already."""
    with transaction.atomic():
        ours = CourseImport.objects.filter(pk=brought.pk, person=by)
        stopped = IMPORT_MOVES.update(
            ours, ImportStatus.STOPPED, finished_at=timezone.now(), claimed_until=None
        )
        if stopped and brought.file:
            promise_to_delete(brought.file)
    return bool(stopped)


def put_away(*, brought: CourseImport, by: Person) -> bool:
    """What became of it is told no more above everything; False where there is nothing to tell."""
    ended = CourseImport.objects.filter(pk=brought.pk, person=by, put_away_at=None)
    return bool(ended.exclude(finished_at=None).update(put_away_at=timezone.now()))


def _suffix_of(file: File) -> str:
    most = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if not file.size:
        raise CourseError(_("This file is empty."), code="file_empty")
    if file.size > most:
        raise CourseError(
            _("This file is larger than %(size)s.") % {"size": format_size(most)},
            code="file_too_large",
        )
    head = file.read(8192)
    file.seek(0)
    return safe_suffix(file.name or "", head)


def _require_few(person: Person) -> None:
    under_way = CourseImport.objects.filter(person=person, status__in=UNFINISHED_IMPORTS)
    if under_way.count() < AT_ONCE:
        return
    raise CourseError(
        ngettext(
            "%(number)s import of yours is on its way. Bring the next one when it has come in.",
            "%(number)s imports of yours are on their way. "
            "Bring the next one when one of them has come in.",
            AT_ONCE,
        )
        % {"number": AT_ONCE},
        code="imports_under_way",
    )
