"""Lists of rows that are read and never typed into, for wagtail-modeladmin.

Orders, payments, enrollments and the like are written by verbs. Their lists filter, search
and export, and nobody edits a row in them, superusers included.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from types import MethodType
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import lookup_field, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page
from django.db.models import DateTimeField, F, Model, QuerySet
from django.db.models.expressions import OrderBy
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView, WMABaseView

from courses.people import Person
from courses.wording.moments import format_moment

from .columns import moment_column
from .counting import MOST, Total, count_rows
from .exports import heading_of
from .filters import PART as CHOICES
from .filters import SearchedFilter
from .paging import BoundedPaginator
from .searching import MOST_FOUND, WordSearch

# Django's admin is not installed, so its catalogues are not read; its filters speak here.
WORDS_OF_FILTERS = (
    *(gettext_noop("All"), gettext_noop("Yes"), gettext_noop("No"), gettext_noop("Unknown")),
    *(gettext_noop("Any date"), gettext_noop("Today"), gettext_noop("Past 7 days")),
    *(gettext_noop("This month"), gettext_noop("This year")),
    *(gettext_noop("No date"), gettext_noop("Has date"), gettext_noop("Empty")),
)


class RecordsView(IndexView):
    """A list that costs as much for a million rows as for a thousand.

    Up to ``counting.MOST`` rows it counts, sorts by any column and turns every page. Of more it
    says about how many there are, keeps to its own order, which an index must give, and turns as
    many pages; a filter or a search leads to the others.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("part") == CHOICES:
            return self._choices(request)
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def _choices(self, request: HttpRequest) -> HttpResponse:
        """What a filter that searches offers for the words typed so far."""
        asked = (spec for spec in self.filter_specs if isinstance(spec, SearchedFilter))
        spec = next((one for one in asked if one.words_name in request.GET), None)
        if spec is None:
            raise Http404
        choices = list(spec.choices(self))
        return render(request, spec.choices_template, {"spec": spec, "choices": choices})

    def get_page_title(self) -> str:
        """As the menu calls it, which led here."""
        return self.page_title or capfirst(str(self.model_admin.get_menu_label()))

    @cached_property
    def total(self) -> Total:
        """Of what the filters and the search leave."""
        total = count_rows(self.queryset)
        return replace(total, and_more=bool(self.query) and total.number >= MOST_FOUND)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """As modeladmin's, which counts three times and asks for its rows twice."""
        paginator = BoundedPaginator(self.queryset, self.items_per_page, self.total, MOST)
        page = paginator.get_page(self.page_num or 1)
        self.sortable_by = None if self.total.is_exact else ()
        context = {
            "all_count": self._all(),
            "is_narrowed": self._is_narrowed(),
            "result_count": self.total,
            "paginator": paginator,
            "page_obj": page,
            "elided_page_range": paginator.get_elided_page_range(page.number),
            "object_list": page.object_list,
            "user_can_create": self.permission_helper.user_can_create(self.request.user),
            "show_search": self.search_handler.show_search_form,
            "bound": self._bound(page),
        }
        return WMABaseView.get_context_data(self, **context, **kwargs)

    def _all(self) -> Total:
        return count_rows(self.get_base_queryset()) if self._is_narrowed() else self.total

    def _is_narrowed(self) -> bool:
        rows = self.get_base_queryset()
        return bool(self.query) or rows.query.where != self.queryset.query.where

    def _bound(self, page: Page) -> str:
        """What a list says where it shows fewer rows than there are."""
        if self.total.and_more:
            return _(
                "A search shows the first rows that match. Add words, or choose a filter, to find "
                "the others."
            )
        if not self.total.is_exact and not page.has_next():
            return _("The list ends here. A filter or a search leads to the other rows.")
        return ""

    def get_filters(self, request: HttpRequest) -> tuple[list[Any], bool, dict[str, Any], bool]:
        """What ``list_filter`` offers, and nothing else that an address may say.

        modeladmin takes every other parameter for a condition, on any field of any table
        that can be reached: ``?user__email__startswith=a`` would spell an address out,
        letter by letter, to somebody who is not shown it.
        """
        filters, has_filters, _others, use_distinct = super().get_filters(request)
        for each in filters:
            each.title = capfirst(each.title)
        return filters, has_filters, {}, use_distinct

    def get_queryset(self, request: HttpRequest | None = None) -> QuerySet[Any]:
        try:
            rows: QuerySet[Any] = super().get_queryset(request)
        except IncorrectLookupParameters as nonsense:  # such as a date that is none
            raise Http404 from nonsense
        return rows

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[str | OrderBy]:
        """A column may name several fields: amounts stand in order within their currency.

        Of more rows than are counted every column but the list's own would sort them all.
        """
        if self.ORDER_VAR in self.params and not self.query and not count_rows(queryset).is_exact:
            del self.params[self.ORDER_VAR]
        return [
            self._order(field, backwards=backwards)
            for order in super().get_ordering(request, queryset)
            for backwards, names in [(order.startswith("-"), order.removeprefix("-"))]
            for field in names.split(",")
        ]

    def _order(self, field: str, *, backwards: bool) -> str | OrderBy:
        if not backwards:
            return field
        if field in self.model_admin.empty_last:
            return F(field).desc(nulls_last=True)
        return f"-{field}"

    def get_heading(self, queryset: QuerySet[Any], field: str) -> str:
        return heading_of(self.model, field, super().get_heading(queryset, field))

    def to_row_dict(self, item: Model) -> dict[str, Any]:
        """What an export says of a row: nothing where there is nothing, and 0 where there is 0.

        modeladmin writes its sign for an empty cell in place of both.
        """
        told = ((name, lookup_field(name, item, self.model_admin)) for name in self.list_export)
        return {name: "" if value is None else value for name, (_, _, value) in told}


class RecordView(InspectView):
    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        """What is 0 is not empty."""
        value = getattr(self.instance, field_name)
        if isinstance(value, datetime):
            return format_moment(value)
        is_figure = isinstance(value, int | float | Decimal)
        return value if is_figure else super().get_field_display_value(field_name, field)


class AskedFirst(ModelAdmin):
    """Whether somebody may is asked before a row is looked for, and the answer is one 404.

    modeladmin's own views look first: a row that one may not see leads away, a missing one
    answers 404, and a malformed key is an error. So rows could be counted by their keys.
    """

    inspect_view_class = RecordView
    index_template_name = "courses/records/index.html"
    search_handler_class = WordSearch
    empty_value_display = "–"
    nothing_yet = gettext_lazy("Nothing stands here yet.")  # said of a list without a row
    # Columns in whose order, backwards, rows without a value come last.
    empty_last: tuple[str, ...] = ()
    list_display: tuple[str, ...]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.list_display = tuple(self._column(name) for name in self.list_display)

    def get_extra_class_names_for_field_col(self, obj: Model, field_name: str) -> list[str]:
        """For ``records.css``."""
        names: list[str] = super().get_extra_class_names_for_field_col(obj, field_name)
        tells = getattr(getattr(self, field_name, None), "tells_a_moment", False)
        return [*names, "moment"] if tells else names

    def _column(self, name: str) -> str:
        """A moment of the row as a column that tells its zone, which modeladmin's own does not."""
        field = next((one for one in self.opts.fields if one.name == name), None)
        if not isinstance(field, DateTimeField):
            return name
        told = f"{name}_told"
        setattr(self, told, MethodType(moment_column(name, field.verbose_name), self))
        return told

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        return self._ask_first(super().inspect_view, request, instance_pk)

    def edit_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        return self._ask_first(super().edit_view, request, instance_pk)

    def delete_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        return self._ask_first(super().delete_view, request, instance_pk)

    def history_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        return self._ask_first(super().history_view, request, instance_pk)

    def _ask_first(
        self, view: Callable[..., HttpResponse], request: HttpRequest, instance_pk: str
    ) -> HttpResponse:
        if not self.permission_helper.user_can_list(request.user):
            raise Http404
        try:
            self.opts.pk.to_python(unquote(instance_pk))
        except ValidationError as malformed:
            raise Http404 from malformed
        try:
            return view(request, instance_pk)
        except PermissionDenied as refused:
            raise Http404 from refused


class ReadOnly(PermissionHelper):
    """Who holds the model's view permission may list and inspect; nobody may do more."""

    def user_can_list(self, user: Person) -> bool:
        view = self.get_perm_codename("view")
        return bool(self.user_has_specific_permission(user, view))

    def user_can_inspect_obj(self, user: Person, obj: Model) -> bool:
        return bool(self.inspect_view_enabled) and self.user_can_list(user)

    def user_can_create(self, user: Person) -> bool:
        return False

    def user_can_edit_obj(self, user: Person, obj: Model) -> bool:
        return False

    def user_can_delete_obj(self, user: Person, obj: Model) -> bool:
        return False


class Records(AskedFirst):
    """A read-only list with search, filters, a page per row, and export as XLSX or CSV."""

    permission_helper_class = ReadOnly
    index_view_class = RecordsView
    inspect_view_enabled = True
    history_view_enabled = False
    list_per_page = 50
