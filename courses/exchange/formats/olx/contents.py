"""What the components of an export say, read once every place is known."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_lazy

from courses.exchange.archive import Archive
from courses.exchange.neutral import ImportedComponent, ImportedCourse, Outcome

from .assets import Assets
from .components import HtmlFiles, read_component
from .grading import tell_grading
from .links import Links
from .secrets import Secrets
from .structure import FoundComponent
from .titles import show_title

STAFF_ONLY = gettext_lazy("only staff saw it in the original")
ONE_GROUP = gettext_lazy("only some groups of learners saw it in the original")


def places_in(course: ImportedCourse) -> dict[str, str]:
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


def read_contents(
    course: ImportedCourse,
    found: Iterable[FoundComponent],
    *,
    archive: Archive,
    root: str,
    assets: Assets,
    secrets: Secrets,
) -> None:
    """Fill the components of ``course``, and learn the secrets that their texts must not show."""
    links = Links(course.places, assets)
    files = HtmlFiles(archive, root, course.language)
    for one in found:
        component, element = one.component, one.element
        if one.problem:
            component.leave_out(one.problem)
            continue
        secrets.learn_attributes(element)
        for script in element.iter("script"):
            secrets.learn_script(script.text)
        read_component(component, element, links, files, one.home)
        _tell_audience(component, element)
        tell_grading(component, element)
    for lesson in course.lessons:
        for component in lesson.components:
            show_title(component, lesson)


def _tell_audience(component: ImportedComponent, element: Element) -> None:
    if component.outcome is Outcome.LEFT_OUT:
        return
    if element.get("visible_to_staff_only") == "true":
        component.degrade(STAFF_ONLY)
    if element.get("group_access") not in (None, "", "{}", "null"):
        component.degrade(ONE_GROUP)
