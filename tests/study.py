"""A released course to study, and its learners, in one call each.

Releases are written as rows, the way an approval leaves them; how an approval comes about
is tested where releases are.
"""

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
from courses.releases.publishing import next_shown_number
from tests.builders import a_course, a_lesson, built


def released(course: CoursePage, *, without=()) -> CourseRelease:
    """Release ``course`` as it stands, all but the pages ``without``; the last release ends."""
    course = CoursePage.objects.get(pk=course.pk)
    last = course.releases.order_by("-number").first()
    course.releases.filter(status=ReleaseStatus.CURRENT).update(status=ReleaseStatus.SUPERSEDED)
    release = CourseRelease.objects.create(
        course=course,
        number=last.number + 1 if last else 1,
        shown_number=next_shown_number(course.pk),
        status=ReleaseStatus.CURRENT,
        submitted_at=timezone.now(),
        decided_at=timezone.now(),
    )
    _place(release, course, parent=None, number="", depth=0, without={p.pk for p in without})
    return release


def a_course_to_study(*, by, syllabus=None, previews=(), **fields) -> CoursePage:
    """A course that can be bought and studied; lessons titled in ``previews`` are open."""

    def written() -> int:
        course = a_course(by=by, syllabus=syllabus, **fields)
        lessons = LessonPage.objects.descendant_of(course)
        lessons.filter(title__in=previews).update(is_preview=True)
        return released(course).course_id

    arguments = {"syllabus": syllabus, "previews": list(previews), **fields}
    return built("to study", by, arguments, written)


def a_flat_course(*lessons: tuple[str, list], by, **fields) -> CoursePage:
    """A released flat course of (title, body) pairs."""

    def written() -> int:
        course = a_course(by=by, syllabus=[], **fields)
        for title, body in lessons:
            a_lesson(under=course, title=title, body=body)
        return released(course).course_id

    return built("flat", by, {"lessons": lessons, **fields}, written)


def in_review(lesson: LessonPage, course: CoursePage) -> CourseRelease:
    """The latest revision of ``lesson`` waits for a moderator."""
    release = CourseRelease.objects.create(
        course=course,
        number=course.releases.count() + 1,
        status=ReleaseStatus.IN_REVIEW,
        submitted_at=timezone.now(),
    )
    _item(release, lesson, parent=None, number="1", depth=0)
    return release


def lessons_of(course: CoursePage) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(course).order_by("path"))


def _place(release, page: Page, *, parent, number, depth, without):
    item = _item(release, page, parent=parent, number=number, depth=depth)
    children = [child for child in page.get_children().specific() if child.pk not in without]
    for place, child in enumerate(children, start=1):
        _place(
            release,
            child,
            parent=None if isinstance(page, CoursePage) else item,
            number=f"{number}.{place}" if number else str(place),
            depth=depth if isinstance(page, CoursePage) else depth + 1,
            without=without,
        )


def _item(release, page, *, parent, number, depth) -> ReleaseItem:
    specific = page.specific
    kind = {CoursePage: ItemKind.COURSE, ChapterPage: ItemKind.CHAPTER}.get(
        type(specific), ItemKind.LESSON
    )
    now = timezone.now()
    if release.status == ReleaseStatus.CURRENT:
        type(specific).objects.filter(pk=page.pk).update(
            live=True, first_published_at=specific.first_published_at or now
        )
    is_lesson = kind == ItemKind.LESSON
    return ReleaseItem.objects.create(
        release=release,
        page=Page.objects.get(pk=page.pk),
        revision=specific.latest_revision or specific.save_revision(),
        parent=parent,
        position=release.items.count(),
        depth=depth,
        number=number,
        digest="0" * 64,
        kind=kind,
        uuid=specific.uuid,
        title=page.title,
        slug=page.slug,
        minutes=specific.estimated_duration if is_lesson else 0,
        video_seconds=specific.video_seconds if is_lesson else 0,
        captions=specific.captions if is_lesson else None,
        content_type=specific.kind if is_lesson else "",
        preview=specific.is_preview if is_lesson else False,
        has_quiz=specific.has_quiz if is_lesson else False,
    )
