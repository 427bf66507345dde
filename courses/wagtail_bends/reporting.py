"""Reports of whoever meets every page, without reading all of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from wagtail.admin.views.reports import PageReportView, audit_logging
from wagtail.admin.views.reports.aging_pages import AgingPagesView
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.workflows import (
    WorkflowReportFilterSet,
    WorkflowTasksView,
    WorkflowView,
)
from wagtail.models import PageLogEntry

from courses.editor import reports
from courses.editor.found_pages import complete


def report_without_reading_all() -> None:
    """For whoever meets every page; others read what is theirs, as before."""
    manager = type(PageLogEntry.objects)
    viewable = manager.viewable_by_user
    actions = audit_logging.get_actions_for_filter
    types = audit_logging.get_content_types_for_filter
    people = audit_logging.get_users_for_filter

    def viewable_by_user(entries: Any, user: Any) -> Any:
        return entries.all() if reports.meets_every_page(user) else viewable(entries, user)

    def actions_for(user: Any) -> Any:
        if reports.meets_every_page(user):
            return audit_logging.log_action_registry.get_choices()
        return actions(user)

    def types_for(user: Any) -> Any:
        return reports.types_in_the_log() if reports.meets_every_page(user) else types(user)

    def people_for(filters: Any) -> Any:
        user = filters.request.user
        if reports.meets_every_page(user):
            return reports.people_in_the_log()
        return people(user)

    manager.viewable_by_user = viewable_by_user
    audit_logging.get_actions_for_filter = actions_for
    audit_logging.get_content_types_for_filter = types_for
    audit_logging.SiteHistoryReportFilterSet.get_users_queryset = people_for
    PageReportView.paginate_by = reports.PAGES_OF_A_REPORT

    for view, every in (
        (WorkflowView, reports.workflow_states),
        (WorkflowTasksView, reports.task_states),
    ):
        view.get_queryset = _of_every_page(view.get_queryset, every)
    asked = WorkflowReportFilterSet.base_filters["requested_by"]
    asked.queryset = reports.people_who_submitted

    aging = AgingPagesView.get_queryset

    def get_aging(view: Any) -> Any:
        # A chapter or a lesson says in its title whether it was retired: read with all of them.
        told = aging(view).defer_streamfields().specific()
        return told.order_by(*told.query.order_by, "pk")

    AgingPagesView.get_queryset = get_aging

    locked = LockedPagesView.get_queryset

    def get_queryset(view: Any) -> Any:
        told = locked(view).select_related("content_type", "locked_by")
        told = told.prefetch_workflow_states().annotate_approved_schedule()
        return told.annotate_site_root_state().defer_streamfields().specific()

    def decorate(view: Any, pages: Any) -> Any:
        complete(pages, view.request.user)
        return pages

    LockedPagesView.get_queryset = get_queryset
    LockedPagesView.decorate_paginated_queryset = decorate


def _of_every_page(some: Callable[[Any], Any], every: Callable[[], Any]) -> Callable[[Any], Any]:
    @wraps(some)
    def get_queryset(view: Any) -> Any:
        return every() if reports.meets_every_page(view.request.user) else some(view)

    return get_queryset
