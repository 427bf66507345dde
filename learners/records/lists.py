"""Lists of rows about learners: all of them for admins, one's own courses' for producers.

Nothing is edited here. A producer sees the people who study their courses by name; their
addresses are for admins alone, in columns, search and exports alike.
"""

from operator import attrgetter
from typing import Any

from django.contrib.admin import display
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from courses.isolation.standing import standing_of
from courses.models import CoursePage
from courses.people import Person, signed_in
from courses.records.filters import SearchedFilter
from courses.records.lists import ReadOnly, Records, RecordView
from courses.shapes.numbers import whole_number

Names = tuple[str, ...]


class ReadOwn(ReadOnly):
    """Admins by the model's view permission; who teaches because rows are filtered by course."""

    def sees_all(self, user: Person) -> bool:
        return super().user_can_list(user)

    def user_can_list(self, user: Person) -> bool:
        return self.sees_all(user) or standing_of(user).teaches


class OwnCourseFilter(SearchedFilter):
    """The courses whose rows the person may see; a plain filter would name every course."""

    title = _("course")
    parameter_name = "course"
    field_label = _("Title of a course")

    def rows(self, request: HttpRequest, model_admin: Any) -> QuerySet[CoursePage]:
        courses = CoursePage.objects.all()
        if model_admin.permission_helper.sees_all(request.user):
            return courses
        return courses.taught_by(signed_in(request))

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, Any],
        model: type[Model],
        model_admin: "OwnRecords",
    ) -> None:
        self.course_path = model_admin.course_path
        super().__init__(request, params, model, model_admin)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        course = whole_number(self.value())
        if course is None:
            return queryset
        return queryset.filter(**{f"{self.course_path}_id": course})


class OwnRecordView(RecordView):
    """Foreign keys answer like missing ones."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.model_admin.get_queryset(request).filter(pk=self.instance.pk).exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class OwnRecords(Records):
    permission_helper_class = ReadOwn
    inspect_view_class = OwnRecordView
    course_path = "course"
    user_path = "user"
    admin_columns = ("email",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        user = signed_in(request)
        if self.permission_helper.sees_all(user):
            return rows
        taught = CoursePage.objects.taught_by(user)
        return rows.filter(**{f"{self.course_path}__in": taught.values("pk")})

    def get_list_display(self, request: HttpRequest) -> Names:
        return self._columns(request, self.list_display)

    def get_list_export(self, request: HttpRequest) -> Names:
        return self._columns(request, self.list_export)

    def get_search_fields(self, request: HttpRequest) -> Names:
        fields: Names = (f"{self.user_path}__name", f"{self.course_path}__title")
        if self.permission_helper.sees_all(request.user):
            fields += (f"{self.user_path}__email",)
        return fields

    @display(description=_("Learner"))
    def learner(self, row: Any) -> str:
        return self._person(row).name

    @display(description=_("E-mail"))
    def email(self, row: Any) -> str:
        return self._person(row).email

    def _person(self, row: Any) -> Person:
        return attrgetter(self.user_path.replace("__", "."))(row)

    def _columns(self, request: HttpRequest, names: Names) -> Names:
        if self.permission_helper.sees_all(request.user):
            return names
        return tuple(name for name in names if name not in self.admin_columns)
