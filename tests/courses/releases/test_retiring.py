"""Lessons and chapters that leave a released course: with the next release, not before."""

import pytest
from wagtail.models import PageLogEntry

from courses import releases
from courses.errors import CourseError
from courses.models import ChapterPage, LessonPage, ReleaseItem
from courses.releases.outline import get_outline
from tests.builders import a_released_course, a_submission, lesson_called
from tests.courses.writing import what_learners_see


def test_a_retired_lesson_leaves_with_the_next_release_and_not_before(ada, mira):
    course = a_released_course(by=ada)
    lesson = lesson_called("Sew the side seams", course=course)
    before = what_learners_see(course)

    releases.retire_page(page=lesson, user=ada)

    assert what_learners_see(course) == before
    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)
    lesson.refresh_from_db()
    assert not lesson.live
    assert get_outline(course.pk).find(lesson.uuid) is None
    assert ReleaseItem.objects.filter(page=lesson, release__number=1).exists()


def test_a_retired_chapter_takes_its_lessons_along(ada, mira):
    course = a_released_course(by=ada)
    releases.retire_page(page=ChapterPage.objects.get(title="Tools"), user=ada)

    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)

    assert [node.title for node in get_outline(course.pk).lessons] == [
        "Measure yourself",
        "Sew the side seams",
    ]
    assert not LessonPage.objects.get(title="Cutting straight").live


def test_a_retired_lesson_can_be_kept_after_all(ada, mira):
    course = a_released_course(by=ada)
    lesson = lesson_called("Sew the side seams", course=course)
    releases.retire_page(page=lesson, user=ada)

    releases.keep_page(page=lesson, user=ada)
    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)

    assert get_outline(course.pk).find(lesson.uuid)


def test_a_stranger_cannot_retire_a_lesson(ada, bruno):
    lesson = lesson_called("Sew the side seams", course=a_released_course(by=ada))

    with pytest.raises(CourseError, match="Only the team") as refusal:
        releases.retire_page(page=lesson, user=bruno)
    assert refusal.value.code == "only_team_changes_parts"

    lesson.refresh_from_db()
    assert not lesson.retired


def test_retiring_and_keeping_are_noted_once_however_often_they_are_pressed(ada):
    lesson = lesson_called("Sew the side seams", course=a_released_course(by=ada))

    for verb in (releases.retire_page, releases.keep_page):
        verb(page=lesson, user=ada)
        verb(page=lesson, user=ada)

    noted = PageLogEntry.objects.filter(page=lesson.pk, action__startswith="courses.")
    assert sorted(noted.values_list("action", flat=True)) == ["courses.keep", "courses.retire"]
