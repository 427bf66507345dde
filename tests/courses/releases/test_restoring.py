"""An earlier release shown again, and courses that go to the archive."""

import pytest

from courses import releases
from courses.errors import CourseError
from courses.models import ChapterPage, CoursePage, CourseTeamMember, LessonPage
from courses.releases.outline import get_outline
from tests.builders import a_lesson, a_released_course, a_submission, lesson_called
from tests.courses.writing import rewrite, what_learners_see, words_of


def test_restoring_shows_an_earlier_release_again_and_keeps_the_drafts(ada, mira):
    course = a_released_course(by=ada)
    first = course.releases.get()
    lesson = rewrite(lesson_called("Cutting straight", course=course), "Worse words.", by=ada)
    extra = a_lesson(under=ChapterPage.objects.get(title="Tools"), title="Thimbles")
    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)

    restored = releases.restore_release(release=first, user=mira)

    assert (restored.number, restored.status) == (3, "current")
    assert sorted(course.releases.values_list("number", "status")) == [
        (1, "superseded"),
        (2, "superseded"),
        (3, "current"),
    ]
    assert "begin with what you have" in words_of(lesson)
    extra.refresh_from_db()
    assert not extra.live
    latest = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert "Worse words." in str(latest.body[0].value)
    assert [node.number for node in get_outline(course.pk).walk()] == [
        "1", "1.1", "1.2", "2", "2.1", "2.2",
    ]  # fmt: skip


def test_a_restored_release_does_not_touch_what_is_in_review(ada, mira):
    course = a_released_course(by=ada)
    first = course.releases.get()
    rewrite(lesson_called("Cutting straight", course=course), "Second.", by=ada)
    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)
    waiting = a_submission(by=ada, course=course)

    releases.restore_release(release=first, user=mira)

    waiting.refresh_from_db()
    assert (waiting.status, waiting.workflow_state.status) == ("in_review", "in_progress")


@pytest.mark.parametrize("who", ["ada", "bruno"])
def test_only_a_moderator_who_does_not_teach_it_restores(who, ada, bruno, mira, request):
    course = a_released_course(by=ada)
    first = course.releases.get()
    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)

    with pytest.raises(CourseError, match="Only a moderator") as refusal:
        releases.restore_release(release=first, user=request.getfixturevalue(who))
    assert refusal.value.code == "only_moderator_restores"

    assert course.releases.count() == 2


def test_archiving_hides_a_course_from_sale_and_nothing_else(ada):
    course = a_released_course(by=ada)
    before = what_learners_see(course)

    archived = releases.archive_course(course=course, user=ada)

    assert archived.status == "archived"
    assert not CoursePage.objects.on_sale().filter(pk=course.pk).exists()
    assert what_learners_see(course) == before
    assert releases.unarchive_course(course=course, user=ada).status == "published"


def test_a_release_does_not_take_a_course_out_of_the_archive(ada, mira):
    course = releases.archive_course(course=a_released_course(by=ada), user=ada)

    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)

    assert CoursePage.objects.get(pk=course.pk).status == "archived"


def test_an_instructor_who_does_not_lead_cannot_archive(ada, bruno):
    course = a_released_course(by=ada)
    CourseTeamMember.objects.create(course=course, user=bruno)

    with pytest.raises(CourseError, match="Only the lead") as refusal:
        releases.archive_course(course=course, user=bruno)
    assert refusal.value.code == "only_lead_archives"

    course.refresh_from_db()
    assert course.archived_at is None
