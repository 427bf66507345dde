"""Chapters, sections and lessons of an export, and the components that stand in them.

Components are found here and read later (``contents.py``): a text may link to any of them, so every
place has to be known first.
"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from courses.exchange.errors import ImportRefused
from courses.exchange.neutral import ImportedChapter, ImportedComponent, ImportedLesson
from courses.exchange.xml import UnreadableXML

from .components import CONTAINERS, NEEDS_FILE
from .drafts import HOME, changed_components, draft_units
from .nodes import Nodes, used_twice
from .titles import name_lesson

SEQUENTIALS = {"sequential", "problemset", "videosequence"}
# Children of a course that hold no lessons; the notes speak of what is lost with them.
ASIDE = {"wiki", "textbook", "static_tab", "course_info", "about", "grading_policy"}
MAX_NESTING = 30  # containers within containers


@dataclass(frozen=True)
class FoundComponent:
    """A component in its place, with what it is to be read from."""

    component: ImportedComponent
    element: Element
    problem: str  # why it cannot be read; empty when it can
    home: str  # the folder that its files are looked for in first


class StructureReader:
    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.problems = nodes.problems
        self.found: list[FoundComponent] = []
        self.lesson_count = 0
        self.drafts, self.unreadable_drafts = draft_units(nodes.archive, nodes.root)

    def read(self, course: Element) -> list[ImportedChapter]:
        """The chapters of a course; their components are in ``found`` then."""
        chapters = []
        for child in course:
            if child.tag == "chapter":
                chapter = self.chapter(child)
                if chapter:
                    chapters.append(chapter)
            elif child.tag not in ASIDE:
                told = _("“%(name)s” stands in no chapter and was left out.")
                self.problems.append(told % {"name": self.nodes.title(child, child.tag)})
        self.tell_drafts()
        return chapters

    def chapter(self, pointer: Element) -> ImportedChapter | None:
        element = self.nodes.resolve(pointer)
        if element is None:
            return None
        chapter = ImportedChapter(
            self.nodes.title(element, _("Chapter")), self.nodes.url_name(element)
        )
        for child in element:
            if child.tag in SEQUENTIALS:
                section = self.sequential(child)
                if section:
                    chapter.chapters.append(section)
            else:  # older courses put lessons straight into a chapter
                section = ImportedChapter(chapter.title, f"{chapter.source_id}-{self.nodes.count}")
                self.add_lessons(section, child)
                if section.lessons:
                    chapter.chapters.append(section)
        return chapter

    def sequential(self, pointer: Element) -> ImportedChapter | None:
        element = self.nodes.resolve(pointer)
        if element is None:
            return None
        section = ImportedChapter(
            self.nodes.title(element, _("Section")), self.nodes.url_name(element)
        )
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
            with self.nodes.within(HOME):
                self.vertical(section, Element("vertical", {"url_name": unit.url_name}), depth=0)
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
            for name in changed_components(self.nodes.archive, self.nodes.root, self.nodes.seen)
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
        element = self.nodes.resolve(pointer)
        if element is None:
            return
        lesson = self.new_lesson(section, "", self.nodes.url_name(element))
        for child in element:
            self.component(section, lesson, child, depth)
        lesson.title = name_lesson(lesson, self.nodes.title(element, section.title))
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
        self.nodes.counted()
        problem = ""
        element = pointer
        if self.nodes.is_pointer(pointer):
            if self.nodes.path(pointer) in self.nodes.seen:
                self.problems.append(used_twice(self.nodes.path(pointer)))
                return
            try:
                found = self.nodes.follow(pointer)
                if found is None and pointer.tag in NEEDS_FILE:
                    problem = _("its file is not in the archive")
            except UnreadableXML:
                found, problem = None, _("its XML cannot be read")
            element = pointer if found is None else found
        component = ImportedComponent(
            kind=pointer.tag,
            source_id=self.nodes.url_name(element, pointer),
            title=self.nodes.title(element),
        )
        lesson.components.append(component)
        self.found.append(FoundComponent(component, element, problem, self.nodes.home))
        if pointer.tag in CONTAINERS:
            for child in element:
                if child.tag != "show":  # names children of a conditional, is none
                    self.component(section, lesson, child, depth + 1)
