"""A submission that a moderator sends back or its team takes back, and the next one."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from wagtail.models import Comment

from courses import releases
from courses.errors import CourseError
from courses.models import CoursePage, CourseTeamMember, OutboxMail
from tests.builders import a_submission, lesson_called
from tests.courses.writing import rewrite, words_of


def test_a_note_reaches_the_team_in_the_editor_and_by_mail_once(ada, bruno, mira):
    release = a_submission(by=ada)
    CourseTeamMember.objects.create(course=release.course, user=bruno)

    releases.ask_for_changes(release=release, user=mira, note="Say who it is for.")
    releases.ask_for_changes(release=release, user=mira, note="Say who it is for.")

    release.refresh_from_db()
    assert (release.status, release.note) == ("changes_requested", "Say who it is for.")
    comment = Comment.objects.get(page=release.course)
    assert (comment.text, comment.user) == ("Say who it is for.", mira)
    mails = OutboxMail.objects.filter(key__startswith="course_changes")
    assert sorted(mails.values_list("to", flat=True)) == [ada.email, bruno.email]
    assert all("Say who it is for." in mail.text for mail in mails)
    assert not CoursePage.objects.get(pk=release.course_id).live


def test_submitting_again_pins_anew_in_the_same_workflow(ada, mira):
    first = a_submission(by=ada)
    releases.ask_for_changes(release=first, user=mira, note="Say who it is for.")
    rewrite(lesson_called("Cutting straight", course=first.course), "For beginners.", by=ada)

    second = releases.submit_course(course=first.course, user=ada)
    releases.approve_release(release=second, user=mira)

    assert (second.number, second.workflow_state) == (2, first.workflow_state)
    assert "For beginners." in words_of(lesson_called("Cutting straight", course=first.course))


def test_an_outdated_review_page_cannot_decide_on_a_newer_submission(ada, mira, ivo):
    first = a_submission(by=ada)
    releases.ask_for_changes(release=first, user=mira, note="Say who it is for.")
    second = releases.submit_course(course=first.course, user=ada)

    with pytest.raises(CourseError, match="decided or taken back") as refusal:
        releases.approve_release(release=first, user=ivo)
    assert refusal.value.code == "review_over"

    second.refresh_from_db()
    assert second.status == "in_review"


def test_taking_a_submission_back_closes_its_release(ada, mira):
    release = a_submission(by=ada)

    releases.withdraw_release(release=release, user=ada)

    release.refresh_from_db()
    assert release.status == "cancelled"
    with pytest.raises(CourseError, match="decided or taken back") as refusal:
        releases.approve_release(release=release, user=mira)
    assert refusal.value.code == "review_over"
    assert not CoursePage.objects.get(pk=release.course_id).live


def test_a_workflow_cancelled_from_a_stale_form_does_not_undo_an_approval(ada, mira):
    release = a_submission(by=ada)
    stale = release.workflow_state
    releases.approve_release(release=release, user=mira)

    with pytest.raises(PermissionDenied):
        stale.cancel(user=ada)

    stale.refresh_from_db()
    release.refresh_from_db()
    assert (stale.status, release.status) == ("approved", "current")


def test_mails_tell_moderators_of_a_submission_and_the_team_of_a_release(ada, mira, ivo):
    release = a_submission(by=ada)
    releases.approve_release(release=release, user=mira, comment="A pleasure to read.")

    submitted = OutboxMail.objects.filter(key__startswith="course_submitted")
    assert sorted(submitted.values_list("to", flat=True)) == [ivo.email, mira.email]
    approved = OutboxMail.objects.get(key__startswith="course_approved")
    assert approved.to == ada.email
    assert "A pleasure to read." in approved.text


def test_mails_about_a_review_are_letters_with_one_thing_to_do(ada, mira):
    release = a_submission(by=ada)
    releases.ask_for_changes(release=release, user=mira, note="Say <who> it is for.")
    release = releases.submit_course(course=release.course, user=ada)
    releases.approve_release(release=release, user=mira, comment="A pleasure to read.")

    told = {}
    for occasion in ("course_submitted", "course_changes", "course_approved"):
        mail = OutboxMail.objects.filter(key__startswith=occasion).latest("pk")
        letter = BeautifulSoup(mail.html, "html.parser")
        assert " ".join(letter.h1.text.split()) == mail.subject
        (button,) = letter.select("a.btn")
        assert button["href"] in mail.text
        quotes = [quote.text for quote in letter.select("blockquote")]
        told[occasion] = (" ".join(button.text.split()), quotes)

    assert told == {
        "course_submitted": ("Read it and decide", []),
        "course_changes": ("Open the course", ["Say <who> it is for."]),
        "course_approved": ("Open the course", ["A pleasure to read."]),
    }
