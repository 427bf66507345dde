"""Steps of a workflow, each in one piece."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from wagtail.models import Page, WorkflowState


def step_in_one_piece() -> None:
    for name in ("resume", "cancel"):
        setattr(WorkflowState, name, _in_one_piece(getattr(WorkflowState, name)))


def _in_one_piece(transition: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(transition)
    def whole(workflow_state: WorkflowState, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            # The page first, as everywhere: see courses.drafts.locks.
            if workflow_state.base_content_type.model_class() is Page:
                rows = Page.objects.filter(pk=workflow_state.object_id)
                list(rows.select_for_update(no_key=True).values_list("pk"))
            workflow_state.refresh_from_db(fields=["status", "current_task_state"])
            return transition(workflow_state, *args, **kwargs)

    return whole
