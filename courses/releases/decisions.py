"""Submitting a course and deciding on it, through Wagtail's workflow."""

import logging

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Comment, TaskState, WorkflowState

from courses.checks.reading import check_draft
from courses.drafts.locks import lock_course, lock_pages_of
from courses.errors import CourseError
from courses.models import CoursePage, CourseRelease, ReleaseItem, ReleaseStatus
from courses.models.releases import RELEASE_MOVES
from courses.models.review_task import CourseReviewTask
from courses.models.team import stands_on_team, teaches
from courses.people import Person
from courses.releases import emails

from .publishing import show_release

logger = logging.getLogger(__name__)


def submit_course(*, course: CoursePage, user: Person) -> CourseRelease:
    """Start the review, or take it up again after changes were asked for.

    The same as the editor's button. Raises SubmissionRefused with what is to mend, and
    CourseError when the person is not on the team or the course is being reviewed.
    """
    draft = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    checked = check_draft(draft)  # kept while it is needed: nobody waits while it is read
    release = _submit(course, user)
    del checked
    return release


@transaction.atomic
def _submit(course: CoursePage, user: Person) -> CourseRelease:
    lock_course(course.pk)
    if not teaches(user, course.pk):
        raise CourseError(_("Only its team can submit a course."), code="only_team_submits")
    course = CoursePage.objects.get(pk=course.pk)
    state = course.current_workflow_state
    if state is None:
        workflow = course.get_workflow()
        if workflow is None:
            raise CourseError(
                _("No review is set up for courses. Ask an admin to assign one."),
                code="no_review_set_up",
            )
        workflow.start(course, user)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        raise CourseError(_("This course is being reviewed already."), code="in_review_already")
    return CourseRelease.objects.get(course=course, status=ReleaseStatus.IN_REVIEW)


@transaction.atomic
def approve_release(*, release: CourseRelease, user: Person, comment: str = "") -> CourseRelease:
    """Release what was pinned. Approving again what one approved changes nothing."""
    release = _locked(release)
    if release.status == ReleaseStatus.CURRENT and release.decided_by == user:
        return release
    _act(release, user, "approve", comment)
    release.refresh_from_db()
    return release


@transaction.atomic
def ask_for_changes(*, release: CourseRelease, user: Person, note: str) -> CourseRelease:
    """Send the submission back with a note that the team reads in the editor and by mail."""
    release = _locked(release)
    if release.status == ReleaseStatus.CHANGES_REQUESTED and release.decided_by == user:
        return release
    _act(release, user, "reject", note)
    release.refresh_from_db()
    return release


@transaction.atomic
def withdraw_release(*, release: CourseRelease, user: Person) -> CourseRelease:
    """Take the submission back; learners notice nothing."""
    release = _locked(release)
    if not teaches(user, release.course_id):
        raise CourseError(
            _("Only its team can take a submission back."), code="only_team_takes_back"
        )
    state = release.workflow_state
    if release.status != ReleaseStatus.IN_REVIEW or state is None:
        raise CourseError(_("This submission has been decided already."), code="already_decided")
    state.cancel(user=user)
    release.refresh_from_db()
    return release


@transaction.atomic
def restore_release(*, release: CourseRelease, user: Person) -> CourseRelease:
    """Show an earlier release again, as a new release with the same pinned revisions.

    Drafts, and a submission in review, stay as they are. For moderators who do not teach the
    course; raises CourseError for anyone else and for what was never approved.
    """
    course = lock_course(release.course_id)
    assert course is not None  # releases are of courses alone
    lock_pages_of(course)
    release = CourseRelease.objects.get(pk=release.pk)
    if not CourseReviewTask.may_decide(user) or stands_on_team(user, release.course_id):
        raise CourseError(
            _("Only a moderator who does not teach the course can restore a release."),
            code="only_moderator_restores",
        )
    if release.status == ReleaseStatus.CURRENT:
        return release
    if release.status != ReleaseStatus.SUPERSEDED:
        raise CourseError(_("This release was never approved."), code="never_approved")
    last = CourseRelease.objects.filter(course_id=course.pk).aggregate(last=Max("number"))["last"]
    restored = CourseRelease.objects.create(
        course_id=course.pk,
        number=last + 1,
        # Shown within this transaction; until then it must not look like a submission.
        status=ReleaseStatus.SUPERSEDED,
        submitted_by=user,
        submitted_at=timezone.now(),
        # In the language of whoever restores it, as the notes that moderators write.
        note=_("Restores release %(number)s.") % {"number": release.shown_number},
    )
    _copy_items(release, restored)
    show_release(restored, user=user)
    logger.info(
        "release restored",
        extra={
            "event": "release.restored",
            "course": restored.course_id,
            "release": release.number,
            "restored_as": restored.number,
            "user": str(user.pk),
        },
    )
    log(
        instance=restored.course,
        action="courses.restore",
        user=user,
        data={"release": release.number, "as": restored.number},
    )
    return restored


def release_approved(workflow_state: WorkflowState, user: Person | None) -> None:
    """The workflow ended well: show what it pinned. Called by the finish action.

    Wagtail also ends a workflow when an admin disables the step that it stands at: nobody
    approved anything then, so this refuses (CourseError), and the step stays.
    """
    task_state = workflow_state.current_task_state
    if task_state is None or task_state.status != TaskState.STATUS_APPROVED:
        raise CourseError(
            _("Courses wait for this review. Decide on them or take them back first."),
            code="courses_wait",
        )
    course = lock_course(int(workflow_state.object_id))
    assert course is not None  # the finish action sends no other page here
    lock_pages_of(course)
    release = CourseRelease.objects.filter(
        workflow_state=workflow_state, status=ReleaseStatus.IN_REVIEW
    ).first()
    if release is None:
        raise CourseError(
            _("Nothing was pinned for this review. Submit the course again."),
            code="nothing_pinned",
        )
    decidable = CourseRelease.objects.decidable_by(user) if user else CourseRelease.objects.none()
    if not decidable.filter(pk=release.pk).exists():
        raise CourseError(
            _("A course is released by a moderator who had no part in it."),
            code="had_part_in_course",
        )
    release.note = task_state.comment
    show_release(release, user=user)
    emails.announce_approval(release)
    _tell("release approved", "release.approved", release, user)


def release_sent_back(workflow_state: WorkflowState, user: Person) -> None:
    """A reviewer asked for changes: keep the note and bring it to the team."""
    release = _in_review(workflow_state)
    if release is None:
        return
    note = workflow_state.current_task_state.comment.strip()
    _close(release, ReleaseStatus.CHANGES_REQUESTED, user, note)
    if note:
        Comment.objects.create(
            page_id=release.course_id,
            user=user,
            text=note,
            contentpath="title",
            revision_created_id=workflow_state.current_task_state.revision_id,
        )
    emails.announce_changes(release)
    _tell("changes asked for", "release.sent_back", release, user)


def release_withdrawn(workflow_state: WorkflowState, user: Person) -> None:
    """The workflow was cancelled."""
    release = _in_review(workflow_state)
    if release is not None:
        _close(release, ReleaseStatus.CANCELLED, user, release.note)
        _tell("submission taken back", "release.withdrawn", release, user)


def _tell(what: str, event: str, release: CourseRelease, user: Person | None) -> None:
    logger.info(
        what,
        extra={
            "event": event,
            "course": release.course_id,
            "release": release.number,
            "user": str(user.pk) if user else None,
        },
    )


def _locked(release: CourseRelease) -> CourseRelease:
    lock_course(release.course_id)
    return CourseRelease.objects.select_related("workflow_state", "decided_by").get(pk=release.pk)


def _act(release: CourseRelease, user: Person, action: str, comment: str) -> None:
    state = release.workflow_state
    if release.status != ReleaseStatus.IN_REVIEW or state is None:
        raise CourseError(
            _("This submission has been decided or taken back already."), code="review_over"
        )
    task_state = state.current_task_state
    task_state.task.specific.on_action(task_state, user, action, comment=comment)


def _in_review(workflow_state: WorkflowState) -> CourseRelease | None:
    return CourseRelease.objects.filter(
        workflow_state=workflow_state, status=ReleaseStatus.IN_REVIEW
    ).first()


def _close(release: CourseRelease, status: str, user: Person, note: str) -> None:
    RELEASE_MOVES.move(release, status)
    release.decided_by, release.note = user, note
    release.decided_at = timezone.now()
    release.save(update_fields=["status", "decided_by", "decided_at", "note"])


def _copy_items(old: CourseRelease, new: CourseRelease) -> None:
    items = list(old.items.all())
    parents = {item.page_id: item.parent_id for item in items}
    page_of = {item.pk: item.page_id for item in items}
    for item in items:
        item.pk, item.release, item.parent_id = None, new, None
        item._state.adding = True
    by_page = {item.page_id: item for item in ReleaseItem.objects.bulk_create(items)}
    for page_id, parent in parents.items():
        by_page[page_id].parent = by_page[page_of[parent]] if parent else None
    ReleaseItem.objects.bulk_update(by_page.values(), ["parent"])
