"""The admin's API: what its rows tell is asked once for all of them, and counted so far."""

from functools import wraps
from typing import Any

from django.db.models import QuerySet
from wagtail.admin.api.serializers import PageChildrenField
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.serializers import PageParentField
from wagtail.api.v2.views import BaseAPIViewSet

from courses.editor.found_pages import know_parents
from courses.editor.reports import meets_every_page
from courses.records.counting import count_rows


class CountedSoFar:
    """Rows that are counted as far as anybody turns pages."""

    def __init__(self, rows: Any) -> None:
        self.rows = rows

    def count(self) -> int:
        if isinstance(self.rows, QuerySet):
            return count_rows(self.rows).number
        number: int = self.rows.count()
        return number

    def __getitem__(self, part: slice) -> Any:
        return self.rows[part]


class BoundedPagination(WagtailPagination):
    def paginate_queryset(self, rows: Any, *args: Any, **kwargs: Any) -> Any:
        return super().paginate_queryset(CountedSoFar(rows), *args, **kwargs)


def answer_for_all_rows_together() -> None:
    view_class = PagesAdminAPIViewSet
    listed, paginate = view_class.get_queryset, view_class.paginate_queryset

    @wraps(listed)
    def get_queryset(view: Any) -> Any:
        pages = listed(view)
        if view.action != "listing_view":
            return pages
        return pages.annotate_approved_schedule().prefetch_workflow_states()

    @wraps(paginate)
    def paginate_queryset(view: Any, pages: Any) -> Any:
        found = list(paginate(view, pages))
        know_parents(found)
        return found

    view_class.get_queryset = get_queryset
    view_class.paginate_queryset = paginate_queryset
    BaseAPIViewSet.pagination_class = BoundedPagination
    _ask_nothing_for_whoever_meets_every_page()


def _ask_nothing_for_whoever_meets_every_page() -> None:
    parent, children = PageParentField.get_attribute, PageChildrenField.to_representation

    @wraps(parent)
    def get_attribute(field: Any, page: Any) -> Any:
        if meets_every_page(field.context["request"].user):
            return page.get_parent()
        return parent(field, page)

    @wraps(children)
    def to_representation(field: Any, page: Any) -> Any:
        if not meets_every_page(field.context["request"].user):
            return children(field, page)
        asked = field.context["base_queryset"]
        field.context["base_queryset"] = _Tree()
        try:
            return children(field, page)
        finally:
            field.context["base_queryset"] = asked


class _Tree:
    """Says of a page how many children it has, as its row does."""

    def child_of(self, page: Any) -> "_Tree":
        self.number = page.numchild
        return self

    def count(self) -> int:
        return int(self.number)
