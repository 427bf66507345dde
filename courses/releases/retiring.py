"""Taking a lesson or chapter out of a course, from the next release on."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from courses.errors import CourseError
from courses.models.drafts import CoursePart
from courses.people import Person

logger = logging.getLogger(__name__)


def retire_page(*, page: Page, user: Person) -> Page:
    """Remove it with the next release; learners keep it until then."""
    return _mark(page, user, retired=True, action="courses.retire")


def keep_page(*, page: Page, user: Person) -> Page:
    """Undo ``retire_page``; what left with a release comes back with the next one."""
    return _mark(page, user, retired=False, action="courses.keep")


@transaction.atomic
def _mark(page: Page, user: Person, *, retired: bool, action: str) -> Page:
    if not issubclass(page.specific_class or Page, CoursePart):
        raise CourseError(
            _("Only chapters and lessons can be removed from a course."), code="only_parts_leave"
        )
    page = page.specific_class.objects.select_for_update(no_key=True).get(pk=page.pk)
    if not page.permissions_for_user(user).can_retire():
        raise CourseError(
            _("Only the team of a course can change what belongs to it."),
            code="only_team_changes_parts",
        )
    if page.retired != retired:
        page.retired = retired
        page.save(clean=False, update_fields=["retired"])
        log(instance=page, action=action, user=user)
        event = "page.retired" if retired else "page.kept"
        logger.info(
            "page retired" if retired else "page kept",
            extra={"event": event, "page": page.pk, "user": str(user.pk)},
        )
    return page
