"""What course, chapter and lesson share: written as drafts, shown by releases alone."""

from datetime import datetime
from typing import Any, ClassVar, NoReturn

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, PagePermissionTester, Revision

from courses.errors import CourseError
from courses.people import Visitor
from courses.wording.apart import apart

from .identity import PublicIdentity
from .releases import ReleaseItem


class DraftPage(PublicIdentity):
    """A page that only a release of its course can show to the world.

    It is born a draft, has no aliases and no schedule, and its pinned revisions are never
    written over: Wagtail's autosave rewrites the latest revision in place, which would
    change what a moderator is reading.
    """

    # What a person may do here; given by ``courses.wiring``, for it asks verbs.
    tester_class: ClassVar[type[PagePermissionTester]]
    # Lists show a course in its own order, which is what one drags.
    admin_default_ordering = "ord"
    # A page's, which comes behind this class.
    alias_of_id: int | None
    path: str

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.alias_of_id:
            raise CourseError(
                _("A page of a course cannot be an alias of another page."), code="page_is_alias"
            )
        if self.pk is None:
            self.live = False
            self.has_unpublished_changes = True
        super().save(*args, **kwargs)

    @transaction.atomic
    def add_child(self, **kwargs: Any) -> Any:
        """As treebeard's, while nobody else changes the course that this is or stands in.

        Two who add or move at once would be given one place. What this page knows of its own
        place may be old by then: it is read again.
        """
        _hold_course_around(self.path)
        self.refresh_from_db(fields=["path", "depth", "numchild"])
        return super().add_child(**kwargs)  # type: ignore[misc]  # a page's

    @transaction.atomic
    def save_revision(
        self,
        *args: Any,
        overwrite_revision: Revision | None = None,
        approved_go_live_at: datetime | None = None,
        **kwargs: Any,
    ) -> Revision:
        """As Wagtail's, under a lock on the page row, and never over a pinned revision.

        The lock makes saving and pinning take turns: a revision is either written before
        the release reads it or found pinned and left alone. Costs two queries more.
        """
        locked = Page.objects.filter(pk=self.pk).select_for_update(no_key=True)
        self.latest_revision_id = locked.values_list("latest_revision_id", flat=True).get()
        if (
            overwrite_revision
            and ReleaseItem.objects.filter(revision_id=overwrite_revision.pk).exists()
        ):
            overwrite_revision = None
        self.go_live_at = self.expire_at = None
        return super().save_revision(  # type: ignore[misc]  # a page's
            *args, overwrite_revision=overwrite_revision, **kwargs
        )

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: publishing one page would go past the release of its course."""
        raise CourseError(
            _("“%(title)s” is shown by releases of its course, not on its own.")
            % {"title": apart(self)},
            code="shown_by_releases",
        )

    def unpublish(self, *args: Any, commit: bool = True, **kwargs: Any) -> Any:
        """Refused, except for Wagtail's own step while a page is being deleted."""
        if commit:
            raise CourseError(
                _("“%(title)s” leaves with a release of its course, not on its own.")
                % {"title": apart(self)},
                code="leaves_with_releases",
            )
        return super().unpublish(*args, commit=False, **kwargs)  # type: ignore[misc]  # a page's

    def create_alias(self, **kwargs: Any) -> NoReturn:
        raise CourseError(_("A page of a course cannot have aliases."), code="page_has_no_aliases")

    def permissions_for_user(self, user: Visitor) -> PagePermissionTester:
        return self.tester_class(user, self)


class CoursePart(DraftPage):
    """A chapter or a lesson: reviewed with its course, so without a workflow of its own."""

    # The slug is in nobody's address; the tree keeps it unique, a revision must not.
    unrevised_fields = ("uuid", "retired", "slug")
    exclude_fields_in_copy = ["uuid", "retired"]
    # A field that chapters and lessons declare themselves.
    retired: Any
    # Fields of a page's, which comes behind this class.
    slug: str
    title: str

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug and not _makes_a_slug(self.title):
            self.slug = f"part-{self.uuid}"
        super().save(*args, **kwargs)

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Nowhere below the deepest place that the tree has."""
        deepest = Page._meta.get_field("path").max_length
        fits = len(parent.path) + Page.steplen <= deepest
        return fits and super().can_exist_under(parent)  # type: ignore[misc]  # a page's

    @property
    def has_workflow(self) -> bool:
        return False

    def get_workflow(self) -> None:
        return None

    def get_admin_display_title(self) -> str:
        title: str = super().get_admin_display_title()  # type: ignore[misc]  # a page's
        if not self.retired:
            return title
        if self.live:
            return _("%(title)s (leaves with the next release)") % {"title": apart(title)}
        return _("%(title)s (removed)") % {"title": apart(title)}


def _hold_course_around(path: str) -> None:
    """Locks the course that a page at ``path`` is or stands in, as ``drafts.locks`` does."""
    ways = [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
    course = Page.objects.filter(
        path__in=ways, content_type__app_label="courses", content_type__model="coursepage"
    )
    list(course.select_for_update(no_key=True, of=("self",)).values_list("pk"))


# What Wagtail adds so that brothers differ (“-12”) must find room in the column.
_LONGEST_SLUG = 240


def _makes_a_slug(title: str) -> bool:
    """Whether Wagtail can make one: not of “?”, and one letter may become eighteen."""
    return 0 < len(slugify(title, allow_unicode=True)) <= _LONGEST_SLUG
