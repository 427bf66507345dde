"""Every list of the admin costs the same for a hundred thousand rows as for a hundred."""

from copy import copy
from functools import wraps
from typing import Any

from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.chooser import BaseChooseView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.views.reports.page_types_usage import (
    PageTypesUsageReportFilterSet,
    PageTypesUsageReportView,
)
from wagtail.admin.views.workflows import WorkflowUsedByColumn

from courses.editor import types_in_use
from courses.editor.found_pages import complete
from courses.editor.reports import PAGES_OF_A_REPORT, ReportPaginator
from courses.records.counting import count_rows


def list_no_more_than_is_counted() -> None:
    """Of more rows than are counted a list keeps to its own order, and offers no other."""
    listed, paginate = BaseListingView.get_queryset, BaseListingView.paginate_queryset

    @wraps(listed)
    def get_queryset(view: Any) -> Any:
        rows = listed(view)
        chosen = view.is_explicitly_ordered and not view.is_searching
        if chosen and not count_rows(rows).is_exact:
            _forget_the_order_asked_for(view)
            rows = listed(view)
        return rows

    @wraps(paginate)
    def paginate_queryset(view: Any, rows: Any, size: int) -> Any:
        answer = paginate(view, rows, size)
        total = getattr(answer[0], "total", None)
        if total is not None and not total.is_exact and not view.is_searching:
            view.columns = [_unsorted(column) for column in view.columns]
        return answer

    BaseListingView.get_queryset = get_queryset
    BaseListingView.paginate_queryset = paginate_queryset
    BaseListingView.paginator_class = BaseChooseView.paginator_class = ReportPaginator


def _forget_the_order_asked_for(view: Any) -> None:
    asked = view.request.GET.copy()
    asked.pop("ordering", None)
    view.request.GET = asked
    for kept in ("ordering", "is_explicitly_ordered", "needs_usage_count_subquery"):
        vars(view).pop(kept, None)


def _unsorted(column: BaseColumn) -> BaseColumn:
    other = copy(column)
    other.sort_key = None
    other.header = BaseColumn.Header(other)
    return other


def report_types_as_far_as_they_are_counted() -> None:
    # All pages are in one locale: that filter would lead nowhere.
    PageTypesUsageReportFilterSet.base_filters.pop("page_locale")
    view_class = PageTypesUsageReportView

    def get_queryset(view: Any) -> Any:
        narrowed = view.filters and view.filters.is_valid()
        site = view.filters.form.cleaned_data.get("site") if narrowed else ""
        return types_in_use.page_types(below=site or "")

    def get_context_data(view: Any, **kwargs: Any) -> Any:
        page = super(view_class, view).get_context_data(**kwargs)
        types_in_use.complete_types(page["object_list"], view.request.user)
        return page

    view_class.get_queryset = get_queryset
    view_class.get_context_data = get_context_data
    view_class.filter_queryset = lambda view, rows: rows
    view_class.decorate_paginated_queryset = lambda view, rows: rows
    view_class.columns = types_in_use.COLUMNS
    view_class.results_template_name = "wagtailadmin/reports/base_report_results.html"


def list_workflows_without_counting_all() -> None:
    WorkflowUsedByColumn.cell_template_name = "courses/editor/pages_of_a_workflow.html"

    def get_cell_context_data(column: Any, workflow: Any, around: Any) -> Any:
        context = super(WorkflowUsedByColumn, column).get_cell_context_data(workflow, around)
        return {**context, "pages": count_rows(workflow.all_pages())}

    WorkflowUsedByColumn.get_cell_context_data = get_cell_context_data


def list_pages_of_a_type_by_their_last_change() -> None:
    shown = ContentTypeUseView.get_context_data

    def get_base_queryset(view: Any) -> Any:
        return view.annotate_queryset(types_in_use.pages_of_type(view.model, view.request.user))

    @wraps(shown)
    def get_context_data(view: Any, **kwargs: Any) -> Any:
        context = shown(view, **kwargs)
        complete(context["object_list"], view.request.user)
        return context

    ContentTypeUseView.get_base_queryset = get_base_queryset
    ContentTypeUseView.get_context_data = get_context_data
    ContentTypeUseView.paginate_by = PAGES_OF_A_REPORT
