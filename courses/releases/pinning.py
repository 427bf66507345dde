"""Taking the snapshot: which revision of which page stands where in a release."""

import logging
from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from courses.checks.readiness import require_ready
from courses.checks.reading import known_of, work_out
from courses.drafts.locks import lock_course
from courses.drafts.nodes import Node, hold_draft
from courses.errors import CourseError
from courses.files.held import missing_of
from courses.files.sizes import promise_sizes
from courses.models import CoursePage, CourseRelease, ItemKind, ReleaseItem, ReleaseStatus
from courses.models.releases import RELEASE_MOVES
from courses.people import Person

logger = logging.getLogger(__name__)


def pin_course(
    *, course_id: int, workflow_state: WorkflowState | None = None, user: Person | None = None
) -> CourseRelease | None:
    """Make the release that a moderator will decide on; None when the page is not a course.

    Raises SubmissionRefused when a lesson or the course is not ready, CourseError when its
    lead does not teach any more or ``user`` may not write it any more; nothing is written
    then. Lessons are read and checked before the course is locked (``checks.reading``); under
    the lock it is compared which revision of each page is the newest and whether its pictures and
    files are still there, and what was saved since is read. The number of queries does not grow
    with the lessons, except for choosers of pictures and files in lessons that changed.
    """
    known = known_of(course_id)
    return _pin(course_id, known, workflow_state=workflow_state, user=user)


@transaction.atomic
def _pin(
    course_id: int,
    known: Iterable[Node],
    *,
    workflow_state: WorkflowState | None,
    user: Person | None,
) -> CourseRelease | None:
    course = lock_course(course_id)
    if course is None:
        return None
    if user is not None and not _may_write(course_id, user):
        raise CourseError(_("Only its team can submit a course."), code="only_team_submits")
    if not CoursePage.objects.led().filter(pk=course_id).exists():
        raise CourseError(
            _(
                "Whoever leads this course does not teach here any more. Ask an admin to name "
                "another lead; then it can be submitted."
            ),
            code="no_lead",
        )
    nodes = hold_draft(course, _still_whole(list(known)))
    require_ready(nodes)
    for node in nodes:
        work_out(node)
    return write_release(course, nodes, workflow_state=workflow_state, user=user)


def _still_whole(known: list[Node]) -> list[Node]:
    """Without the pages whose pictures or files were deleted since they were read: no newer
    revision tells of that."""
    missing = missing_of(key for node in known for key in node.media or [])
    return [node for node in known if missing.isdisjoint(node.media or [])]


def _may_write(course_id: int, user: Person) -> bool:
    """Asked again under the lock, of the person as they are now and not as they came in."""
    now = get_user_model().objects.get(pk=user.pk)
    return CoursePage.objects.get(pk=course_id).permissions_for_user(now).can_edit()


def write_release(
    course: Page,
    nodes: list[Node],
    *,
    workflow_state: WorkflowState | None,
    user: Person | None,
) -> CourseRelease:
    releases = CourseRelease.objects.filter(course_id=course.pk)
    # Left over when a workflow ended without telling; its pins must not be approved.
    left_over = releases.filter(status=ReleaseStatus.IN_REVIEW)
    RELEASE_MOVES.update(left_over, ReleaseStatus.CANCELLED, decided_at=timezone.now())
    number = (releases.aggregate(last=Max("number"))["last"] or 0) + 1
    release = CourseRelease.objects.create(
        course_id=course.pk,
        number=number,
        workflow_state=workflow_state,
        submitted_by=user,
        submitted_at=timezone.now(),
    )
    items = ReleaseItem.objects.bulk_create(
        _item(release, node, position) for position, node in enumerate(nodes)
    )
    by_page = {item.page_id: item for item in items}
    below = [(node, node.parent) for node in nodes if node.parent and node.parent.parent]
    for node, parent in below:
        by_page[node.page.pk].parent = by_page[parent.page.pk]
    ReleaseItem.objects.bulk_update([by_page[node.page.pk] for node, _ in below], ["parent"])
    if any(node.media for node in nodes if node.kind == ItemKind.LESSON):
        promise_sizes(release_id=release.pk)
    logger.info(
        "course submitted",
        extra={
            "event": "release.submitted",
            "course": course.pk,
            "release": number,
            "pages": len(nodes),
            "user": str(user.pk) if user else None,
        },
    )
    return release


def _item(release: CourseRelease, node: Node, position: int) -> ReleaseItem:
    draft, lesson = node.draft, node.kind == ItemKind.LESSON
    return ReleaseItem(
        release=release,
        page_id=node.page.pk,
        revision_id=node.revision_id,
        position=position,
        depth=node.number.count("."),
        number=node.number,
        digest=node.digest,
        kind=node.kind,
        uuid=draft.uuid,
        title=draft.title,
        slug=draft.slug,
        description=draft.description if node.kind == ItemKind.CHAPTER else "",
        minutes=node.minutes,
        video_seconds=draft.video_seconds if lesson else 0,
        content_type=draft.kind if lesson else "",
        preview=lesson and draft.is_preview,
        has_quiz=lesson and draft.has_quiz,
        captions=draft.captions if lesson else None,
        media=node.media or [],
    )
