"""Who waits for whom: a course's own row first, then its pages in the order of the tree.

Saving a page locks that page's row only, so no two of these can wait for each other.
Rows are locked without their keys: enrollments and orders that point at them never wait.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.errors import CourseError
from courses.models import CoursePage
from courses.people import Person
from courses.wording.apart import apart


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


def require_unlocked(pages: Iterable[int], *, by: Person) -> None:
    """Raises CourseError when somebody else locked one of them in the editor. One SQL."""
    locked = Page.objects.filter(pk__in=list(pages), locked=True).exclude(locked_by=by.pk).first()
    if locked is not None:
        raise page_locked(locked)


def page_locked(page: Page) -> CourseError:
    """The refusal for a page that somebody locked in the editor."""
    return CourseError(
        _("“%(title)s” is locked in the editor. Unlock it first.")
        % {"title": apart(page.draft_title or page.title)},
        code="page_locked",
    )
