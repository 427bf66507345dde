"""The end of a workflow: a course shows exactly what was pinned.

Named by WAGTAIL_FINISH_WORKFLOW_ACTION. ``wagtail.models`` loads this file while it is being
made itself, so the file imports no models at its top; Wagtail forces it.
"""

from typing import Any


def finish_workflow(workflow_state: Any, user: Any = None) -> Any:
    """A course shows exactly what was pinned; any other page publishes as Wagtail does."""
    from wagtail.workflows import publish_workflow_state

    from courses.models import CoursePage

    page = workflow_state.content_object
    if getattr(page, "specific_class", None) is not CoursePage:
        return publish_workflow_state(workflow_state, user=user)
    from courses.releases.decisions import release_approved

    return release_approved(workflow_state, user)
