"""Lists: exported harmlessly and at any length, found pages completed together."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.admin.views.chooser import PageChooserTable
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from courses.editor.found_pages import complete, know_parents
from courses.exports.asking import answer
from courses.records.exports import harmless, in_a_sheet


def export_nothing_that_runs() -> None:
    plain = SpreadsheetExportMixin.preprocess_field_value

    @wraps(plain)
    def guarded(view: Any, field: str, value: Any, export_format: str) -> Any:
        cell = harmless(plain(view, field, value, export_format))
        return in_a_sheet(cell) if export_format == SpreadsheetExportMixin.FORMAT_XLSX else cell

    SpreadsheetExportMixin.preprocess_field_value = guarded


def export_long_lists_by_a_worker() -> None:
    at_once, page = SpreadsheetExportMixin.as_spreadsheet, ReportView.get

    @wraps(at_once)
    def asked(view: Any, rows: Any, export_format: str) -> Any:
        return answer(view, rows, export_format, at_once)

    @wraps(page)
    def get(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not view.is_export:
            return page(view, request, *args, **kwargs)
        return view.as_spreadsheet(view.get_filtered_queryset(), request.GET["export"])

    SpreadsheetExportMixin.as_spreadsheet = asked
    ReportView.get = get


def complete_found_pages_together() -> None:
    listed, table = SearchView.get_context_data, PageChooserTable.__init__

    @wraps(listed)
    def get_context_data(view: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = listed(view, **kwargs)
        complete(context["object_list"], view.request.user)
        return context

    @wraps(table)
    def init(chosen: Any, columns: Any, data: Any, *args: Any, **kwargs: Any) -> None:
        know_parents(data)
        table(chosen, columns, data, *args, **kwargs)

    SearchView.get_context_data = get_context_data
    PageChooserTable.__init__ = init


def call_found_pages_pages() -> None:
    """A list that names no model, as that of a search, else counts “1-1 of 1 None”."""
    told = PageTitleColumn.get_header_context_data

    @wraps(told)
    def get_header_context_data(column: Any, around: Any) -> dict[str, Any]:
        context: dict[str, Any] = told(column, around)
        if context["model_name"] is None:
            named = Page._meta
            one = context["items_count"] == 1
            context["model_name"] = named.verbose_name if one else named.verbose_name_plural
        return context

    PageTitleColumn.get_header_context_data = get_header_context_data
