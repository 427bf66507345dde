"""Producers save and submit while moderators decide. Real threads on PostgreSQL.

Each race ships with its control: the same steps with the guard taken away must go wrong,
or the race proves nothing. Threads meet at chosen points; nobody sleeps.
"""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from wagtail.models import Revision

from courses import releases
from courses.drafts.digest import content_digest
from courses.errors import CourseError, PinBroken
from courses.models import CoursePage, CourseRelease, LessonPage, ReleaseItem
from courses.models.drafts import DraftPage
from courses.releases import decisions, pinning, publishing
from tests.builders import a_course, a_submission, lesson_called
from tests.people import person
from tests.races.waiting import somebody_waits

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


class Other(threading.Thread):
    """Somebody else, on a connection of their own. ``outcome`` is a result or an exception."""

    def __init__(self, work):
        super().__init__(daemon=True)
        self.work, self.outcome = work, None

    def run(self):
        try:
            self.outcome = self.work()
        except Exception as error:  # the test looks at it
            self.outcome = error
        finally:
            connection.close()

    def finished(self):
        self.join(timeout=60)
        assert not self.is_alive(), "the two wait for each other"
        return self.outcome


def until(condition) -> None:
    """Ask until it holds; gives up after a minute of asking."""
    patience = threading.Event()
    for _ in range(6000):
        if condition():
            return
        patience.wait(0.01)
    raise AssertionError("what was waited for did not come")


@contextmanager
def stop_at(monkeypatch, module, name):
    """Hold whoever comes to ``module.name`` until told to go on."""
    reached, go_on = threading.Event(), threading.Event()
    original = getattr(module, name)

    def halted(*args, **kwargs):
        result = original(*args, **kwargs)
        if not reached.is_set():
            reached.set()
            assert go_on.wait(60)
        return result

    monkeypatch.setattr(module, name, halted)
    yield reached, go_on
    go_on.set()


def autosave(lesson_pk, revision_pk, words):
    """What the editor's autosave does in its transaction."""
    with transaction.atomic():
        lesson = LessonPage.objects.get(pk=lesson_pk)
        lesson.body = [("rich_text", f"<p>{words}</p>")]
        return lesson.save_revision(
            user=person("ada"),
            overwrite_revision=Revision.objects.get(pk=revision_pk),
            clean=False,
        )


@pytest.fixture
def written(ada):
    """A course whose lesson was autosaved once: (course, lesson, that revision)."""
    course = a_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    lesson.body = [("rich_text", "<p>What a moderator will read.</p>")]
    revision = lesson.save_revision(user=ada)
    return course, lesson, revision


def pinned(lesson) -> ReleaseItem:
    return ReleaseItem.objects.select_related("revision").get(page=lesson)


def is_true(item) -> bool:
    return content_digest(LessonPage, item.revision.content) == item.digest


def submit_while_the_editor_saves(monkeypatch, course, lesson, revision):
    """The submission has read the lesson and not yet committed; then autosave comes."""
    with stop_at(monkeypatch, pinning, "hold_draft") as (reached, go_on):
        submitting = Other(lambda: releases.submit_course(course=course, user=person("ada")))
        submitting.start()
        assert reached.wait(60)
        saving = Other(lambda: autosave(lesson.pk, revision.pk, "Typed at the same moment."))
        saving.start()
        until(lambda: not saving.is_alive() or somebody_waits())
        go_on.set()
        return submitting.finished(), saving.finished()


def test_autosave_during_submitting_waits_and_writes_a_revision_of_its_own(written, monkeypatch):
    course, lesson, revision = written

    release, saved = submit_while_the_editor_saves(monkeypatch, course, lesson, revision)

    assert isinstance(release, CourseRelease)
    assert isinstance(saved, Revision)
    assert saved.pk != revision.pk
    assert is_true(pinned(lesson))
    assert "What a moderator will read." in pinned(lesson).revision.content["body"]
    approved = releases.approve_release(release=release, user=person("mira"))
    assert approved.status == "current"
    assert "What a moderator will read." in str(LessonPage.objects.get(pk=lesson.pk).body[0].value)


def test_control_without_the_lock_the_pinned_revision_is_written_over(written, monkeypatch):
    course, lesson, revision = written
    unguarded = super(DraftPage, lesson).save_revision.__func__
    monkeypatch.setattr(LessonPage, "save_revision", unguarded)

    release, saved = submit_while_the_editor_saves(monkeypatch, course, lesson, revision)

    assert saved.pk == revision.pk
    assert not is_true(pinned(lesson))
    # The digest is the alarm that is left.
    with pytest.raises(PinBroken):
        releases.approve_release(release=release, user=person("mira"))


def approve_while_the_editor_saves(monkeypatch, release, lesson, revision):
    with stop_at(monkeypatch, publishing, "check_pins") as (reached, go_on):
        mira = person("mira")
        approving = Other(lambda: releases.approve_release(release=release, user=mira))
        approving.start()
        assert reached.wait(60)
        saving = Other(lambda: autosave(lesson.pk, revision.pk, "Typed at the same moment."))
        saving.start()
        until(lambda: not saving.is_alive() or somebody_waits())
        go_on.set()
        return approving.finished(), saving.finished()


def test_saving_while_a_moderator_approves_changes_nothing_that_was_approved(written, monkeypatch):
    course, lesson, revision = written
    release = a_submission(by=person("ada"), course=course)

    approved, saved = approve_while_the_editor_saves(monkeypatch, release, lesson, revision)

    assert approved.status == "current"
    assert saved.pk != revision.pk
    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert "What a moderator will read." in str(lesson.body[0].value)
    assert lesson.live_revision_id == revision.pk
    assert lesson.latest_revision_id == saved.pk
    assert lesson.has_unpublished_changes


def test_control_without_the_lock_an_approval_shows_what_nobody_read(written, monkeypatch):
    course, lesson, revision = written
    release = a_submission(by=person("ada"), course=course)
    unguarded = super(DraftPage, lesson).save_revision.__func__
    monkeypatch.setattr(LessonPage, "save_revision", unguarded)
    monkeypatch.setattr(decisions, "lock_pages_of", lambda course: [])

    approve_while_the_editor_saves(monkeypatch, release, lesson, revision)

    assert not is_true(pinned(lesson))


def both_decide(monkeypatch, release):
    """Mira approves; before she is done, Ivo sends the same submission back."""
    mira, ivo = person("mira"), person("ivo")
    task_state = release.workflow_state.current_task_state
    task = task_state.task.specific
    with stop_at(monkeypatch, decisions, "lock_pages_of") as (reached, go_on):
        first = Other(lambda: task.on_action(task_state, mira, "approve"))
        first.start()
        assert reached.wait(60)
        second = Other(lambda: releases.ask_for_changes(release=release, user=ivo, note="No."))
        second.start()
        until(lambda: not second.is_alive() or somebody_waits())
        go_on.set()
        return first.finished(), second.finished()


def test_two_moderators_at_once_make_one_decision(ada, monkeypatch):
    release = a_submission(by=ada)

    first, second = both_decide(monkeypatch, release)

    assert first == "/admin/reviews/"
    assert isinstance(second, CourseError)
    release.refresh_from_db()
    assert (release.status, release.decided_by) == ("current", person("mira"))
    assert release.workflow_state.task_states.get().status == "approved"
    assert CoursePage.objects.get(pk=release.course_id).live


def test_control_without_the_lock_both_decide(ada, monkeypatch):
    release = a_submission(by=ada)
    unlocked = lambda course_id: CoursePage.objects.get(pk=course_id).page_ptr  # noqa: E731
    monkeypatch.setattr("courses.review.task.lock_course", unlocked)
    monkeypatch.setattr(decisions, "lock_course", unlocked)

    _, second = both_decide(monkeypatch, release)

    # The second got through the gate that should have told them.
    assert not isinstance(second, CourseError)


def test_a_moderator_and_a_producer_who_takes_it_back_make_one_end(ada, monkeypatch):
    release = a_submission(by=ada)
    mira = person("mira")
    stale = CourseRelease.objects.get(pk=release.pk).workflow_state
    with stop_at(monkeypatch, decisions, "lock_pages_of") as (reached, go_on):
        approving = Other(lambda: releases.approve_release(release=release, user=mira))
        approving.start()
        assert reached.wait(60)
        cancelling = Other(lambda: stale.cancel(user=person("ada")))
        cancelling.start()
        until(lambda: not cancelling.is_alive() or somebody_waits())
        go_on.set()
        approved, cancelled = approving.finished(), cancelling.finished()

    assert approved.status == "current"
    assert type(cancelled).__name__ == "PermissionDenied"
    stale.refresh_from_db()
    assert stale.status == "approved"
