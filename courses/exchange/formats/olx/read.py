"""Walk an Open edX course export (OLX) from course.xml and read everything it reaches.

A node is written where it stands or in a file of its own, `<tag>/<url_name>.xml`, with a pointer
(`<chapter url_name="…"/>`) in its place; one export mixes both. Files that nothing points to are
orphans and are not read. Reference: "Open edX Learning XML", docs.openedx.org.
"""

from xml.etree.ElementTree import Element

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.exchange.archive import Archive, UnreadableEntry
from courses.exchange.errors import ImportRefused
from courses.exchange.neutral import (
    ImportedChapter,
    ImportedComponent,
    ImportedCourse,
    ImportedLesson,
    Outcome,
    change_texts,
)
from courses.exchange.words import storable
from courses.exchange.xml import MAX_TEXT, UnreadableXML, parse_xml
from courses.words.cutting import clip

from .assets import Assets
from .components import CONTAINERS, NEEDS_FILE, HtmlFiles, read_component
from .drafts import HOME, changed_components, draft_units
from .facts import read_facts
from .grading import tell_grading
from .links import Links
from .roots import ACCEPTED, find_root
from .secrets import REMOVED, Secrets
from .titles import name_lesson, show_title

SEQUENTIALS = {"sequential", "problemset", "videosequence"}
# Children of a course that hold no lessons; the notes speak of what is lost with them.
ASIDE = {"wiki", "textbook", "static_tab", "course_info", "about", "grading_policy"}
MAX_PARTS = 20_000  # chapters, lessons and components in all
MAX_NESTING = 30  # containers within containers

LOST_LETTERS = gettext_lazy("letters of it were lost before it was exported")
STAFF_ONLY = gettext_lazy("only staff saw it in the original")
ONE_GROUP = gettext_lazy("only some groups of learners saw it in the original")
SECRET_REMOVED = gettext_lazy("a secret of the original course was taken out of its text")


def read_course(archive: Archive) -> ImportedCourse:
    """The ImportedCourse in an opened Archive. Raises ImportRefused with one clear sentence."""
    return _CourseReader(archive).read()


class _CourseReader:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.root = find_root(archive)
        self.secrets = Secrets()
        self.assets = Assets(archive, self.root)
        self.seen: set[str] = set()  # files already read through a pointer
        self.count = 0
        # (component, its element, what is wrong, its home) until every place is known
        self.waiting: list[tuple[ImportedComponent, Element, str, str]] = []
        self.home = ""  # the folder that is looked into first: drafts/ while drafts are read
        self.drafts, self.unreadable_drafts = draft_units(archive, self.root)
        self.lesson_count = 0
        self.problems: list[str] = []  # sentences about structure, for the course's notes

    def read(self) -> ImportedCourse:
        pointer = self.structure(f"{self.root}course.xml")
        if pointer.tag != "course":
            raise ImportRefused(ACCEPTED, code="no_course")
        run = pointer.get("url_name") or ""
        element = pointer
        if len(pointer) == 0 and f"{self.root}{self.path(pointer)}" in self.archive:
            self.seen.add(self.path(pointer))
            element = self.structure(f"{self.root}{self.path(pointer)}")
        elif len(pointer) == 0:
            raise ImportRefused(
                _("The course points to course/%(name)s.xml, which is not there.") % {"name": run},
                code="course_file_missing",
            )
        self.secrets.learn_attributes(element)
        course, self.titles = read_facts(
            self.archive, self.root, run, element, self.assets, self.secrets
        )
        for child in element:
            if child.tag == "chapter":
                chapter = self.chapter(child)
                if chapter:
                    course.chapters.append(chapter)
            elif child.tag not in ASIDE:
                told = _("“%(name)s” stands in no chapter and was left out.")
                self.problems.append(told % {"name": self.title(child, child.tag)})
        self.tell_drafts()
        if not course.chapters:
            raise ImportRefused(
                _("This course has no chapters, so there is nothing to import."), code="no_chapters"
            )
        course.places |= self.places(course)
        self.read_components(course)
        course.notes += self.problems
        self.scrub(course)
        return course

    # Structure

    def chapter(self, pointer: Element) -> ImportedChapter | None:
        element = self.resolve(pointer)
        if element is None:
            return None
        chapter = ImportedChapter(self.title(element, _("Chapter")), self.url_name(element))
        for child in element:
            if child.tag in SEQUENTIALS:
                section = self.sequential(child)
                if section:
                    chapter.chapters.append(section)
            else:  # older courses put lessons straight into a chapter
                section = ImportedChapter(chapter.title, f"{chapter.source_id}-{self.count}")
                self.add_lessons(section, child)
                if section.lessons:
                    chapter.chapters.append(section)
        return chapter

    def sequential(self, pointer: Element) -> ImportedChapter | None:
        element = self.resolve(pointer)
        if element is None:
            return None
        section = ImportedChapter(self.title(element, _("Section")), self.url_name(element))
        for child in element:
            self.add_lessons(section, child)
        self.add_drafts(section)
        return section

    def add_drafts(self, section: ImportedChapter) -> None:
        """Put the units in their places that learners had not been shown."""
        for unit in [unit for unit in self.drafts if unit.parent == section.source_id]:
            self.drafts.remove(unit)
            released = next((le for le in section.lessons if le.source_id == unit.url_name), None)
            if released:
                told = _(
                    "The lesson “%(title)s” had changes in the original that learners had not "
                    "been shown; they were left out."
                )
                self.problems.append(told % {"title": released.title})
                continue
            before = len(section.lessons)
            self.home = HOME
            self.vertical(section, Element("vertical", {"url_name": unit.url_name}), depth=0)
            self.home = ""
            added = section.lessons[before:]
            section.lessons[before:] = []
            section.lessons[unit.index : unit.index] = added
            for lesson in added:
                told = _("The lesson “%(title)s” was a draft that learners had not been shown.")
                self.problems.append(told % {"title": lesson.title})

    def tell_drafts(self) -> None:
        """What of the drafts found no place."""
        told = _("“%(name)s” belongs to no section and was left out.")
        names = [f"{HOME}vertical/{unit.url_name}.xml" for unit in self.drafts]
        self.problems += [told % {"name": name} for name in names]
        told = _("“%(name)s” cannot be read and was left out.")
        self.problems += [told % {"name": name} for name in self.unreadable_drafts]
        self.problems += [
            _("“%(name)s” holds changes that learners had not been shown; they were left out.")
            % {"name": name}
            for name in changed_components(self.archive, self.root, self.seen)
        ]

    def add_lessons(self, section: ImportedChapter, pointer: Element) -> None:
        """A vertical becomes a lesson; a component without one gets a lesson of its own."""
        if pointer.tag == "vertical":
            self.vertical(section, pointer, depth=0)
            return
        lesson = self.new_lesson(section, "", "")
        self.component(section, lesson, pointer, depth=0)
        if not lesson.components:
            section.lessons.remove(lesson)
        else:
            lesson.title = lesson.components[0].title or section.title

    def vertical(self, section: ImportedChapter, pointer: Element, depth: int) -> None:
        element = self.resolve(pointer)
        if element is None:
            return
        lesson = self.new_lesson(section, "", self.url_name(element))
        for child in element:
            self.component(section, lesson, child, depth)
        lesson.title = name_lesson(lesson, self.title(element, section.title))
        if element.get("visible_to_staff_only") == "true":
            told = _("Only staff saw the lesson “%(title)s” in the original.")
            self.problems.append(told % {"title": lesson.title})

    def new_lesson(self, section: ImportedChapter, title: str, source_id: str) -> ImportedLesson:
        self.lesson_count += 1
        lesson = ImportedLesson(title, source_id or f"lesson-{self.lesson_count}")
        section.lessons.append(lesson)
        return lesson

    def component(
        self, section: ImportedChapter, lesson: ImportedLesson, pointer: Element, depth: int
    ) -> None:
        if pointer.tag == "vertical":  # inside a content experiment: a lesson of its own
            self.vertical(section, pointer, depth + 1)
            return
        if depth > MAX_NESTING:
            raise ImportRefused(
                _("This course nests its components too deeply to be read."),
                code="nested_too_deeply",
            )
        self.counted()
        problem = ""
        element = pointer
        if self.is_pointer(pointer):
            if self.path(pointer) in self.seen:
                self.problems.append(_used_twice(self.path(pointer)))
                return
            try:
                found = self.follow(pointer)
                if found is None and pointer.tag in NEEDS_FILE:
                    problem = _("its file is not in the archive")
            except UnreadableXML:
                found, problem = None, _("its XML cannot be read")
            element = pointer if found is None else found
        component = ImportedComponent(
            kind=pointer.tag, source_id=self.url_name(element, pointer), title=self.title(element)
        )
        lesson.components.append(component)
        self.waiting.append((component, element, problem, self.home))
        if pointer.tag in CONTAINERS:
            for child in element:
                if child.tag != "show":  # names children of a conditional, is none
                    self.component(section, lesson, child, depth + 1)

    def resolve(self, pointer: Element) -> Element | None:
        """The element of a chapter, sequential or vertical; None when it has to be skipped."""
        self.counted()
        if not self.is_pointer(pointer):
            return pointer
        path = self.path(pointer)
        if path in self.seen:
            self.problems.append(_used_twice(path))
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

    # Content

    def places(self, course: ImportedCourse) -> dict[str, str]:
        """Where a link into the course leads: from any url_name to a lesson's."""
        places = {}
        for chapter in course.chapters:
            lessons = [lesson for section in chapter.chapters for lesson in section.lessons]
            if lessons:
                places[chapter.source_id] = lessons[0].source_id
            for section in chapter.chapters:
                if section.lessons:
                    places[section.source_id] = section.lessons[0].source_id
                for lesson in section.lessons:
                    places[lesson.source_id] = lesson.source_id
                    for component in lesson.components:
                        if component.source_id:
                            places.setdefault(component.source_id, lesson.source_id)
        return places

    def read_components(self, course: ImportedCourse) -> None:
        links = Links(course.places, self.assets)
        files = HtmlFiles(self.archive, self.root, course.language)
        for component, element, problem, home in self.waiting:
            if problem:
                component.leave_out(problem)
                continue
            self.secrets.learn_attributes(element)
            for script in element.iter("script"):
                self.secrets.learn_script(script.text)
            read_component(component, element, links, files, home)
            self.tell_audience(component, element)
            tell_grading(component, element)
        for lesson in course.lessons:
            for component in lesson.components:
                show_title(component, lesson)

    @staticmethod
    def tell_audience(component: ImportedComponent, element: Element) -> None:
        if component.outcome is Outcome.LEFT_OUT:
            return
        if element.get("visible_to_staff_only") == "true":
            component.degrade(STAFF_ONLY)
        if element.get("group_access") not in (None, "", "{}", "null"):
            component.degrade(ONE_GROUP)

    def scrub(self, course: ImportedCourse) -> None:
        change_texts(course, storable)
        for component in course.components:
            if _holds_lost_letters(component):
                component.degrade(LOST_LETTERS)
        found = False
        for component in course.components:
            if self.secrets.scrub(component):
                component.degrade(SECRET_REMOVED)
                found = True
        if self.secrets.scrub(course) or found:
            course.notes.append(
                _("Secrets found in texts were replaced by “%(mark)s”.") % {"mark": REMOVED}
            )


def _holds_lost_letters(component: ImportedComponent) -> bool:
    """Whether a letter in it was replaced by the sign for one that could not be read."""
    found = False

    def look(text: str) -> str:
        nonlocal found
        found |= "\ufffd" in text
        return text

    change_texts(component, look)
    return found


def _used_twice(path: str) -> str:
    return _("“%(name)s” is used twice; it was read once.") % {"name": path}


def _needed(error: UnreadableXML | UnreadableEntry) -> ImportRefused:
    # Translators: “%(problem)s” is a whole sentence, such as “course.xml is not well-formed XML.”
    told = _("%(problem)s The course cannot be read without it.")
    return ImportRefused(told % {"problem": error}, code="structure_unreadable")
