"""The elements of an export, each read once, wherever it stands.

A node is written where it stands or in a file of its own, `<tag>/<url_name>.xml`, with a pointer
(`<chapter url_name="…"/>`) in its place; one export mixes both. Files that nothing points to are
orphans and are not read. Reference: "Open edX Learning XML", docs.openedx.org.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.exchange.archive import Archive, UnreadableEntry
from courses.exchange.errors import ImportRefused
from courses.exchange.xml import MAX_TEXT, UnreadableXML, parse_xml
from courses.words.cutting import clip

MAX_PARTS = 20_000  # chapters, lessons and components in all


class Nodes:
    """Finds, counts and names elements. What is odd is told in ``problems``, as sentences."""

    def __init__(self, archive: Archive, root: str, problems: list[str]) -> None:
        self.archive = archive
        self.root = root
        self.problems = problems
        self.titles: dict[str, str] = {}  # from the policy of the course
        self.seen: set[str] = set()  # files already read through a pointer
        self.count = 0
        self.home = ""  # the folder that is looked into first

    @contextmanager
    def within(self, home: str) -> Iterator[None]:
        """Files are looked for in the folder ``home`` first."""
        self.home = home
        try:
            yield
        finally:
            self.home = ""

    def resolve(self, pointer: Element) -> Element | None:
        """The element of a chapter, sequential or vertical; None when it has to be skipped."""
        self.counted()
        if not self.is_pointer(pointer):
            return pointer
        path = self.path(pointer)
        if path in self.seen:
            self.problems.append(used_twice(path))
            return None
        try:
            element = self.follow(pointer)
        except UnreadableXML as error:
            raise _needed(error) from error
        if element is None:
            self.problems.append(
                _("“%(name)s” is not in the archive and was skipped.") % {"name": path}
            )
        return element

    def is_pointer(self, element: Element) -> bool:
        if len(element) or (element.text or "").strip() or not element.get("url_name"):
            return False
        return set(element.attrib) == {"url_name"} or self.root + self.path(element) in self.archive

    def path(self, element: Element) -> str:
        name = f"{element.tag}/{(element.get('url_name') or '').replace(':', '/')}.xml"
        drafted = self.home and f"{self.root}{self.home}{name}" in self.archive
        return f"{self.home}{name}" if drafted else name

    def follow(self, pointer: Element) -> Element | None:
        """The root of the file a pointer names, or None. Raises UnreadableXML."""
        path = self.path(pointer)
        if self.root + path not in self.archive:
            return None
        self.seen.add(path)
        try:
            element = parse_xml(self.archive.read(self.root + path, limit=MAX_TEXT), path)
        except UnreadableEntry as error:
            raise UnreadableXML(str(error)) from error
        if not element.get("url_name"):
            element.set("url_name", self.url_name(pointer))
        return element

    def structure(self, name: str) -> Element:
        try:
            return parse_xml(self.archive.read(name, limit=MAX_TEXT), name.removeprefix(self.root))
        except (UnreadableXML, UnreadableEntry) as error:
            raise _needed(error) from error

    def counted(self) -> None:
        self.count += 1
        if self.count > MAX_PARTS:
            told = ngettext(
                "This course has more than %(number)s part.",
                "This course has more than %(number)s parts.",
                MAX_PARTS,
            )
            number = number_format(MAX_PARTS, force_grouping=True)
            raise ImportRefused(told % {"number": number}, code="too_many_parts")

    def title(self, element: Element, default: str = "") -> str:
        policy = self.titles.get(f"{element.tag}/{element.get('url_name')}")
        named = element.findtext("title") if element.tag == "openassessment" else ""
        named = named or element.get("display_name") or element.get("block_name")
        written = policy or named or ""
        return clip(" ".join(written.split()), 255) or default

    @staticmethod
    def url_name(element: Element, pointer: Element | None = None) -> str:
        inherited = pointer.get("url_name") if pointer is not None else None
        return element.get("url_name") or inherited or ""


def used_twice(path: str) -> str:
    return _("“%(name)s” is used twice; it was read once.") % {"name": path}


def _needed(error: UnreadableXML | UnreadableEntry) -> ImportRefused:
    # Translators: “%(problem)s” is a whole sentence, such as “course.xml is not well-formed XML.”
    told = _("%(problem)s The course cannot be read without it.")
    return ImportRefused(told % {"problem": error}, code="structure_unreadable")
