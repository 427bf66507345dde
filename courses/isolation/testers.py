"""What a person may do with one page of a course, wherever Wagtail asks.

Views, bulk actions and the admin's API all ask the tester that ``permissions_for_user``
returns. Nobody, superusers included, publishes, unpublishes or deletes what a release shows,
or takes it out of its course; that is the release's to do. Inside the course the team may
write, reorder, move and remove freely, because learners only see releases.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from wagtail.models import Page, PagePermissionTester

from courses.models import (
    CataloguePage,
    CoursePage,
    CourseRelease,
    CourseTeamMember,
    LessonPage,
    ReleaseItem,
)
from courses.models.drafts import CoursePart
from courses.models.team import teaches
from courses.people import Visitor
from courses.releases.archiving import may_archive, may_archive_any

KNOWN = "_known_to_testers"


@dataclass(frozen=True)
class Known:
    """What testers of a page would ask the database for each row of a list."""

    user_pk: object
    led: bool
    pinned: bool


def ask_together(pages: Collection[Page], user: Visitor) -> None:
    """For lists: what testers of ``pages`` will want to know, in three queries for all of them."""
    courses = [page.pk for page in pages if isinstance(page, CoursePage)]
    led = CourseTeamMember.objects.leading().of(user).filter(course__in=courses)
    led_keys = set(led.values_list("course_id", flat=True))
    # A release holds its course, whatever else it holds.
    held = set(
        CourseRelease.objects.filter(course__in=courses)
        .order_by()
        .values_list("course_id", flat=True)
        .distinct()
    )
    parts = [page for page in pages if isinstance(page, CoursePart)]
    held_paths = _held_below(parts)
    for page in pages:
        pinned = page.pk in held or any(path.startswith(page.path) for path in held_paths)
        setattr(page, KNOWN, Known(user.pk, led=page.pk in led_keys, pinned=pinned))


def _held_below(parts: list[Page]) -> list[str]:
    """Paths of the pages at and below chapters and lessons that some release holds."""
    if not parts:
        return []
    below = reduce(or_, (Q(path__startswith=part.path) for part in parts))
    items = ReleaseItem.objects.filter(page=OuterRef("pk"))
    return list(Page.objects.filter(below, Exists(items)).order_by().values_list("path", flat=True))


class NoPublishing:
    """Closed to everybody: these would show or hide a page past its release."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False


class KeepsCourses(PagePermissionTester):
    """For pages above courses: deleting one would take along what people wrote and bought."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if self.page.specific_class is CataloguePage and self.page.numchild:
            return False
        catalogues = CataloguePage.objects.descendant_of(self.page, inclusive=True)
        if catalogues.filter(numchild__gt=0).exists():
            return False
        return super().can_delete(ignore_bulk)


class CataloguePermissionTester(KeepsCourses):
    """The catalogue itself is an ordinary page; courses below it are not published by hand."""

    def can_publish_subpage(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False


class CoursePagePermissionTester(NoPublishing, PagePermissionTester):
    """For courses, chapters and lessons."""

    def may_write(self) -> bool:
        """The team, and admins through their groups."""
        if not self.user.is_active:
            return False
        return self.user.is_superuser or "change" in self.permissions or self.teaches

    def can_edit(self) -> bool:
        return self.may_write()

    def can_reorder_children(self) -> bool:
        """Below a lesson there is nothing to put in order."""
        return self.may_write() and self.page.specific_class is not LessonPage

    def can_add_subpage(self) -> bool:
        """As Wagtail's, but lessons are asked first: chapters read the latest draft for it."""
        if not self.user.is_active or not (self.user.is_superuser or "add" in self.permissions):
            return False
        kinds = self.page.specific_class.creatable_subpage_models()
        kinds = sorted(kinds, key=lambda kind: kind is not LessonPage)
        return any(kind.can_create_at(self.page) for kind in kinds)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only what was never submitted, with all that stands below it."""
        return self.may_write() and self._may_lose() and not self.is_pinned

    def can_move(self) -> bool:
        return self.may_write() and not self.is_course

    def can_move_to(self, destination: Page) -> bool:
        """Anywhere in the same course that takes pages of this kind."""
        if self.page == destination or destination.is_descendant_of(self.page):
            return False
        if not self.page.is_child_of(destination) and not self.page.specific.can_move_to(
            destination
        ):
            return False
        return self.can_move() and self._same_course(destination)

    def can_copy(self) -> bool:
        return self.may_write() and not self.is_course

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        if recursive and (self.page == destination or destination.is_descendant_of(self.page)):
            return False
        return (
            self.can_copy()
            and self._same_course(destination)
            and self.page.specific_class.can_create_at(destination)
            and destination.permissions_for_user(self.user).can_add_subpage()
        )

    def can_retire(self) -> bool:
        """Whether chapters and lessons may be marked to leave with the next release."""
        return self.may_write() and not self.is_course

    def can_archive(self) -> bool:
        if not self.is_course or not self.user.is_active:
            return False
        if known := self._known:
            return known.led or may_archive_any(self.user)
        return may_archive(self.user, self.page.pk)

    @cached_property
    def is_course(self) -> bool:
        return self.page.specific_class is CoursePage

    @cached_property
    def is_pinned(self) -> bool:
        """Whether any release, of whatever state, holds the page or one below it."""
        if known := self._known:
            return known.pinned
        return ReleaseItem.objects.filter(page__path__startswith=self.page.path).exists()

    @property
    def _known(self) -> Known | None:
        known: Known | None = getattr(self.page, KNOWN, None)
        return known if known and known.user_pk == self.user.pk else None

    def _may_lose(self) -> bool:
        return not self.is_course or self.can_archive()

    @cached_property
    def course(self) -> Page | None:
        """The course that the page is, or stands in."""
        return CoursePage.objects.ancestor_of(self.page, inclusive=True).first()

    @cached_property
    def teaches(self) -> bool:
        return self.course is not None and teaches(self.user, self.course.pk)

    def _same_course(self, destination: Page) -> bool:
        return self.course is not None and destination.path.startswith(self.course.path)
