"""The step of Wagtail's workflow in which a moderator reads a whole course and decides.

Starting the task pins the course (a CourseRelease); approving it publishes exactly what was
pinned. Wagtail's workflow keeps the states and the history, the release keeps the content.
"""

from django.db import transaction
from django.urls import reverse
from wagtail.models import Task, TaskState

from courses.errors import CourseError

# The group that an admin gives; the admin role implies it.
MODERATORS = "Moderators"


class CourseReviewTask(Task):
    """Members of Moderators act, except whoever submitted the course or teaches it."""

    class Meta:
        verbose_name = "course review"
        verbose_name_plural = "course reviews"

    @classmethod
    def get_description(cls):
        return "Moderators who do not teach the course read it as one thing and decide"

    def start(self, workflow_state, user=None):
        """Pins the course; runs on submitting and on submitting again after changes.

        Raises SubmissionRefused with what is to mend; nothing is written then.
        """
        from courses.releases.pinning import pin_course  # verbs know the models

        course_id = int(workflow_state.object_id)
        release = pin_course(course_id=course_id, workflow_state=workflow_state, user=user)
        # The button may have saved after Wagtail read the page.
        workflow_state.content_object.refresh_from_db(fields=["latest_revision"])
        task_state = super().start(workflow_state, user=user)
        if release is not None:
            from courses.emails import announce_submission

            announce_submission(release)
        return task_state

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        """Decides once: whoever comes second is told so. Returns where to go next.

        The default answer would be the editor, which a reviewer may not open.
        """
        from courses.releases.locks import lock_course  # verbs know the models

        workflow_state = task_state.workflow_state
        lock_course(int(workflow_state.object_id))
        task_state = TaskState.objects.select_related("workflow_state").get(pk=task_state.pk)
        page = task_state.workflow_state.content_object
        if task_state.status != TaskState.STATUS_IN_PROGRESS:
            raise CourseError("Somebody has already decided on this submission.")
        if action_name not in {name for name, *_ in self.get_actions(page, user)}:
            raise CourseError("You cannot decide on this course: you teach or submitted it.")
        if action_name == "reject" and not kwargs.get("comment", "").strip():
            raise CourseError("Say what should change: the producer reads your words.")
        super().on_action(task_state, user, action_name, **kwargs)
        return reverse("course_reviews:queue")

    def get_actions(self, obj, user):
        if not self.may_decide(user) or _has_part_in(obj.pk, user):
            return []
        return [
            ("reject", "Ask for changes", True),
            ("approve", "Approve and release", False),
            ("approve", "Approve and release with a comment", True),
        ]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        if not self.may_decide(user):
            return TaskState.objects.none()
        from courses.models import CourseRelease, CourseTeamMember  # siblings of this module

        own = CourseTeamMember.objects.filter(user=user).values("course_id")
        submitted = CourseRelease.objects.filter(
            submitted_by=user, workflow_state__isnull=False
        ).values("workflow_state_id")
        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        # Keys of pages are text in workflow states.
        taught = {str(pk) for pk in own.values_list("course_id", flat=True)}
        return (
            states.exclude(workflow_state__object_id__in=taught)
            .exclude(workflow_state__requested_by=user)
            .exclude(workflow_state__in=submitted)
        )

    @staticmethod
    def may_decide(user) -> bool:
        """Moderators and superusers, whatever course it is."""
        if not user.is_active or not user.is_authenticated:
            return False
        if user.is_superuser:
            return True
        return user.groups.filter(name=MODERATORS).exists()


def _has_part_in(course_id: int, user) -> bool:
    """Whether the person teaches the course or submitted what is now in review."""
    from courses.models import CourseRelease, CourseTeamMember, ReleaseStatus  # siblings

    if CourseTeamMember.objects.filter(course_id=course_id, user=user).exists():
        return True
    release = (
        CourseRelease.objects.filter(course_id=course_id, status=ReleaseStatus.IN_REVIEW)
        .select_related("workflow_state")
        .first()
    )
    if release is None:
        return False
    state = release.workflow_state
    return user.pk in (release.submitted_by_id, state.requested_by_id if state else None)
