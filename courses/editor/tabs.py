"""The tabs of a course's frame. A room adds its own with the hook ``course_tabs``.

A hook takes the course and the person, and gives a ``CourseTab`` or nothing: a tab stands there
only for whoever may open it. How one is added: docs/how-to/add-a-tab.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext
from wagtail import hooks

from courses.models import CoursePage
from courses.people import Person

# As static/js/courses/outline/arriving.js reads them.
ADDING = "#outline-add"


@dataclass(frozen=True)
class CourseTab:
    """``count`` is work that waits there, and ``counted`` says it in words; never a total."""

    name: str
    label: str
    url: str
    order: int
    count: int = 0
    counted: str = ""
    is_blocking: bool = False
    is_current: bool = False


def tabs_of(course: CoursePage, user: Person, *, to_mend: int = 0) -> list[CourseTab]:
    """In their order; ``to_mend`` is how many things stand between the course and review."""
    of_rooms = (hook(course, user) for hook in hooks.get_hooks("course_tabs"))
    found = [*_own_tabs(course, to_mend), *filter(None, of_rooms)]
    return sorted(found, key=lambda tab: tab.order)


def outline_address(course_id: int, *, part: int | None = None) -> str:
    """Where the course is put in order; at the row of ``part``, a chapter's or lesson's page id."""
    address = reverse("studio:outline", args=[course_id])
    return address if part is None else f"{address}{row_fragment(course_id, part)}"


def row_fragment(course_id: int, part: int) -> str:
    """The end of the address that leads to a row of the outline; of the course, to adding one."""
    return ADDING if part == course_id else f"#part-{part}"


def _own_tabs(course: CoursePage, to_mend: int) -> Iterator[CourseTab]:
    key = [course.pk]
    yield CourseTab(
        "outline", pgettext("tab of a course", "Outline"), outline_address(course.pk), 10
    )
    yield CourseTab(
        "submit",
        pgettext("tab of a course", "Before you submit"),
        reverse("studio:before_you_submit", args=key),
        20,
        count=to_mend,
        counted=pgettext("after a number, on a tab", "to mend"),
        is_blocking=True,
    )
    yield CourseTab(
        "page",
        pgettext("tab of a course", "Price and page"),
        reverse("wagtailadmin_pages:edit", args=key),
        60,
    )
    yield CourseTab(
        "team", pgettext("tab of a course", "Team"), reverse("studio:team", args=key), 70
    )
    yield CourseTab(
        "releases",
        pgettext("tab of a course", "Releases"),
        reverse("moderation:history", args=key),
        80,
    )
