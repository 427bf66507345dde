"""Courses that are sold, for tests of the storefront: released by rows, not by a moderator."""

from django.utils import timezone
from wagtail.models import Page

from courses.models import (
    ChapterPage,
    CoursePage,
    CourseRelease,
    ItemKind,
    LessonPage,
    ReleaseItem,
    ReleaseStatus,
)
from learners.models import Review
from storefront.entries import refresh_entry
from storefront.models import CatalogueEntry
from tests.people import somebody


def put_on_shelf(course: CoursePage) -> CatalogueEntry:
    """Make every page of ``course`` live and its current release; returns its catalogue row."""
    now = timezone.now()
    course.get_descendants(inclusive=True).update(
        live=True, first_published_at=now, last_published_at=now
    )
    CourseRelease.objects.filter(course=course, status=ReleaseStatus.CURRENT).update(
        status=ReleaseStatus.SUPERSEDED
    )
    release = CourseRelease.objects.create(
        course=course,
        number=course.releases.count() + 1,
        status=ReleaseStatus.CURRENT,
        submitted_at=now,
        decided_at=now,
    )
    _pin(release, course)
    return refresh_entry(course=course)


def _pin(release: CourseRelease, course: CoursePage) -> None:
    items: dict[str, ReleaseItem] = {}
    counters: dict[str, int] = {}
    pages = course.get_descendants(inclusive=True).order_by("path").specific()
    for position, page in enumerate(pages):
        above = page.path[: -Page.steplen]
        number = ""
        if position:
            counters[above] = counters.get(above, 0) + 1
            number = ".".join(filter(None, [items[above].number, str(counters[above])]))
        lesson = page if isinstance(page, LessonPage) else None
        chapter = page if isinstance(page, ChapterPage) else None
        items[page.path] = ReleaseItem.objects.create(
            release=release,
            page=page,
            revision=page.latest_revision or page.save_revision(),
            parent=items.get(above) if position else None,
            position=position,
            depth=max(0, page.depth - course.depth - 1),
            number=number,
            digest="0" * 64,
            kind=ItemKind.LESSON if lesson else ItemKind.CHAPTER if chapter else ItemKind.COURSE,
            uuid=page.uuid,
            title=page.title,
            slug=page.slug,
            description=chapter.description if chapter else "",
            minutes=lesson.estimated_duration if lesson else 0,
            content_type=lesson.kind if lesson else "",
            preview=lesson.is_preview if lesson else False,
            has_quiz=lesson.has_quiz if lesson else False,
        )


def a_review(*, course: CoursePage, by: str, rating: int = 5, content: str = "") -> Review:
    """A review by a learner whose name is ``by``."""
    address = f"{by.split()[0].lower()}@readers.example"
    learner = somebody(email=address, name=by)
    return Review.objects.create(course=course, user=learner, rating=rating, content=content)
