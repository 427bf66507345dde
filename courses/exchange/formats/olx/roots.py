"""Find the course in an archive: the folder with its course.xml."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.exchange.archive import Archive, shorten
from courses.exchange.errors import ImportRefused
from courses.exchange.xml import MAX_TEXT, UnreadableXML, parse_xml

ACCEPTED = gettext_lazy(
    "An Open edX course export can be imported: a .tar.gz or .zip with a course.xml in it."
)
LIBRARY = gettext_lazy(
    "This archive holds a library of components, not a course: it has a library.xml and no "
    "course.xml."
)
# Folders of a course: a course.xml in one of them is its own or a copy.
OWN_FOLDERS = {
    "about", "assets", "chapter", "course", "drafts", "html", "info", "policies", "problem",
    "sequential", "static", "tabs", "vertical", "video",
}  # fmt: skip
MOST_LOOKED_AT = 20  # files called course.xml
IS_A_COURSE = {"url_name", "org", "course", "display_name"}


def recognises(archive: Archive) -> bool:
    """Whether this is an export of Open edX: of a course, or of a library, which is refused."""
    return bool(_courses(archive) or _entries_called("library.xml", archive))


def find_root(archive: Archive) -> str:
    """The folder that holds course.xml, "" or ending in "/".

    Raises ImportRefused when there is none, or more than one to choose from.
    """
    found = _courses(archive)
    if not found:
        if _entries_called("library.xml", archive):
            raise ImportRefused(LIBRARY, code="library")
        raise ImportRefused(ACCEPTED, code="no_course")
    root = found[0].removesuffix("course.xml")
    others = [name for name in found[1:] if not _belongs_to(root, name)]
    if others:
        told = _(
            "This archive holds more than one course: “%(one)s” and “%(other)s”. "
            "Pack the one to be imported alone."
        )
        raise ImportRefused(
            told % {"one": shorten(found[0]), "other": shorten(others[0])}, code="several_courses"
        )
    return root


def _belongs_to(root: str, name: str) -> bool:
    """Whether a second course.xml stands in a folder of the first one's course."""
    return name.startswith(root) and name.removeprefix(root).split("/")[0] in OWN_FOLDERS


def _courses(archive: Archive) -> list[str]:
    """The course.xml of each course, that nearest to the top first."""
    named = _entries_called("course.xml", archive)
    nearest = sorted(named, key=lambda name: (name.count("/"), name))[:MOST_LOOKED_AT]
    return [name for name in nearest if _is_open_edx(archive, name)]


def _is_open_edx(archive: Archive, name: str) -> bool:
    """Other systems have a course.xml too. One that cannot be read is told when it is read."""
    try:
        root = parse_xml(archive.read(name, limit=MAX_TEXT), name)
    except (UnreadableXML, ImportRefused):
        return True
    chapters = root.find("chapter") is not None
    return root.tag == "course" and bool(chapters or IS_A_COURSE & set(root.attrib))


def _entries_called(file_name: str, archive: Archive) -> list[str]:
    return [name for name in archive.names if name.rsplit("/", 1)[-1] == file_name]
