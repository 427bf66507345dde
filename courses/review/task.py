"""What our review task does beside Wagtail's steps; ``courses.wiring`` gives it to the model."""

from wagtail.models import WorkflowState

from courses.drafts.locks import lock_course
from courses.models import CourseRelease
from courses.people import Person
from courses.releases.emails import announce_submission
from courses.releases.pinning import pin_course


class Verbs:
    """The ``ReviewVerbs`` of ``CourseReviewTask``."""

    def pin(self, workflow_state: WorkflowState, user: Person | None) -> CourseRelease | None:
        """The release that a moderator will decide on; None for a page that is no course.

        Raises SubmissionRefused with what is to mend; nothing is written then.
        """
        course_id = int(workflow_state.object_id)
        return pin_course(course_id=course_id, workflow_state=workflow_state, user=user)

    def announce(self, release: CourseRelease) -> None:
        announce_submission(release)

    def lock(self, workflow_state: WorkflowState) -> None:
        """Whoever decides second waits here. Raises CourseError when the course is gone."""
        lock_course(int(workflow_state.object_id))
