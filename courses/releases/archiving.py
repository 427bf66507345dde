"""Hiding a course from sale; whoever bought it keeps it."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.drafts.locks import lock_course
from courses.errors import CourseError
from courses.models import CoursePage
from courses.models.team import leads
from courses.people import Person

logger = logging.getLogger(__name__)


def may_archive(user: Person, course_id: int) -> bool:
    """The lead of the team, and admins."""
    return may_archive_any(user) or leads(user, course_id)


def may_archive_any(user: Person) -> bool:
    """Admins, whosever course it is."""
    return bool(user.is_superuser or user.has_perm("courses.delete_coursepage"))


def archive_course(*, course: CoursePage, user: Person) -> CoursePage:
    """Take the course off the market. Archiving an archived course changes nothing."""
    return _set(course, user, archive=True)


def unarchive_course(*, course: CoursePage, user: Person) -> CoursePage:
    """Put the course back on the market."""
    return _set(course, user, archive=False)


@transaction.atomic
def _set(course: CoursePage, user: Person, *, archive: bool) -> CoursePage:
    lock_course(course.pk)
    course = CoursePage.objects.get(pk=course.pk)
    if not may_archive(user, course.pk):
        raise CourseError(
            _("Only the lead of the team or an admin can archive a course."),
            code="only_lead_archives",
        )
    if archive and not course.live:
        raise CourseError(
            _("A course that was never released is not on sale."), code="never_released"
        )
    if bool(course.archived_at) != archive:
        course.archived_at = timezone.now() if archive else None
        course.save(clean=False, update_fields=["archived_at"])
        log(
            instance=course, action="courses.archive" if archive else "courses.unarchive", user=user
        )
        event = "course.archived" if archive else "course.unarchived"
        logger.info(
            "course archived" if archive else "course put back on sale",
            extra={"event": event, "course": course.pk, "user": str(user.pk)},
        )
    return course
