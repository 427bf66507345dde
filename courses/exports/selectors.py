"""What a person sees of their exports."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Export, ExportStatus
from courses.people import Person
from courses.wording.sizes import format_size

from .requests import may_open
from .rights import rights_of

SHOWN = 50


@dataclass(frozen=True)
class Shown:
    """An export as its row on the page says it."""

    export: Export
    may_fetch: bool
    told: str

    @property
    def share(self) -> float | None:
        """For a bar; None where nobody knows how much there is."""
        if not self.export.rows_expected:
            return None
        return min(self.export.rows_written / self.export.rows_expected, 1.0)

    @property
    def kept_until(self) -> datetime:
        return self.export.asked_at + timedelta(days=settings.EXPORTS_KEPT_DAYS)


def exports_of(person: Person) -> list[Shown]:
    """The latest of them. Two queries, and those of the person's rights where one is ready."""
    exports = list(Export.objects.filter(person=person).order_by("-asked_at", "-pk")[:SHOWN])
    rights = rights_of(person) if any(export.is_ready for export in exports) else ""
    return [_shown(export, rights) for export in exports]


def fetchable(*, person: Person, key: UUID) -> Export | None:
    """Their own, when it is ready and they may still see what they saw when it was written."""
    export = Export.objects.filter(person=person, key=key, status=ExportStatus.READY).first()
    if export is None or export.rights != rights_of(person):
        return None
    return export if may_open(person=person, address=export.address) else None


def _shown(export: Export, rights: str) -> Shown:
    if export.status == ExportStatus.FAILED:
        return Shown(export, False, export.get_reason_display())
    if export.is_ready and export.rights != rights:
        return Shown(
            export, False, _("You may see other rows since. Please export the list again.")
        )
    return Shown(export, export.is_ready, _told(export))


def _told(export: Export) -> str:
    written = export.rows_written
    rows = ngettext("%(number)s row", "%(number)s rows", written) % {"number": _figure(written)}
    if export.is_ready:
        # Translators: how much a file holds: “12,000 rows, 1.2 MB”.
        return _("%(rows)s, %(size)s") % {"rows": rows, "size": format_size(export.size)}
    if export.status == ExportStatus.WAITING:
        return _("Waiting for its turn")
    if export.rows_expected is None:
        return rows
    figures = {"number": _figure(written), "all": _figure(export.rows_expected)}
    if export.is_counted:
        return _("%(number)s of %(all)s rows") % figures
    return _("%(number)s of about %(all)s rows") % figures


def _figure(number: int) -> str:
    return number_format(number, force_grouping=True)
