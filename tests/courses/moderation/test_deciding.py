"""A submission is approved or sent back, once."""

from django.urls import reverse

from courses import releases
from courses.models import (
    LessonPage,
)
from tests.builders import (
    a_submission,
)

from .addresses import page


def test_approving_releases_the_course(at_mira, ada, mira):
    release = a_submission(by=ada)

    response = at_mira.post(page("approve", release.pk), {"comment": ""}, follow=True)

    release.refresh_from_db()
    assert (release.status, release.decided_by) == ("current", mira)
    assert "is released" in response.content.decode()


def test_sending_back_without_a_word_is_refused_where_one_stands(at_mira, ada):
    release = a_submission(by=ada)

    response = at_mira.post(page("send_back", release.pk), {"note": " "})

    assert response.status_code == 422
    assert "Say what should change" in response.content.decode()
    release.refresh_from_db()
    assert release.status == "in_review"


def test_a_second_moderator_is_told_that_it_is_decided(client, ada, mira, ivo):
    release = a_submission(by=ada)
    releases.approve_release(release=release, user=mira)
    client.force_login(ivo)

    response = client.post(page("send_back", release.pk), {"note": "Too long."}, follow=True)

    assert "decided or taken back" in response.content.decode()
    release.refresh_from_db()
    assert release.status == "current"


def test_history_lists_releases_and_restores_one(at_mira, ada, update, mira):
    first = update.course.releases.get(number=1)
    releases.approve_release(release=update, user=mira)

    html = at_mira.get(page("history", update.course_id)).content.decode()
    assert page("restore", first.pk) in html
    at_mira.post(page("restore", first.pk))

    assert update.course.releases.get(status="current").number == 3


def test_wagtails_own_view_of_a_review_tells_who_comes_second(client, ada, mira, ivo):
    release = a_submission(by=ada)
    stale = release.workflow_state.current_task_state
    releases.ask_for_changes(release=release, user=mira, note="Shorter.")
    again = releases.submit_course(course=release.course, user=ada)
    client.force_login(ivo)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[release.course_id, "approve", stale.pk]
    )

    response = client.post(address, {"comment": "A pleasure to <read>."}, follow=True)

    assert "already decided on this submission" in response.content.decode()
    assert "it was not sent: “A pleasure to &lt;read&gt;.”" in response.content.decode()
    again.refresh_from_db()
    assert again.status == "in_review"


def test_wagtails_preview_shows_a_reviewer_no_draft_that_was_not_submitted(at_mira, ada):
    release = a_submission(by=ada)
    lesson = LessonPage.objects.descendant_of(release.course).first()
    lesson.title = "Not yet for anybody"
    lesson.save_revision(user=ada)
    task = release.workflow_state.current_task_state.task_id
    address = reverse("wagtailadmin_pages:workflow_preview", args=[release.course_id, task])

    answer = at_mira.get(address)

    assert answer.status_code == 404
    assert "Not yet for anybody" not in answer.content.decode()
