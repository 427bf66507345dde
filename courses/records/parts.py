"""Rows of a list part by part, in its order: no statement reads more than one part.

The next part begins behind the last row that was read, which an index on the list's order finds at
once; OFFSET would read every row before it, and a cursor of the database would need a connection
for itself as long as somebody reads.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

PART = 500

Decorate = Callable[[Any], Sequence[Any]]


@dataclass(frozen=True)
class OrderColumn:
    """One column of an order, and what stands behind a value of it."""

    path: str
    descending: bool
    nulls_last: bool

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True} if value is None else {self.path: value})

    def beyond(self, value: Any) -> list[Q]:
        """Conditions that follow each other in the order, each with an index's range."""
        empty = Q(**{f"{self.path}__isnull": True})
        if value is None:
            return [] if self.nulls_last else [~empty]
        further = Q(**{f"{self.path}__{'lt' if self.descending else 'gt'}": value})
        return [further, empty] if self.nulls_last and self.path != "pk" else [further]


def in_parts(rows: Any, decorate: Decorate = list) -> Any:
    """``rows`` as they are best read from the first to the last; ``decorate`` completes a part."""
    if not isinstance(rows, QuerySet) or rows.query.is_sliced:
        return rows
    if rows.query.combinator:
        return CombinedInParts(rows, decorate)
    return InParts(rows, decorate)


class InParts:
    """Rows of a queryset: the keys of a part by the order, then what these keys name."""

    def __init__(self, rows: QuerySet[Any], decorate: Decorate = list) -> None:
        self.places = [*_places(rows)]
        if all(place.path not in ("pk", rows.model._meta.pk.name) for place in self.places):
            self.places.append(OrderColumn("pk", descending=False, nulls_last=True))
        signs = [
            F(place.path).desc(nulls_last=True if place.nulls_last else None)
            if place.descending
            else F(place.path).asc(nulls_first=None if place.nulls_last else True)
            for place in self.places
        ]
        self.rows = rows.order_by(*signs)
        self.model = rows.model
        self.decorate = decorate

    def __iter__(self) -> Iterator[Any]:
        for part in self.parts():
            yield from part

    def parts(self) -> Iterator[Sequence[Any]]:
        paths = [place.path for place in self.places]
        keys = self.rows.prefetch_related(None).values_list(*paths, "pk")
        found = list(keys[:PART])
        while found:
            yield self.decorate(self.rows.filter(pk__in=[key for *_values, key in found]))
            *values, _key = found[-1]
            found = self._behind(keys, values)

    def _behind(self, keys: QuerySet[Any], values: list[Any]) -> list[Any]:
        """The part after a row: first what is like it but for the last column, and so on."""
        found: list[Any] = []
        for last in range(len(self.places) - 1, -1, -1):
            alike = Q()
            for place, value in zip(self.places[:last], values, strict=False):
                alike &= place.same(value)
            for beyond in self.places[last].beyond(values[last]):
                if len(found) < PART:
                    found += keys.filter(alike & beyond)[: PART - len(found)]
        return found


class CombinedInParts:
    """Rows of several tables as one list, in the order of one column that all of them have."""

    def __init__(self, rows: QuerySet[Any], decorate: Decorate = list) -> None:
        (order,) = map(str, rows.query.order_by)
        self.field, self.descending = order.removeprefix("-"), order.startswith("-")
        self.rows = rows
        self.model = rows.model
        self.decorate = decorate

    def __iter__(self) -> Iterator[Any]:
        for part in self.parts():
            yield from part

    def parts(self) -> Iterator[Sequence[Any]]:
        rows, place, read = self.rows, None, set[tuple[Any, ...]]()
        while True:
            # Those of the moment at which the last part ended come once more.
            found = [row for row in rows[: PART + len(read)] if tuple(row.values()) not in read]
            if not found:
                return
            yield self.decorate(found)
            last = found[-1][self.field]
            alike = {tuple(row.values()) for row in found if row[self.field] == last}
            place, read = last, alike | (read if last == place else set())
            rows = self._from(place)

    def _from(self, place: Any) -> QuerySet[Any]:
        rows = self.rows.all()
        way = "lte" if self.descending else "gte"
        _narrow(rows.query, Q(**{f"{self.field}__{way}": place}))
        return rows


def _narrow(query: Any, condition: Q) -> None:
    """Inside each of the combined: a condition on the whole would read them all."""
    query.combined_queries = tuple(part.clone() for part in query.combined_queries)
    for part in query.combined_queries:
        if part.combinator:
            _narrow(part, condition)
        else:
            part.add_q(condition)


def _places(rows: Any) -> Iterator[OrderColumn]:
    """As PostgreSQL orders: what is empty stands behind everything that is not."""
    query: Any = rows.query
    orders: Iterable[Any] = query.order_by or (
        rows.model._meta.ordering if query.default_ordering else ()
    )
    for order in orders:
        if isinstance(order, str):
            path, descending = order.removeprefix("-"), order.startswith("-")
            yield OrderColumn(path, descending=descending, nulls_last=not descending)
        elif isinstance(order, OrderBy) and isinstance(order.expression, F):
            first = order.descending if order.nulls_first is None else order.nulls_first
            last = (not first) if order.nulls_last is None else order.nulls_last
            name = getattr(order.expression, "name", "")
            yield OrderColumn(name, descending=order.descending, nulls_last=bool(last))
        else:
            raise TypeError(f"A list that is exported is not ordered by {order!r}.")
