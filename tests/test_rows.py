"""What was written once by the verbs and comes back as rows is what the verbs write."""

import json

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from courses import releases
from courses.models import CourseRelease, Promise
from learners.models import User
from tests import rows
from tests.builders import a_course, a_lesson, a_released_course, lesson_called
from tests.comparing import everything
from tests.people import person


def written_anew(make, monkeypatch) -> tuple[object, dict]:
    """By the verbs, whatever is known; taken back again."""
    with transaction.atomic():
        with monkeypatch.context() as patched:
            patched.setattr(rows, "_recordings", {})
            patched.setattr(rows, "recorded", lambda recipe, make: make())
            patched.setattr("tests.builders.recorded", lambda recipe, make: make())
            patched.setattr("tests.people.recorded", lambda recipe, make: make())
            make()
        found = everything()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(
    "make",
    [
        lambda: person("mira"),
        lambda: a_course(by=person("ada")),
        lambda: a_released_course(by=person("ada")),
    ],
    ids=["a person", "a draft", "a release"],
)
def test_rows_are_those_that_the_verbs_write(db, monkeypatch, make):
    by_the_verbs = written_anew(make, monkeypatch)
    for _again in range(2):  # the first may record, the second cannot
        with transaction.atomic():
            make()
            from_rows = everything()
            transaction.set_rollback(True)

    assert from_rows.keys() == by_the_verbs.keys()
    for table, found in from_rows.items():
        assert found == by_the_verbs[table], table


def test_it_takes_a_handful_of_queries(ada, mira, django_assert_max_num_queries):
    with transaction.atomic():
        a_released_course(by=ada)
        transaction.set_rollback(True)

    with django_assert_max_num_queries(45):
        a_released_course(by=ada)


def test_what_waits_for_the_commit_waits_again(ada, commit):
    Promise.objects.all().delete()  # of Ada's own coming, which nobody commits here
    with transaction.atomic():
        a_released_course(by=ada)
        transaction.set_rollback(True)

    with commit():
        a_released_course(by=ada)
        assert (Promise.objects.exists(), mail.outbox) == (True, [])

    assert not Promise.objects.exists()
    assert [sent.subject for sent in mail.outbox] == [
        "“Sewing by hand” is waiting for your review",
        "“Sewing by hand” has been released",
    ]


def test_the_course_goes_on_living(ada, mira):
    for _again in range(2):
        with transaction.atomic():
            course = a_released_course(by=ada)
            lesson = lesson_called("Cutting straight", course=course)
            lesson.title = "Cutting a straight line"
            lesson.save_revision(user=ada)
            a_lesson(under=course.get_children().first().specific, title="Pressing")
            release = releases.submit_course(course=course, user=ada)
            releases.approve_release(release=release, user=mira)

            assert list(course.releases.values_list("number", "status").order_by("number")) == [
                (1, "superseded"),
                (2, "current"),
            ]
            assert release.pk > CourseRelease.objects.get(number=1).pk
            transaction.set_rollback(True)


def test_it_happened_just_now(ada):
    for _again in range(2):
        with transaction.atomic():
            before = timezone.now()
            release = a_released_course(by=ada).releases.get()
            assert (before - release.submitted_at).total_seconds() < 60
            assert release.submitted_at < release.decided_at <= timezone.now()
            transaction.set_rollback(True)


def test_a_second_course_of_one_recipe_is_written_by_the_verbs(ada):
    first, second = a_released_course(by=ada), a_released_course(by=ada)

    assert second.pk > first.pk
    assert second.uuid != first.uuid


@pytest.mark.django_db(transaction=True)
def test_whatever_commits_is_written_by_the_verbs():
    assert not connection.in_atomic_block
    known = len(rows._recordings)

    person("ada")

    assert len(rows._recordings) == known
    assert json.dumps(list(User.objects.values_list("name", flat=True))) == '["Ada Okafor"]'
