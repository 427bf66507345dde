"""What course, chapter and lesson share: written as drafts, shown by releases alone."""

from typing import Any, ClassVar

from django.db import transaction
from wagtail.models import Page, PagePermissionTester

from courses.errors import CourseError

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

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any):
        if self.alias_of_id:
            raise CourseError("A page of a course cannot be an alias of another page.")
        if self.pk is None:
            self.live = False
            self.has_unpublished_changes = True
        return super().save(*args, **kwargs)

    @transaction.atomic
    def save_revision(
        self, *args: Any, overwrite_revision=None, approved_go_live_at=None, **kwargs: Any
    ):
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
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def publish(self, revision, *args: Any, **kwargs: Any):
        """Refused: publishing one page would go past the release of its course."""
        raise CourseError(f"“{self}” is shown by releases of its course, not on its own.")

    def unpublish(self, *args: Any, commit: bool = True, **kwargs: Any):
        """Refused, except for Wagtail's own step while a page is being deleted."""
        if commit:
            raise CourseError(f"“{self}” leaves with a release of its course, not on its own.")
        return super().unpublish(*args, commit=False, **kwargs)

    def create_alias(self, **kwargs: Any):
        raise CourseError("A page of a course cannot have aliases.")

    def permissions_for_user(self, user):
        return self.tester_class(user, self)


class CoursePart(DraftPage):
    """A chapter or a lesson: reviewed with its course, so without a workflow of its own."""

    # The slug is in nobody's address; the tree keeps it unique, a revision must not.
    unrevised_fields = ("uuid", "retired", "slug")
    exclude_fields_in_copy = ["uuid", "retired"]

    class Meta:
        abstract = True

    @property
    def has_workflow(self) -> bool:
        return False

    def get_workflow(self):
        return None

    def get_admin_display_title(self):
        title = super().get_admin_display_title()
        if not self.retired:
            return title
        return f"{title} (leaves with the next release)" if self.live else f"{title} (removed)"
