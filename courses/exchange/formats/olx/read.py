"""Read an Open edX course export (OLX) from course.xml, and everything that it reaches."""

from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from courses.exchange.archive import Archive
from courses.exchange.errors import ImportRefused
from courses.exchange.neutral import ImportedCourse

from .assets import Assets
from .contents import places_in, read_contents
from .facts import read_facts
from .nodes import Nodes
from .roots import ACCEPTED, find_root
from .scrubbing import scrub
from .secrets import Secrets
from .structure import StructureReader


def read_course(archive: Archive) -> ImportedCourse:
    """The ImportedCourse in an opened Archive. Raises ImportRefused with one clear sentence."""
    root = find_root(archive)
    secrets = Secrets()
    assets = Assets(archive, root)
    problems: list[str] = []  # sentences about structure, for the course's notes
    nodes = Nodes(archive, root, problems)
    structure = StructureReader(nodes)
    run, element = _course_element(nodes)
    secrets.learn_attributes(element)
    course, nodes.titles = read_facts(archive, root, run, element, assets, secrets)
    course.chapters += structure.read(element)
    if not course.chapters:
        raise ImportRefused(
            _("This course has no chapters, so there is nothing to import."), code="no_chapters"
        )
    course.places |= places_in(course)
    read_contents(
        course, structure.found, archive=archive, root=root, assets=assets, secrets=secrets
    )
    course.notes += problems
    scrub(course, secrets)
    return course


def _course_element(nodes: Nodes) -> tuple[str, Element]:
    """(the name of the run, the course): of course.xml itself, or of the file it points to."""
    pointer = nodes.structure(f"{nodes.root}course.xml")
    if pointer.tag != "course":
        raise ImportRefused(ACCEPTED, code="no_course")
    run = pointer.get("url_name") or ""
    if len(pointer):
        return run, pointer
    path = nodes.path(pointer)
    if f"{nodes.root}{path}" not in nodes.archive:
        raise ImportRefused(
            _("The course points to course/%(name)s.xml, which is not there.") % {"name": run},
            code="course_file_missing",
        )
    nodes.seen.add(path)
    return run, nodes.structure(f"{nodes.root}{path}")
