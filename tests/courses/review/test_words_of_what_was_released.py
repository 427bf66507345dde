"""Words about releases: only of those that were."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from courses import releases
from courses.models import CourseRelease, OutboxMail
from tests.builders import a_released_course, a_submission, lesson_called
from tests.people import logged_in


@pytest.fixture
def never_released(ada, mira):
    release = a_submission(by=ada)
    releases.ask_for_changes(release=release, user=mira, note="Say who it is for.")
    return release


@pytest.fixture
def released_before(ada, mira):
    release = a_submission(by=ada, course=a_released_course(by=ada))
    releases.ask_for_changes(release=release, user=mira, note="Say who it is for.")
    return release


def page(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


@pytest.mark.parametrize("told", ["never_released", "released_before"])
def test_who_is_asked_for_changes_reads_what_is_true_of_learners(client, ada, told, request):
    release = request.getfixturevalue(told)
    logged_in(client, ada)
    seen = told == "released_before"

    editor = page(client, "wagtailadmin_pages:edit", release.course_id)
    mail = OutboxMail.objects.get(key__startswith=f"course_changes:{release.pk}:").text

    assert ("learners see what they saw before" in editor) is seen
    assert ("What learners see now has not changed." in mail) is seen


def test_what_was_sent_back_is_called_a_submission(client, ada, mira, never_released):
    history = page(logged_in(client, ada), "moderation:history", never_released.course_id)
    assert never_released.heading in history
    assert never_released.heading.startswith("Submission of ")
    assert "Release 1" not in history

    logged_in(client, mira)
    queue = page(client, "moderation:queue")
    review = page(client, "moderation:review", never_released.pk)
    assert never_released.heading in queue
    assert "Release 1" not in queue
    assert "the first to be released" not in review
    assert "nothing of the course has been released" not in review


def test_what_learners_see_and_saw_is_called_a_release(client, ada, mira, released_before):
    releases.approve_release(
        release=releases.submit_course(course=released_before.course, user=ada), user=mira
    )

    history = page(logged_in(client, ada), "moderation:history", released_before.course_id)

    named = ("Release 1", "Submission of ", "Release 2")
    assert [name in history for name in named] == [True] * 3
    assert "Release 3" not in history


def test_the_first_release_is_release_1_however_often_it_was_handed_in(client, ada, mira):
    taken_back = a_submission(by=ada)
    course = taken_back.course
    releases.withdraw_release(release=taken_back, user=ada)
    sent_back = releases.submit_course(course=course, user=ada)
    releases.ask_for_changes(release=sent_back, user=mira, note="Say who it is for.")
    approved = releases.submit_course(course=course, user=ada)
    releases.approve_release(release=approved, user=mira)

    mail = OutboxMail.objects.get(key__startswith=f"course_approved:{approved.pk}:").text
    history = page(logged_in(client, ada), "moderation:history", course.pk)

    assert "approved release 1 of" in mail
    assert "Release 1" in history
    assert "Release 3" not in history
    shown = CourseRelease.objects.filter(course=course).order_by("number")
    assert list(shown.values_list("number", "shown_number")) == [(1, None), (2, None), (3, 1)]


def test_what_is_restored_is_the_next_release(ada, mira):
    course = a_released_course(by=ada)
    first = course.releases.get()
    releases.approve_release(release=releases.submit_course(course=course, user=ada), user=mira)
    first.refresh_from_db()

    restored = releases.restore_release(release=first, user=mira)

    assert (restored.shown_number, restored.note) == (3, "Restores release 1.")


def test_a_submission_taken_back_was_decided_by_nobody(client, ada):
    release = a_submission(by=ada)
    releases.withdraw_release(release=release, user=ada)

    history = " ".join(
        BeautifulSoup(
            page(logged_in(client, ada), "moderation:history", release.course_id), "html.parser"
        )
        .select_one(".reviews-row")
        .text.split()
    )

    assert "Taken back just now by Ada" in history
    assert "Submitted just now by Ada" in history
    for word in ("Cancelled", "Decided"):
        assert word not in history


def test_a_mail_says_which_submission_it_takes_the_place_of(ada, mira):
    first = a_submission(by=ada)
    releases.withdraw_release(release=first, user=ada)
    second = releases.submit_course(course=first.course, user=ada)
    releases.ask_for_changes(release=second, user=mira, note="Say who it is for.")
    third = releases.submit_course(course=first.course, user=ada)

    mails = [
        OutboxMail.objects.filter(key__startswith=f"course_submitted:{one.pk}:").first()
        for one in (first, second, third)
    ]

    took_place, asked = "taken back by the team", "Changes were asked for in what was submitted"
    for part in ("text", "html"):
        told = [" ".join(getattr(mail, part).split()) for mail in mails]
        assert [took_place in one for one in told] == [False, True, False]
        assert [asked in one for one in told] == [False, False, True]


def test_a_first_submission_is_said_to_be_the_first(client, ada, mira):
    release = a_submission(by=ada)

    review = page(logged_in(client, mira), "moderation:review", release.pk)

    assert "Nothing of the course has been released yet" in review


@pytest.mark.parametrize("told", ["never_released", "released_before"])
def test_removing_and_taking_back_speak_of_learners_where_there_are_any(client, ada, told, request):
    course = request.getfixturevalue(told).course
    lesson = lesson_called("Cutting straight", course=course)
    logged_in(client, ada)
    seen = told == "released_before"

    asked = page(client, "moderation:remove", lesson.pk)
    done = client.post(reverse("moderation:remove", args=[lesson.pk]), follow=True)
    releases.keep_page(page=lesson, user=ada)
    releases.submit_course(course=course, user=ada)
    back = client.post(reverse("moderation:withdraw", args=[course.pk]), follow=True)

    assert ("Learners keep it until the next release" in asked) is seen
    assert ("leaves the course with the next release." in done.content.decode()) is seen
    assert ("Learners see what they saw before." in back.content.decode()) is seen
    assert back.redirect_chain == [(reverse("studio:before_you_submit", args=[course.pk]), 302)]
