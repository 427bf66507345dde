"""From a draft to what learners see, and back."""

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import Comment, Page, PageLogEntry, Revision

from courses import releases
from courses.errors import CourseError, PinBroken, SubmissionRefused
from courses.models import (
    ChapterPage,
    CoursePage,
    CourseRelease,
    CourseTeamMember,
    LessonPage,
    OutboxMail,
    ReleaseItem,
)
from courses.outline import get_outline
from tests.builders import (
    a_chapter,
    a_course,
    a_lesson,
    a_released_course,
    a_submission,
    lesson_called,
)


def what_learners_see(course) -> dict:
    """Rows that only a release may change."""
    pages = Page.objects.descendant_of(course, inclusive=True).live().order_by("pk")
    lessons = LessonPage.objects.descendant_of(course).live().order_by("pk")
    return {
        "pages": list(pages.values_list("pk", "live_revision_id", "title", "slug")),
        "bodies": list(lessons.values_list("pk", "body")),
        "outline": [(node.number, node.title) for node in get_outline(course.pk).walk()],
    }


def rewrite(lesson, words: str, by=None) -> LessonPage:
    lesson.body = [("rich_text", f"<p>{words}</p>")]
    lesson.save_revision(user=by)
    return lesson


def words_of(lesson) -> str:
    return str(LessonPage.objects.get(pk=lesson.pk).body[0].value)


# Submitting and approving


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

    with pytest.raises(PinBroken, match="was changed after it was submitted"):
        releases.approve_release(release=release, user=mira)

    release.refresh_from_db()
    assert release.status == "in_review"
    assert release.workflow_state.status == "in_progress"
    assert what_learners_see(release.course) == before
    assert "was changed after it was pinned" in caplog.text


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


# What must be mended before submitting


def refused(course, by):
    with pytest.raises(SubmissionRefused) as refusal:
        releases.submit_course(course=course, user=by)
    return [str(problem) for problem in refusal.value.problems]


def test_a_course_that_is_not_ready_is_refused_with_everything_to_mend(ada):
    course = a_course(by=ada, category=None, subtitle="", what_you_will_learn=[])
    lesson = lesson_called("Cutting straight", course=course)
    lesson.body = [("video", {"title": "", "url": "", "captions": []}), ("rich_text", "")]
    lesson.save_revision(clean=False)
    a_chapter(under=course, title="Finishing")
    empty = a_lesson(under=ChapterPage.objects.get(title="Tools"), title="Thimbles", body=[])
    pages = Page.objects.count()

    problems = refused(course, ada)

    assert problems == [
        "The course: Choose a category, so that learners can find it.",
        "The course: Write the subtitle: one sentence that says what a learner can do afterwards.",
        "The course: List at least one thing a learner will be able to do.",
        "Chapter 3 “Finishing”: This chapter is empty. Write a lesson or remove it.",
        "Lesson 1.2 “Cutting straight”: block 1 (Video), Title: This field is required.",
        "Lesson 1.2 “Cutting straight”: block 2 (Text): This field is required.",
        f"Lesson 1.3 “{empty.title}”: This lesson is empty. Write something first.",
    ]
    assert not CourseRelease.objects.exists()
    assert course.current_workflow_state is None
    assert Page.objects.count() == pages


def test_a_flat_course_with_chapters_is_refused(ada):
    flat = a_course(by=ada)
    flat.structure_type = "flat"
    flat.save_revision()

    assert "Chapter 1 “Tools”: A flat course has no chapters" in refused(flat, ada)[0]


def test_a_hierarchical_course_without_chapters_is_refused(ada):
    course = a_course(by=ada, title="Mending", syllabus=["Darn a sock", "Sew on a button"])
    course.structure_type = "hierarchical"
    course.save_revision()

    assert refused(course, ada) == [
        "The course: A hierarchical course has chapters. Make one and move the lessons into it, "
        "or make the course flat."
    ]


def test_a_lesson_may_welcome_before_the_first_chapter_and_not_stand_after_it(ada):
    course = a_course(by=ada)
    welcome = a_lesson(under=course, title="Welcome")

    assert refused(course, ada) == [
        "Lesson 3 “Welcome”: In a hierarchical course a lesson stands in a chapter, or before "
        "the first one. Move it there, or make the course flat."
    ]

    welcome.move(course, pos="first-child")
    release = releases.submit_course(course=course, user=ada)
    assert list(release.items.values_list("number", "title")[1:3]) == [
        ("1", "Welcome"),
        ("2", "Tools"),
    ]


def test_a_course_without_lessons_is_refused(ada):
    assert refused(a_course(by=ada, syllabus=[]), ada) == ["The course: Write at least one lesson."]


def test_a_refused_resubmission_leaves_the_review_where_it_was(ada, mira):
    release = a_submission(by=ada)
    releases.ask_for_changes(release=release, user=mira, note="Shorten the second chapter.")
    lesson = lesson_called("Cutting straight", course=release.course)
    lesson.body = []
    lesson.save_revision()

    refused(release.course, ada)

    state = CoursePage.objects.get(pk=release.course_id).current_workflow_state
    assert (state.status, state.current_task_state.status) == ("needs_changes", "rejected")
    assert release.course.releases.count() == 1


def test_only_the_team_submits(ada, bruno):
    course = a_course(by=ada)

    with pytest.raises(CourseError, match="Only its team"):
        releases.submit_course(course=course, user=bruno)

    assert not CourseRelease.objects.exists()


def test_a_course_in_review_is_not_submitted_twice(ada):
    release = a_submission(by=ada)

    with pytest.raises(CourseError, match="being reviewed already"):
        releases.submit_course(course=release.course, user=ada)

    assert CourseRelease.objects.count() == 1


# Sending back and taking back


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

    with pytest.raises(CourseError, match="decided or taken back"):
        releases.approve_release(release=first, user=ivo)

    second.refresh_from_db()
    assert second.status == "in_review"


def test_taking_a_submission_back_closes_its_release(ada, mira):
    release = a_submission(by=ada)

    releases.withdraw_release(release=release, user=ada)

    release.refresh_from_db()
    assert release.status == "cancelled"
    with pytest.raises(CourseError, match="decided or taken back"):
        releases.approve_release(release=release, user=mira)
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


# Lessons that leave


def test_a_retired_lesson_leaves_with_the_next_release_and_not_before(ada, mira):
    course = a_released_course(by=ada)
    lesson = lesson_called("Sew the side seams", course=course)
    before = what_learners_see(course)

    releases.retire_page(page=lesson, user=ada)

    assert what_learners_see(course) == before
    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)
    lesson.refresh_from_db()
    assert not lesson.live
    assert get_outline(course.pk).find(lesson.uuid) is None
    assert ReleaseItem.objects.filter(page=lesson, release__number=1).exists()


def test_a_retired_chapter_takes_its_lessons_along(ada, mira):
    course = a_released_course(by=ada)
    releases.retire_page(page=ChapterPage.objects.get(title="Tools"), user=ada)

    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)

    assert [node.title for node in get_outline(course.pk).lessons] == [
        "Measure yourself",
        "Sew the side seams",
    ]
    assert not LessonPage.objects.get(title="Cutting straight").live


def test_a_retired_lesson_can_be_kept_after_all(ada, mira):
    course = a_released_course(by=ada)
    lesson = lesson_called("Sew the side seams", course=course)
    releases.retire_page(page=lesson, user=ada)

    releases.keep_page(page=lesson, user=ada)
    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)

    assert get_outline(course.pk).find(lesson.uuid)


def test_a_stranger_cannot_retire_a_lesson(ada, bruno):
    lesson = lesson_called("Sew the side seams", course=a_released_course(by=ada))

    with pytest.raises(CourseError, match="Only the team"):
        releases.retire_page(page=lesson, user=bruno)

    lesson.refresh_from_db()
    assert not lesson.retired


# Restoring and archiving


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

    with pytest.raises(CourseError, match="Only a moderator"):
        releases.restore_release(release=first, user=request.getfixturevalue(who))

    assert course.releases.count() == 2


def test_archiving_hides_a_course_from_sale_and_nothing_else(ada):
    course = a_released_course(by=ada)
    before = what_learners_see(course)

    archived = releases.archive_course(course=course, user=ada)

    assert archived.status == "archived"
    assert not CoursePage.objects.published().filter(pk=course.pk).exists()
    assert what_learners_see(course) == before
    assert releases.unarchive_course(course=course, user=ada).status == "published"


def test_a_release_does_not_take_a_course_out_of_the_archive(ada, mira):
    course = releases.archive_course(course=a_released_course(by=ada), user=ada)

    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)

    assert CoursePage.objects.get(pk=course.pk).status == "archived"


def test_an_instructor_who_does_not_lead_cannot_archive(ada, bruno):
    course = a_released_course(by=ada)
    CourseTeamMember.objects.create(course=course, user=bruno)

    with pytest.raises(CourseError, match="Only the lead"):
        releases.archive_course(course=course, user=bruno)

    course.refresh_from_db()
    assert course.archived_at is None
