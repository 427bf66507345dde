"""What reviewers and teams read of releases."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from courses.models import CourseRelease, ItemKind, ReleaseItem, ReleaseStatus
from courses.models.releases import CourseReleaseQuerySet
from courses.models.review_task import CourseReviewTask
from courses.people import Person, Visitor


def others_releases(user: Visitor) -> CourseReleaseQuerySet:
    """Releases of courses that the person neither teaches nor submitted; none for learners."""
    if not CourseReviewTask.may_decide(user):
        return CourseRelease.objects.none()
    return CourseRelease.objects.by_others(user)


def waiting_for(user: Person) -> QuerySet[CourseRelease]:
    """Submissions that the person may decide on, the longest waiting first."""
    shown = CourseRelease.objects.filter(
        course_id=OuterRef("course_id"), status=ReleaseStatus.CURRENT
    )
    return (
        others_releases(user)
        .decidable_by(user)
        .filter(status=ReleaseStatus.IN_REVIEW)
        .select_related("course", "submitted_by")
        .annotate(
            lessons=Count("items", filter=Q(items__kind=ItemKind.LESSON)),
            is_update=Exists(shown),
        )
        .order_by("submitted_at", "pk")
    )


def with_titles(releases: Iterable[CourseRelease]) -> list[CourseRelease]:
    """The releases, each with the title and minutes that were submitted; one query more."""
    releases = list(releases)
    items = ReleaseItem.objects.filter(release__in=releases, kind=ItemKind.COURSE)
    by_release = {item.release_id: item for item in items}
    for release in releases:
        release.item = by_release[release.pk]  # type: ignore[attr-defined]  # for templates
    return releases
