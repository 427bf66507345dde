"""The step of Wagtail's workflow in which a moderator reads a whole course and decides.

Starting the task pins the course (a CourseRelease); approving it publishes exactly what was
pinned. Wagtail's workflow keeps the states and the history, the release keeps the content.
"""

from typing import Any, ClassVar, Protocol, TypeGuard

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState

from courses.errors import CourseError
from courses.people import Person, Visitor

from .courses import CoursePage
from .releases import CourseRelease, CourseReleaseQuerySet, ReleaseStatus

# The group that an admin gives; the admin role implies it.
MODERATORS = "Moderators"


class ReviewVerbs(Protocol):
    """What happens to a course when its review starts or ends; see ``courses.review.task``."""

    def pin(self, workflow_state: WorkflowState, user: Person | None) -> CourseRelease | None: ...
    def announce(self, release: CourseRelease) -> None: ...
    def lock(self, workflow_state: WorkflowState) -> None: ...


class CourseReviewTask(Task):
    """Members of Moderators act, except whoever teaches, submitted or wrote what is pinned."""

    # Given by ``courses.wiring``: a model knows no verb.
    verbs: ClassVar[ReviewVerbs]

    class Meta:
        verbose_name = _("course review")
        verbose_name_plural = _("course reviews")

    @classmethod
    def get_description(cls) -> str:
        return gettext("Moderators who do not teach the course read it as one thing and decide")

    def start(self, workflow_state: WorkflowState, user: Person | None = None) -> TaskState:
        """Pins the course; runs on submitting and on submitting again after changes.

        Raises SubmissionRefused with what is to mend; nothing is written then.
        """
        release = self.verbs.pin(workflow_state, user)
        # The button may have saved after Wagtail read the page.
        workflow_state.content_object.refresh_from_db(fields=["latest_revision"])
        task_state = super().start(workflow_state, user=user)
        if release is not None:
            self.verbs.announce(release)
        return task_state

    @transaction.atomic
    def on_action(
        self, task_state: TaskState, user: Person, action_name: str, **kwargs: Any
    ) -> str:
        """Decides once: whoever comes second is told so. Returns where to go next.

        The default answer would be the editor, which a reviewer may not open.
        """
        self.verbs.lock(task_state.workflow_state)
        task_state = TaskState.objects.select_related("workflow_state").get(pk=task_state.pk)
        page = task_state.workflow_state.content_object
        if task_state.status != TaskState.STATUS_IN_PROGRESS:
            raise CourseError(
                gettext("Somebody has already decided on this submission."), code="already_decided"
            )
        if action_name == "approve" and not _is_led(page.pk):
            raise CourseError(
                gettext(
                    "Whoever leads this course does not teach here any more. An admin names "
                    "another lead on its team page; then it can be approved."
                ),
                code="no_lead",
            )
        if action_name not in {name for name, *_ in self.get_actions(page, user)}:
            raise CourseError(
                gettext(
                    "You cannot decide on this course: "
                    "you teach it, submitted it or wrote part of it."
                ),
                code="not_yours_to_decide",
            )
        if action_name == "reject" and not kwargs.get("comment", "").strip():
            raise CourseError(
                gettext("Say what should change: the producer reads your words."),
                code="reason_missing",
            )
        super().on_action(task_state, user, action_name, **kwargs)
        return reverse("moderation:queue")

    def get_actions(self, obj: Page, user: Visitor) -> list[tuple[str, str, bool]]:
        if not self.may_decide(user) or not _in_review(user).filter(course_id=obj.pk).exists():
            return []
        ways_back = [("reject", gettext("Ask for changes"), True)]
        if not _is_led(obj.pk):
            return ways_back
        return [
            *ways_back,
            ("approve", gettext("Approve and release"), False),
            ("approve", gettext("Approve and release with a comment"), True),
        ]

    def get_task_states_user_can_moderate(
        self, user: Visitor, **kwargs: Any
    ) -> QuerySet[TaskState]:
        if not self.may_decide(user):
            return TaskState.objects.none()
        return self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__in=_in_review(user).values("workflow_state_id"),
        )

    @staticmethod
    def may_decide(user: Visitor) -> TypeGuard[Person]:
        """Moderators and superusers with an open account, whatever course it is.

        Asked in the database: a decision waits for locks, and whoever lost the right meanwhile
        decides nothing. One query.
        """
        if not user.is_authenticated:
            return False
        return CourseReviewTask.reviewers().filter(pk=user.pk, is_active=True).exists()

    @staticmethod
    def reviewers() -> QuerySet[Any]:
        """Moderators and superusers, their accounts open or closed; some of them twice."""
        reviewing = Q(is_superuser=True) | Q(groups__name=MODERATORS)
        return get_user_model().objects.filter(reviewing)


def _in_review(user: Person) -> CourseReleaseQuerySet:
    """Submissions that the person had no part in."""
    return CourseRelease.objects.decidable_by(user).filter(status=ReleaseStatus.IN_REVIEW)


def _is_led(course_id: int) -> bool:
    """Whether somebody who teaches answers for the course; nothing is released without."""
    return CoursePage.objects.led().filter(pk=course_id).exists()
