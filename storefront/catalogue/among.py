"""A condition on the catalogue that is met by an index, whatever the planner believes."""

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from .facets import TABLE


def among(*lists: QuerySet) -> RawSQL:
    """The course is in one of ``lists`` of keys, each of which is read once, by its index.

    Not ``pk__in``, nor two of them with "or": of those PostgreSQL asks each course of all.
    """
    read = [one.query.sql_with_params() for one in lists]
    arrays = " || ".join(f"ARRAY({sql})" for sql, _params in read)
    params = [param for _sql, params in read for param in params]
    return RawSQL(f"{TABLE}.course_id = ANY({arrays})", params, output_field=BooleanField())
