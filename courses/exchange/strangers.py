"""Name the archives that people bring and that are no course we read, by what is in them."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from .archive import Archive, UnreadableEntry

HEAD = 64 * 1024  # bytes of a manifest that say which kind it is
MAX_MANIFEST = 8 * 1024**2

MOODLE = gettext_lazy("This is a backup of a Moodle course (.mbz).")
CANVAS = gettext_lazy("This is a Canvas course export, a Common Cartridge (.imscc).")
CARTRIDGE = gettext_lazy("This is a Common Cartridge (.imscc).")
SCORM = gettext_lazy("This is a SCORM package.")
QTI = gettext_lazy("This is a QTI package of questions.")
IMS = gettext_lazy("This is an IMS content package.")
CMI5 = gettext_lazy("This is a cmi5 package.")
H5P = gettext_lazy("This is an H5P activity.")
WORD = gettext_lazy("This is a Word document.")
SLIDES = gettext_lazy("This is a PowerPoint presentation.")
SHEET = gettext_lazy("This is an Excel workbook.")
OPEN_DOCUMENT = gettext_lazy("This is an OpenDocument file.")
EPUB = gettext_lazy("This is an EPUB book.")
EMPTY = gettext_lazy("This archive is empty.")
UNKNOWN = gettext_lazy("This archive holds no course of a kind that is known here.")


def what_it_is(archive: Archive) -> str:
    """One sentence on an archive that no format recognises."""
    if not archive.names:
        return str(EMPTY)
    for sentence, knows in _KINDS:
        if knows(archive):
            return str(sentence)
    return str(UNKNOWN)


def _holds(name: str) -> Callable[[Archive], bool]:
    """Whether an entry of that name stands at the top, or in the one folder that is there."""

    def look(archive: Archive) -> bool:
        return _place(archive, name) is not None

    return look


def _says(name: str, *words: str) -> Callable[[Archive], bool]:
    """Whether the head of such an entry has one of the words."""

    def look(archive: Archive) -> bool:
        place = _place(archive, name)
        if place is None:
            return False
        try:
            head = archive.read(place, limit=MAX_MANIFEST)[:HEAD]
        except UnreadableEntry:
            return False
        text = head.decode("utf-8", "ignore").replace("\x00", "").lower()
        return any(word in text for word in words)

    return look


def _place(archive: Archive, name: str) -> str | None:
    if name in archive:
        return name
    tops = {entry.split("/")[0] for entry in archive.names}
    inside = f"{min(tops)}/{name}"
    return inside if len(tops) == 1 and inside in archive else None


_KINDS: tuple[tuple[Promise | str, Callable[[Archive], bool]], ...] = (
    (MOODLE, _holds("moodle_backup.xml")),
    (CANVAS, _holds("course_settings/canvas_export.txt")),
    (CARTRIDGE, _says("imsmanifest.xml", "common cartridge", "imsccv1p", "imscc_")),
    (SCORM, _says("imsmanifest.xml", "adlcp", "scorm")),
    (QTI, _says("imsmanifest.xml", "qti")),
    (IMS, _holds("imsmanifest.xml")),
    (CMI5, _holds("cmi5.xml")),
    (H5P, _holds("h5p.json")),
    (WORD, _holds("word/document.xml")),
    (SLIDES, _holds("ppt/presentation.xml")),
    (SHEET, _holds("xl/workbook.xml")),
    (OPEN_DOCUMENT, _says("mimetype", "application/vnd.oasis.opendocument")),
    (EPUB, _says("mimetype", "application/epub+zip")),
)
