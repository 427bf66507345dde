"""Who did something to one thing, and where it is used: a page of it at a time."""

from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from wagtail.models import ReferenceIndex

from courses.people import Person, signed_in

from .reports import LATEST_ENTRIES, meets_every_page, people_in_the_log


def latest(entries: QuerySet[Any], field: str) -> set[Any]:
    """What the latest entries of a log say."""
    said = entries.order_by("-timestamp", "-pk").values_list(field, flat=True)
    return set(said[:LATEST_ENTRIES]) - {None}


def people_of(entries: QuerySet[Any]) -> QuerySet[Person]:
    return get_user_model().objects.filter(pk__in=latest(entries, "user_id")).order_by("email")


def people_to_filter_by(request: HttpRequest) -> QuerySet[Person]:
    """In lists of pages: who acted last; oneself, where one does not meet every page."""
    user = signed_in(request)
    if meets_every_page(user):
        return people_in_the_log()
    return get_user_model().objects.filter(pk=user.pk)


def used_in(references: QuerySet[ReferenceIndex], part: slice) -> list[tuple[Model, list[Any]]]:
    """The objects that refer to something, from one place of their list to another."""
    key = ("base_content_type_id", "object_id")
    keys = list(references.order_by(*key).values_list(*key).distinct()[part])
    told: dict[tuple[int, str], list[Any]] = {}
    objects: dict[tuple[int, str], Model] = {}
    for kind_id, group in groupby(keys, key=lambda one: one[0]):
        of_kind = [object_id for _kind, object_id in group]
        model: Any = ContentType.objects.get_for_id(kind_id).model_class()
        for found in model._base_manager.filter(pk__in=of_kind):
            objects[kind_id, str(found.pk)] = found
        for reference in references.filter(base_content_type_id=kind_id, object_id__in=of_kind):
            told.setdefault((kind_id, reference.object_id), []).append(reference)
    # What was deleted since is told by nothing.
    return [(objects[one], told[one]) for one in keys if one in objects and one in told]
