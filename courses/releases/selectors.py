"""What is read of the releases of one course."""

from django.db.models import Count, F, Q, QuerySet

from courses.models import CoursePage, CourseRelease, ItemKind, ReleaseStatus
from courses.models.drafts import DraftPage


def last_word(course: CoursePage) -> CourseRelease | None:
    """The submission in review, or the one sent back; None once neither is the latest."""
    submissions = course.releases.submissions().select_related("decided_by", "submitted_by")
    release = submissions.order_by("-number").first()
    open_ended = (ReleaseStatus.IN_REVIEW, ReleaseStatus.CHANGES_REQUESTED)
    return release if release and release.status in open_ended else None


def history_of(course: CoursePage) -> QuerySet[CourseRelease]:
    """Every release of a course, the newest first."""
    return (
        course.releases.select_related("decided_by", "submitted_by")
        .annotate(lessons=Count("items", filter=Q(items__kind=ItemKind.LESSON)))
        .order_by("-number")
    )


def release_that_showed(page: DraftPage) -> CourseRelease | None:
    """The first release in which learners saw what they see of ``page``; one query."""
    shown = CourseRelease.objects.shown().filter(
        items__page=page.pk, items__revision=F("items__page__live_revision")
    )
    return shown.select_related("decided_by").order_by("number").first()


def release_before(release: CourseRelease) -> CourseRelease | None:
    """What was handed in or shown last before it; one query."""
    before = CourseRelease.objects.filter(course=release.course_id, number__lt=release.number)
    return before.order_by("-number").first()
