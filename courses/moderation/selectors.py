"""What reviewers and teams read of releases."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet

from courses.isolation.standing import standing_of
from courses.models import CourseRelease, ItemKind, ReleaseItem, ReleaseStatus
from courses.models.releases import CourseReleaseQuerySet
from courses.models.review_task import CourseReviewTask
from courses.people import Person, Visitor
from courses.records.cursors import KeysetPage, SortKey, keyset_page

WAITING_ON_A_PAGE = 25
LONGEST_FIRST = SortKey("submitted_at", descending=False, kind=datetime)
MOST_COUNTED = 99  # how many wait is read on every page of the admin


def may_review(user: Visitor) -> bool:
    """As ``CourseReviewTask.may_decide``, remembered on the person: for what a page shows.

    Whoever decides is asked about anew.
    """
    return standing_of(user).reviews


def others_releases(user: Visitor) -> CourseReleaseQuerySet:
    """Releases of courses that the person neither teaches nor submitted; none for learners."""
    if not CourseReviewTask.may_decide(user):
        return CourseRelease.objects.none()
    return CourseRelease.objects.by_others(user)


def waiting_for(user: Person) -> CourseReleaseQuerySet:
    """Submissions that the person may decide on, the longest waiting first.

    Read in their order from ``releases_in_review``, so that a page costs as much as it shows.
    """
    if not may_review(user):
        return CourseRelease.objects.none()
    waiting = CourseRelease.objects.decidable_by(user).filter(status=ReleaseStatus.IN_REVIEW)
    return waiting.order_by("submitted_at", "pk")


def how_many_wait(user: Person) -> int:
    """At most ``MOST_COUNTED`` and one more, which stands for all the others."""
    return waiting_for(user)[: MOST_COUNTED + 1].count()


def queue_page(user: Person, *, size: int = WAITING_ON_A_PAGE, cursor: str = "") -> KeysetPage:
    """Submissions of ``waiting_for`` as rows of a list; three queries. Raises CursorError."""
    page = keyset_page(
        _as_rows(waiting_for(user)),
        order=LONGEST_FIRST,
        size=size,
        cursor=cursor,
        scope=f"queue{user.pk}",
    )
    counted = ReleaseItem.objects.filter(release__in=page.rows, kind=ItemKind.LESSON).order_by()
    lessons = dict(counted.values_list("release_id").annotate(Count("pk")))
    for release in with_titles(page.rows):
        release.lessons = lessons.get(release.pk, 0)  # type: ignore[attr-defined]  # for templates
    return page


def latest_decisions(user: Person, *, most: int) -> list[CourseRelease]:
    """What the person decided last, on courses of others; two queries."""
    decided = CourseRelease.objects.by_others(user).filter(decided_by=user)
    return with_titles(_as_rows(decided).order_by("-decided_at", "-pk")[:most])


def asked_before(release: CourseRelease) -> list[CourseRelease]:
    """Submissions of the same course that were sent back before it, the latest first."""
    before = CourseRelease.objects.filter(
        course=release.course_id,
        number__lt=release.number,
        status=ReleaseStatus.CHANGES_REQUESTED,
    )
    return list(before.exclude(note="").select_related("decided_by").order_by("-number"))


def _as_rows(releases: CourseReleaseQuerySet) -> QuerySet[CourseRelease]:
    shown = CourseRelease.objects.filter(
        course_id=OuterRef("course_id"), status=ReleaseStatus.CURRENT
    )
    with_people = releases.select_related("course", "submitted_by")
    # Of a course a row shows its language: what it says stands in what was submitted.
    return with_people.defer(
        "course__description", "course__requirements", "course__what_you_will_learn"
    ).annotate(is_update=Exists(shown))


def with_titles(releases: Iterable[CourseRelease]) -> list[CourseRelease]:
    """The releases, each with the title and minutes that were submitted; one query more."""
    releases = list(releases)
    items = ReleaseItem.objects.filter(release__in=releases, kind=ItemKind.COURSE)
    by_release = {item.release_id: item for item in items}
    for release in releases:
        release.item = by_release[release.pk]  # type: ignore[attr-defined]  # for templates
    return releases
