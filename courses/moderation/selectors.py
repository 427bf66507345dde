"""What reviewers and teams read of releases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from wagtail.models import Comment

from courses.isolation.standing import standing_of
from courses.models import CourseRelease, ItemKind, ReleaseItem, ReleaseStatus
from courses.models.releases import CourseReleaseQuerySet
from courses.models.review_task import CourseReviewTask
from courses.people import Person, Visitor
from courses.records.cursors import KeysetPage, SortKey, keyset_page

WAITING_ON_A_PAGE = 25
LONGEST_FIRST = SortKey("submitted_at", descending=False, kind=datetime)
MOST_COUNTED = 99  # how many wait is read on every page of the admin


@dataclass
class SaidBeside:
    """A lesson, how many comments reviewers began beside it, and what became of them."""

    item: ReleaseItem
    comments: int = 0
    answered: int = 0  # and still open
    resolved: int = 0


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
    """Submissions of the same course that were sent back before it, the latest first.

    Of a course that was released in between only those since: that release answered the others.
    One query.
    """
    before = CourseRelease.objects.filter(course=release.course_id, number__lt=release.number)
    answered = before.shown().order_by("-number").values("number")[:1]
    since = before.filter(status=ReleaseStatus.CHANGES_REQUESTED).exclude(
        number__lt=Coalesce(Subquery(answered), 0)
    )
    return list(since.exclude(note="").select_related("decided_by").order_by("-number"))


def _as_rows(releases: CourseReleaseQuerySet) -> QuerySet[CourseRelease]:
    with_people = with_standing(releases).select_related("course", "submitted_by")
    # Of a course a row shows its language: what it says stands in what was submitted.
    return with_people.defer(
        "course__description", "course__requirements", "course__what_you_will_learn"
    )


def with_standing(releases: CourseReleaseQuerySet) -> CourseReleaseQuerySet:
    """Whether learners have the course (``is_update``), and whether a moderator sent back what was
    handed in last (``comes_back``); what a team took back itself says nothing."""
    of_course = CourseRelease.objects.filter(course_id=OuterRef("course_id"))
    shown = of_course.filter(status=ReleaseStatus.CURRENT)
    before = of_course.filter(number__lt=OuterRef("number")).exclude(status=ReleaseStatus.CANCELLED)
    return releases.annotate(
        is_update=Exists(shown), before=Subquery(before.order_by("-number").values("status")[:1])
    ).annotate(
        comes_back=Case(
            When(before=ReleaseStatus.CHANGES_REQUESTED, then=Value(True)), default=Value(False)
        )
    )


def said_beside_lessons(release: CourseRelease) -> list[SaidBeside]:
    """Lessons of ``release`` that reviewers wrote beside, in reading order; three queries at most.

    What a team says among itself while it writes is not for them.
    """
    items = {item.page_id: item for item in release.items.filter(kind=ItemKind.LESSON)}
    threads = comments_of_reviewers(release.course_id).filter(page_id__in=items)
    said: dict[int, SaidBeside] = {}
    for page_id, resolved, answers in threads.annotate(answers=Count("replies")).values_list(
        "page_id", "resolved_at", "answers"
    ):
        told = said.setdefault(page_id, SaidBeside(items[page_id]))
        told.comments += 1
        told.resolved += resolved is not None
        told.answered += resolved is None and answers > 0
    return sorted(said.values(), key=lambda one: one.item.position)


def comments_of_reviewers(course_id: int) -> QuerySet[Comment]:
    """Begun by somebody who reviews and does not stand on the team."""
    begun_by = CourseReviewTask.reviewers().exclude(course_memberships__course=course_id)
    return Comment.objects.filter(user__in=begun_by.values("pk"))


def with_titles(releases: Iterable[CourseRelease]) -> list[CourseRelease]:
    """The releases, each with the title and minutes that were submitted; one query more."""
    releases = list(releases)
    items = ReleaseItem.objects.filter(release__in=releases, kind=ItemKind.COURSE)
    by_release = {item.release_id: item for item in items}
    for release in releases:
        release.item = by_release[release.pk]  # type: ignore[attr-defined]  # for templates
    return releases
