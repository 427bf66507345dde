"""The lock under which an outline is changed: one change of a course after the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.drafts.locks import lock_course, page_locked
from courses.errors import CourseError
from courses.models import CoursePage
from courses.people import Person

from .errors import OutlineClash
from .tree import OutlinePart, Tree, read_tree


@dataclass
class Held:
    """A course whose outline nobody else changes until the transaction ends."""

    course: Page  # its row in the tree
    by: Person

    @cached_property
    def tree(self) -> Tree:
        return read_tree(self.course)

    def read_again(self) -> Tree:
        """After something was written."""
        self.course = Page.objects.get(pk=self.course.pk)
        self.__dict__.pop("tree", None)
        return self.tree

    @cached_property
    def draft(self) -> CoursePage:
        """The course as its newest revision has it."""
        draft: CoursePage = CoursePage.objects.get(
            pk=self.course.pk
        ).get_latest_revision_as_object()
        return draft

    def part(self, page_id: int) -> OutlinePart:
        """Raises OutlineClash when it is not in this course, or not any more."""
        found = self.tree.parts.get(page_id)
        if found is None:
            raise OutlineClash(
                _("That chapter or lesson does not stand in this course any more."),
                code="part_gone",
                pages=[page_id],
            )
        return found

    def chosen(self, ids: Iterable[int]) -> list[OutlinePart]:
        """In reading order, without what goes along with another of them. At least one."""
        wanted = list(ids)
        for page_id in wanted:
            self.part(page_id)
        if not wanted:
            raise CourseError(_("Choose at least one chapter or lesson."), code="none_chosen")
        return self.tree.in_order(wanted)


def hold(course_id: int, by: Person) -> Held:
    """Locks the course for the rest of the transaction.

    Raises CourseError when it is gone, or when ``by`` may not write it or it is locked in the
    editor.
    """
    row = lock_course(course_id)
    if row is None:
        raise CourseError(_("This course does not exist any more."), code="course_gone")
    course = CoursePage.objects.get(pk=row.pk)
    tester = course.permissions_for_user(by)
    if not tester.can_edit():
        raise CourseError(
            _("Only the team of a course changes its outline."), code="only_team_changes_outline"
        )
    if row.locked and row.locked_by_id != by.pk:
        raise page_locked(row)
    return Held(row, by)
