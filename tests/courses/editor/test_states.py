"""Where a course stands when a moderator restores an older release beside what its team does."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from courses import releases
from courses.models import CourseRelease
from courses.releases.selectors import last_word
from tests.builders import a_released_course, a_submission, lesson_called
from tests.courses.writing import rewrite
from tests.people import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada):
    """Released twice, and written on since."""
    course = a_released_course(by=ada)
    rewrite(lesson_called("Cutting straight", course=course), "Cut with the weave.", by=ada)
    a_released_course(by=ada, course=course)
    rewrite(lesson_called("Cutting straight", course=course), "Cut twice.", by=ada)
    return course


def restore_the_first(course, by) -> None:
    first = CourseRelease.objects.get(course=course, number=1)
    releases.restore_release(release=first, user=by)


def state(client, course) -> str:
    page = client.get(reverse("studio:outline", args=[course.pk])).text
    return " ".join(
        BeautifulSoup(page, "html.parser").select_one(".st-frame__end .st-state").text.split()
    )


def test_a_submission_still_waits_when_an_older_release_is_restored(client, ada, mira, course):
    waiting = a_submission(by=ada, course=course)

    restore_the_first(course, mira)

    assert state(logged_in(client, ada), course) == "In review"
    assert last_word(course) == waiting


def test_what_a_moderator_asked_stays_when_an_older_release_is_restored(client, ada, mira, course):
    sent_back = a_submission(by=ada, course=course)
    restore_the_first(course, mira)

    releases.ask_for_changes(release=sent_back, user=mira, note="Say how deep.")

    assert state(logged_in(client, ada), course) == "Changes requested"
    assert last_word(course) == sent_back
    home = client.get(reverse("wagtailadmin_home")).text
    assert "was sent back: a moderator asks for changes." in home
    assert "Say how deep." in home


def test_what_was_asked_is_no_last_word_once_it_was_answered(client, ada, mira, course):
    sent_back = a_submission(by=ada, course=course)
    releases.ask_for_changes(release=sent_back, user=mira, note="Say how deep.")
    a_released_course(by=ada, course=course)

    restore_the_first(course, mira)

    assert state(logged_in(client, ada), course) != "Changes requested"
    assert last_word(course) is None
    assert "a moderator asks for changes" not in client.get(reverse("wagtailadmin_home")).text
