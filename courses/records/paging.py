"""Pages of a list, as many as anybody turns: a page far down reads every row above it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator

from .counting import Total


class BoundedPaginator(WagtailPaginator):
    """Of a list whose ``total`` is known, and not exactly where there are too many rows."""

    def __init__(self, rows: QuerySet[Any], per_page: int, total: Total, most: int) -> None:
        super().__init__(rows, per_page)
        self.total = total
        self.most = most

    @cached_property
    def count(self) -> int:
        return self.total.number if self.total.is_exact else self.most

    @cached_property
    def items_count_label(self) -> str:
        if self.total.is_exact and self.total.number == 1:
            return f"1 {self.verbose_name}"
        return f"{self.total} {self.verbose_name_plural}"
