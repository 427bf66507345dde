"""Histories and usages of one thing that hundreds of people changed or thousands of pages show."""

from functools import wraps
from typing import Any

from django.db.models import QuerySet
from wagtail.admin.views.generic import history
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.log_actions import registry
from wagtail.models.reference_index import ReferenceGroups

from courses.editor.histories import latest, people_of, people_to_filter_by, used_in


def tell_of_one_thing_by_parts() -> None:
    chosen = ReferenceGroups.__getitem__

    @wraps(chosen)
    def getitem(groups: Any, key: Any) -> Any:
        if isinstance(key, slice) and isinstance(groups.qs, QuerySet):
            return used_in(groups.qs, key)
        return chosen(groups, key)

    def actions_for(entries: Any) -> Any:
        there = latest(entries, "action")
        return [choice for choice in registry.get_choices() if choice[0] in there]

    ReferenceGroups.__getitem__ = getitem
    history.get_actions_for_filter = actions_for
    history.HistoryFilterSet.get_users_queryset = lambda filters: people_of(filters.queryset)
    for name in ("owner", "edited_by"):
        PageFilterSet.base_filters[name].queryset = people_to_filter_by
