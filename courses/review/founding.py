"""The workflow “Course review”, there from the first migration on."""

from typing import Any

from django.apps.registry import Apps
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from courses.models import CataloguePage, CourseReviewTask


def ensure_review_workflow() -> None:
    """Create the workflow “Course review” and give it to the catalogue, if either is missing.

    Runs after migrations and when the catalogue is made. A workflow that admins assigned to
    the catalogue themselves is left alone.
    """
    task = CourseReviewTask.objects.filter(active=True).order_by("pk").first()
    if task is None:
        task = CourseReviewTask.objects.create(name="Course review")
    workflow = Workflow.objects.filter(workflow_tasks__task=task, active=True).first()
    if workflow is None:
        workflow = Workflow.objects.create(name="Course review")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    catalogue = CataloguePage.objects.first()
    if catalogue and not WorkflowPage.objects.filter(page=catalogue).exists():
        WorkflowPage.objects.create(page=catalogue, workflow=workflow)


def after_migrate(sender: Any, apps: Apps | None = None, **kwargs: Any) -> None:
    """``post_migrate``; also after a test emptied the tables."""
    if apps is None or "coursereviewtask" in apps.all_models["courses"]:
        ensure_review_workflow()


def after_catalogue_made(
    sender: Any, created: bool = False, raw: bool = False, **kwargs: Any
) -> None:
    if created and not raw:
        ensure_review_workflow()
