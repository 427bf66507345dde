"""The courses of one page of the catalogue, with what their cards say.

One statement, written here: Django takes longer to write it than PostgreSQL to answer it, and to
make two objects of each row than a page to show them (decision 0051).
"""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.expressions import RawSQL

from courses.models import Category
from courses.records.cursors import KeysetPage, SortKey, Start, page_of
from storefront.models import CatalogueEntry

from .facets import TABLE

# What a card shows and an order asks for, in the model's own order.
SHOWN = (
    *("course_id", "uuid", "slug", "title", "subtitle", "producer_id", "producer_name"),
    *("category_id", "level", "language", "price", "currency", "price_group"),
    *("cover_url", "cover_srcset", "minutes", "rating", "rating_count", "students"),
    "published_at",
)
# What a search shows of them besides.
SHOWN_OF_MATCHES = (*SHOWN, "told")


def read_page(
    conditions: Sequence[RawSQL],
    *,
    start: Start,
    order: SortKey,
    size: int,
    scope: str,
    categories: Sequence[Category],
    counted: dict[str, RawSQL] | None = None,
) -> KeysetPage:
    """Courses for sale that meet all ``conditions``, from ``start`` on. One SQL.

    ``counted`` are worked out for each row beside its columns, as of a search; ``order`` may go
    by one of them.
    """
    counted = counted or {}
    columns = SHOWN_OF_MATCHES if counted else SHOWN
    sql, params = _statement(columns, conditions, order, start, size + 1, counted)
    with connection.cursor() as asked:
        asked.execute(sql, params)
        rows = asked.fetchall()
    subjects = {category.pk: category for category in categories}
    found = [_entry(row, columns, tuple(counted), subjects) for row in rows]
    return page_of(found, start, order=order, size=size, scope=scope)


def _statement(
    columns: Sequence[str],
    conditions: Sequence[RawSQL],
    order: SortKey,
    start: Start,
    most: int,
    counted: dict[str, RawSQL],
) -> tuple[str, list[Any]]:
    params: list[Any] = []
    shown = [_column(name) for name in columns]
    for name, value in counted.items():
        shown.append(f"{value.sql} AS {name}")
        params += value.params
    wheres = ["listed"]
    for condition in conditions:
        wheres.append(f"({condition.sql})")
        params += condition.params
    if start.place:
        compared, asked = _beyond(order, start, counted)
        wheres.append(compared)
        params += asked
    down = " DESC" if order.descending != start.backwards else ""
    by = ", ".join(f"{name if name in counted else _column(name)}{down}" for name in order.fields)
    sql = f"SELECT {', '.join(shown)} FROM storefront_catalogueentry WHERE {' AND '.join(wheres)}"
    return f"{sql} ORDER BY {by} LIMIT {most}", params


def _beyond(order: SortKey, start: Start, counted: dict[str, RawSQL]) -> tuple[str, list[Any]]:
    """One comparison of rows, which an index answers."""
    names, params = [], []
    for name in order.fields:
        names.append(counted[name].sql if name in counted else _column(name))
        params += counted[name].params if name in counted else []
    way = "<" if order.descending != start.backwards else ">"
    places = ", ".join(["%s"] * len(start.place))
    return f"({', '.join(names)}) {way} ({places})", [*params, *start.place]


def _column(name: str) -> str:
    return f"{TABLE}.{'course_id' if name == 'pk' else name}"


def _entry(
    row: Sequence[Any],
    columns: Sequence[str],
    counted: Sequence[str],
    subjects: dict[int, Category],
) -> CatalogueEntry:
    """The row as a course whose other columns are not read."""
    entry = CatalogueEntry.from_db(DEFAULT_DB_ALIAS, columns, row[: len(columns)])
    for name, value in zip(counted, row[len(columns) :], strict=True):
        setattr(entry, name, value)
    if entry.category_id in subjects:
        entry.category = subjects[entry.category_id]
    return entry
