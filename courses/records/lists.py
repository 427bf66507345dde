"""Lists of rows that are read and never typed into, for wagtail-modeladmin.

Orders, payments, enrollments and the like are written by verbs. Their lists filter, search
and export, and nobody edits a row in them, superusers included.
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from types import MethodType
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import lookup_field, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import DateTimeField, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from courses.people import Person
from courses.wording.moments import format_moment

from .columns import moment_column
from .exports import heading_of

# Django's admin is not installed, so its catalogues are not read; its filters speak here.
WORDS_OF_FILTERS = (
    *(gettext_noop("All"), gettext_noop("Yes"), gettext_noop("No"), gettext_noop("Unknown")),
    *(gettext_noop("Any date"), gettext_noop("Today"), gettext_noop("Past 7 days")),
    *(gettext_noop("This month"), gettext_noop("This year")),
    *(gettext_noop("No date"), gettext_noop("Has date"), gettext_noop("Empty")),
)


class RecordsView(IndexView):
    def get_filters(self, request: HttpRequest) -> tuple[list[Any], bool, dict[str, Any], bool]:
        """What ``list_filter`` offers, and nothing else that an address may say.

        modeladmin takes every other parameter for a condition, on any field of any table
        that can be reached: ``?user__email__startswith=a`` would spell an address out,
        letter by letter, to somebody who is not shown it.
        """
        filters, has_filters, _, use_distinct = super().get_filters(request)
        return filters, has_filters, {}, use_distinct

    def get_queryset(self, request: HttpRequest | None = None) -> QuerySet[Any]:
        try:
            rows: QuerySet[Any] = super().get_queryset(request)
        except IncorrectLookupParameters as nonsense:  # such as a date that is none
            raise Http404 from nonsense
        return rows

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[str]:
        """A column may name several fields: amounts stand in order within their currency."""
        return [
            f"-{field}" if backwards else field
            for order in super().get_ordering(request, queryset)
            for backwards, names in [(order.startswith("-"), order.removeprefix("-"))]
            for field in names.split(",")
        ]

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
    empty_value_display = "–"
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
