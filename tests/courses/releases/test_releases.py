"""From a draft to what learners see: exactly what was submitted, all of it or nothing."""

import pytest
from wagtail.models import PageLogEntry, Revision

from courses import releases
from courses.errors import PinBroken
from courses.models import ChapterPage, LessonPage, OutboxMail
from tests.builders import a_course, a_lesson, a_released_course, a_submission, lesson_called
from tests.courses.writing import rewrite, what_learners_see, words_of


def test_an_approved_course_shows_what_was_submitted(ada, mira):
    course = a_course(by=ada)

    release = releases.submit_course(course=course, user=ada)
    releases.approve_release(release=release, user=mira)

    course.refresh_from_db()
    release.refresh_from_db()
    assert (release.number, release.status, release.decided_by) == (1, "current", mira)
    assert course.status == "published"
    assert LessonPage.objects.descendant_of(course).filter(live=True).count() == 4
    assert what_learners_see(course)["outline"] == [
        ("1", "Tools"),
        ("1.1", "Two needles and a thread"),
        ("1.2", "Cutting straight"),
        ("2", "The first garment"),
        ("2.1", "Measure yourself"),
        ("2.2", "Sew the side seams"),
    ]


def test_what_is_written_after_submitting_waits_for_the_next_release(ada, mira):
    course = a_course(by=ada)
    release = a_submission(by=ada, course=course)
    lesson = lesson_called("Cutting straight", course=course)

    rewrite(lesson, "Written while a moderator was reading.", by=ada)
    releases.approve_release(release=release, user=mira)

    assert "begin with what you have" in words_of(lesson)
    lesson.refresh_from_db()
    assert lesson.has_unpublished_changes


def test_an_open_editor_saving_itself_starts_a_new_revision_once_its_own_is_pinned(ada):
    course = a_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    autosaved = rewrite(lesson, "First thought.", by=ada).latest_revision
    a_submission(by=ada, course=course)

    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.body = [("rich_text", "<p>Second thought.</p>")]
    saved = lesson.save_revision(user=ada, overwrite_revision=autosaved)

    assert saved.pk != autosaved.pk
    assert "First thought." in Revision.objects.get(pk=autosaved.pk).content["body"]


def test_an_open_editor_may_write_over_what_is_not_pinned(ada):
    lesson = lesson_called("Cutting straight", course=a_course(by=ada))
    autosaved = rewrite(lesson, "First thought.", by=ada).latest_revision

    lesson.body = [("rich_text", "<p>Second thought.</p>")]
    saved = lesson.save_revision(user=ada, overwrite_revision=autosaved)

    assert saved.pk == autosaved.pk


def test_moves_and_new_drafts_change_nothing_for_learners_until_the_next_release(ada, mira):
    course = a_released_course(by=ada)
    before = what_learners_see(course)

    lesson_called("Measure yourself", course=course).move(
        ChapterPage.objects.get(title="Tools"), pos="first-child"
    )
    a_lesson(under=ChapterPage.objects.get(title="Tools"), title="Thimbles")
    lesson = lesson_called("Cutting straight", course=course)
    lesson.title = "Cutting on the bias"
    rewrite(lesson, "Another way.")

    assert what_learners_see(course) == before
    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)
    assert what_learners_see(course)["outline"][:5] == [
        ("1", "Tools"),
        ("1.1", "Measure yourself"),
        ("1.2", "Two needles and a thread"),
        ("1.3", "Cutting on the bias"),
        ("1.4", "Thimbles"),
    ]


def test_a_second_click_on_approve_changes_nothing(ada, mira):
    release = a_submission(by=ada)
    releases.approve_release(release=release, user=mira)
    entries, mails = PageLogEntry.objects.count(), OutboxMail.objects.count()

    releases.approve_release(release=release, user=mira)

    assert (PageLogEntry.objects.count(), OutboxMail.objects.count()) == (entries, mails)


def test_a_changed_pin_is_an_alarm_and_nothing_is_released(ada, mira, caplog):
    release = a_submission(by=ada)
    item = release.items.get(title="Sew the side seams")
    content = item.revision.content
    content["title"] = "Send money to Bruno"
    Revision.objects.filter(pk=item.revision_id).update(content=content)
    before = what_learners_see(release.course)

    with pytest.raises(PinBroken, match="was changed after it was submitted") as refusal:
        releases.approve_release(release=release, user=mira)
    assert refusal.value.code == "pin_broken"

    release.refresh_from_db()
    assert release.status == "in_review"
    assert release.workflow_state.status == "in_progress"
    assert what_learners_see(release.course) == before
    assert "was changed after it was pinned" in caplog.text
    alarm = next(record for record in caplog.records if record.levelname == "ERROR")
    assert (alarm.event, alarm.page) == ("release.pin_broken", item.page_id)


def test_an_approval_that_dies_half_way_leaves_nothing_published(ada, mira, monkeypatch):
    release = a_submission(by=ada)
    before = what_learners_see(release.course)

    def die(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("courses.releases.publishing._send_signals", die)
    with pytest.raises(KeyboardInterrupt):
        releases.approve_release(release=release, user=mira)

    release.refresh_from_db()
    assert release.status == "in_review"
    assert what_learners_see(release.course) == before
    monkeypatch.undo()
    assert releases.approve_release(release=release, user=mira).status == "current"
