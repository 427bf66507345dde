"""A submission reads and checks a course while nobody waits, and pins what is still true.

Each ships with its control: with the guard taken away the same steps must go wrong.
"""

import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from wagtail.models import Page

from courses import releases
from courses.checks import readiness, reading
from courses.drafts.nodes import read_draft
from courses.errors import SubmissionRefused
from courses.models import CourseImage, CourseRelease, LessonPage
from courses.releases import decisions, pinning
from tests.builders import a_course, lesson_called
from tests.editor import course_post
from tests.media import an_image
from tests.people import person

from .test_submit_and_approve import Other, stop_at

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def course(ada):
    return a_course(by=ada)


def free_rows(course) -> bool:
    """Whether somebody on a connection of their own could save any page of the course now."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM wagtailcore_page WHERE path LIKE %s FOR UPDATE NOWAIT",
                [f"{course.path}%"],
            )
    except OperationalError:
        return False
    return True


def rows_while_a_lesson_is_checked(monkeypatch, course) -> bool:
    with stop_at(monkeypatch, readiness, "page_problems") as (reached, go_on):
        submitting = Other(lambda: releases.submit_course(course=course, user=person("ada")))
        submitting.start()
        assert reached.wait(60)
        free = free_rows(course)
        go_on.set()
        assert isinstance(submitting.finished(), CourseRelease)
    return free


def test_nobody_waits_while_a_submission_is_read_and_checked(course, monkeypatch):
    assert rows_while_a_lesson_is_checked(monkeypatch, course)


def test_control_read_under_the_lock_everybody_waits(course, monkeypatch):
    monkeypatch.setattr(decisions, "check_draft", lambda course: None)
    monkeypatch.setattr(pinning, "known_of", lambda course_id: ())

    assert not rows_while_a_lesson_is_checked(monkeypatch, course)


def empty_a_lesson_between_reading_and_pinning(monkeypatch, course):
    lesson = lesson_called("Cutting straight", course=course)
    with stop_at(monkeypatch, pinning, "known_of") as (reached, go_on):
        submitting = Other(lambda: releases.submit_course(course=course, user=person("ada")))
        submitting.start()
        assert reached.wait(60)
        # Who submits holds the course's own row by now, and no lesson's.
        emptied = LessonPage.objects.get(pk=lesson.pk)
        emptied.body = []
        emptied.save_revision()
        go_on.set()
        return submitting.finished()


def test_what_was_saved_since_it_was_read_is_checked_again(course, monkeypatch):
    refused = empty_a_lesson_between_reading_and_pinning(monkeypatch, course)

    assert isinstance(refused, SubmissionRefused)
    assert [str(problem) for problem in refused.problems] == [
        "Lesson 1.2 “Cutting straight”: This lesson is empty. Write something first."
    ]
    assert not CourseRelease.objects.exists()


def test_control_believing_what_was_read_submits_what_is_gone(course, monkeypatch):
    read = {}

    def believe(course, known):
        return read["nodes"]

    def remember(course):
        read["nodes"] = read_draft(Page.objects.get(pk=course.pk))
        return reading.check_draft(course)

    monkeypatch.setattr(pinning, "hold_draft", believe)
    monkeypatch.setattr(decisions, "check_draft", remember)

    assert isinstance(
        empty_a_lesson_between_reading_and_pinning(monkeypatch, course), CourseRelease
    )


def delete_a_picture_between_reading_and_pinning(monkeypatch, course):
    ada = person("ada")
    picture = an_image(title="Hem", course=course, by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    lesson.body = [("image", {"image": picture, "alt": "A hem", "caption": ""})]
    lesson.save_revision(user=ada)
    with stop_at(monkeypatch, pinning, "known_of") as (reached, go_on):
        submitting = Other(lambda: releases.submit_course(course=course, user=person("ada")))
        submitting.start()
        assert reached.wait(60)
        CourseImage.objects.get(pk=picture.pk).delete()
        go_on.set()
        return submitting.finished()


def test_a_picture_that_was_deleted_since_the_lesson_was_read_is_missed(course, monkeypatch):
    refused = delete_a_picture_between_reading_and_pinning(monkeypatch, course)

    assert isinstance(refused, SubmissionRefused)
    (problem,) = map(str, refused.problems)
    assert problem.startswith("Lesson 1.2 “Cutting straight”")
    assert not CourseRelease.objects.exists()


def test_control_asking_for_revisions_alone_pins_a_lesson_without_its_picture(course, monkeypatch):
    monkeypatch.setattr(pinning, "_still_whole", lambda known: known)

    pinned = delete_a_picture_between_reading_and_pinning(monkeypatch, course)

    assert isinstance(pinned, CourseRelease)


@pytest.fixture
def checked(monkeypatch):
    """Titles of the lessons and chapters that were checked in full, as often as they were."""
    titles = []
    check = readiness.page_problems

    def counted(node):
        titles.append(node.draft.title)
        return check(node)

    monkeypatch.setattr(readiness, "page_problems", counted)
    return titles


def test_the_verb_checks_each_page_once(course, checked):
    releases.submit_course(course=course, user=person("ada"))

    assert len(checked) == len(set(checked)) == Page.objects.descendant_of(course).count()


def test_the_editors_button_checks_each_page_once(client, course, checked):
    client.force_login(person("ada"))
    data = course_post(course, **{"action-submit": "1"})

    client.post(reverse("wagtailadmin_pages:edit", args=[course.pk]), data)

    assert CourseRelease.objects.filter(course=course, status="in_review").exists()
    assert len(checked) == len(set(checked)) == Page.objects.descendant_of(course).count()


def test_resubmitting_checks_only_once_and_takes_what_is_new(client, course, checked):
    first = releases.submit_course(course=course, user=person("ada"))
    releases.ask_for_changes(release=first, user=person("mira"), note="Say who it is for.")
    checked.clear()
    client.force_login(person("ada"))
    data = course_post(course, **{"title": "Sewing, slowly", "action-submit": "1"})

    client.post(reverse("wagtailadmin_pages:edit", args=[course.pk]), data)

    second = CourseRelease.objects.get(course=course, status="in_review")
    assert second.items.get(kind="course").title == "Sewing, slowly"
    assert len(checked) == len(set(checked)) == Page.objects.descendant_of(course).count()
