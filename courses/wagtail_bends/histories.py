"""Histories and usages of one thing that hundreds of people changed or thousands of pages show."""

from functools import wraps
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from wagtail.admin.views.generic import history
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.log_actions import registry
from wagtail.models import PageLogEntry
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


def tell_all_that_was_done_to_a_page() -> None:
    """Of each action the last entry of this very page, not that of all it was done to."""

    def get_base_queryset(view: Any) -> Any:
        of_page = PageLogEntry.objects.filter(page=view.object)
        same = of_page.filter(uuid=OuterRef("uuid"), action=OuterRef("action"))
        last = same.order_by("-timestamp", "-pk").values("pk")[:1]
        return view._annotate_queryset(of_page.filter(Q(uuid__isnull=True) | Q(pk=last)))

    PageHistoryView.get_base_queryset = get_base_queryset
