"""Who waits for whom: a course's own row first, then its pages in the order of the tree.

Saving a page locks that page's row only, so no two of these can wait for each other.
Rows are locked without their keys: enrollments and orders that point at them never wait.
"""

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.errors import CourseError
from courses.models import CoursePage


def lock_course(course_id: int) -> Page | None:
    """The course's row in the page tree, locked; None when the page is not a course."""
    locked = Page.objects.select_for_update(no_key=True, of=("self",))
    page = locked.filter(pk=course_id).first()
    if page is None:
        raise CourseError(_("This course does not exist any more."), code="course_gone")
    return page if page.specific_class is CoursePage else None


def pages_of(course: Page) -> list[Page]:
    """The course and every page below it as plain pages, in the order of the tree."""
    return list(Page.objects.filter(path__startswith=course.path).order_by("path"))


def lock_pages_of(course: Page) -> list[Page]:
    """The same, locked; the course itself is locked already."""
    pages = Page.objects.filter(path__startswith=course.path).order_by("path")
    # Read again in memory: a row that moved while it was waited for keeps its old place.
    return sorted(pages.select_for_update(no_key=True, of=("self",)), key=lambda page: page.path)
