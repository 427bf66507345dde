"""Why a submission, a restored release or a page that leaves is refused, by its code."""

import pytest
from wagtail.models import WorkflowPage

from courses import releases
from courses.drafts.locks import lock_course
from courses.errors import CourseError
from courses.models import CourseRelease
from tests.builders import a_course, a_released_course, a_submission


def code_of(verb, **given) -> str:
    with pytest.raises(CourseError) as refusal:
        verb(**given)
    return refusal.value.code


def test_a_submission_needs_a_review_that_is_set_up(ada):
    course = a_course(by=ada)
    WorkflowPage.objects.all().delete()

    assert code_of(releases.submit_course, course=course, user=ada) == "no_review_set_up"
    assert not CourseRelease.objects.exists()


def test_only_the_team_takes_a_submission_back_and_only_once(ada, bruno):
    release = a_submission(by=ada)

    assert code_of(releases.withdraw_release, release=release, user=bruno) == "only_team_takes_back"
    releases.withdraw_release(release=release, user=ada)
    assert code_of(releases.withdraw_release, release=release, user=ada) == "already_decided"


def test_what_one_moderator_approved_another_does_not_approve_again(ada, mira, ivo):
    release = a_submission(by=ada)
    releases.approve_release(release=release, user=mira)

    assert code_of(releases.approve_release, release=release, user=ivo) == "review_over"
    release.refresh_from_db()
    assert release.decided_by == mira


def test_what_was_never_approved_is_not_restored(ada, mira):
    release = a_submission(by=ada)

    assert code_of(releases.restore_release, release=release, user=mira) == "never_approved"


def test_what_was_never_released_is_not_archived(ada):
    course = a_course(by=ada)

    assert code_of(releases.archive_course, course=course, user=ada) == "never_released"


def test_a_course_itself_does_not_leave_with_a_release(ada):
    course = a_released_course(by=ada)

    assert code_of(releases.retire_page, page=course, user=ada) == "only_parts_leave"


def test_a_course_that_is_gone_is_said_to_be_gone(db):
    assert code_of(lock_course, course_id=987_654) == "course_gone"
