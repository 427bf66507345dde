"""Wagtail's reports and counts over every page there is, with a bound.

They count all rows, and read all of the log to name in their filters what occurs in it.
"""

from dataclasses import replace
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.navigation import get_site_for_user
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.log_actions import registry
from wagtail.models import Page, Site, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from courses.people import Person
from courses.records import counting
from courses.records.counting import Total, count_rows

# Among these the filter of the site's history names people: a hundred thousand would fill it.
LATEST_ENTRIES = 200
PAGES_OF_A_REPORT = 20  # each row brings a menu of some four kilobytes


class ReportPaginator(WagtailPaginator):
    """Turns as many pages as rows are counted; a filter leads to the others."""

    @cached_property
    def total(self) -> Total:
        if isinstance(self.object_list, QuerySet):
            return count_rows(self.object_list)
        return Total(
            WagtailPaginator.count.func(self)
        )  # found by a search, of which there is a bound

    @cached_property
    def count(self) -> int:
        return self.total.number if self.total.is_exact else counting.MOST

    @cached_property
    def items_count_label(self) -> str:
        if self.total.is_exact and self.total.number == 1:
            return f"1 {self.verbose_name}"
        return f"{self.total} {self.verbose_name_plural}"


class CountedPages(PagesSummaryItem):
    """On the dashboard: how many pages there are, about."""

    template_name = "courses/editor/counted_pages.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        details = get_site_for_user(self.request.user)
        root = details["root_page"]
        if root is None:
            return {"root_page": None, "pages": Total(0), "site_name": details["site_name"]}
        if not root.is_root():
            total = count_rows(Page.objects.filter(path__startswith=root.path))
        else:
            total = count_rows(Page.objects.all())
            total = replace(total, number=total.number - 1) if total.is_exact else total
            sites = list(Site.objects.select_related("root_page")[:2])
            root = sites[0].root_page if len(sites) == 1 else root
        return {"root_page": root, "pages": total, "site_name": details["site_name"]}


def meets_every_page(user: Person) -> bool:
    return bool(policy_registry.get_by_type(Page).meets_every_page(user))


def types_in_the_log() -> QuerySet[ContentType]:
    """One look into an index for each type, where all entries would be read for the distinct."""
    occurs = Q()
    for log in registry.get_log_entry_models():
        occurs |= Q(Exists(log.objects.filter(content_type=OuterRef("pk"))))
    return ContentType.objects.filter(occurs).order_by("model")


def people_in_the_log() -> QuerySet[Person]:
    """Who acted last."""
    keys: set[Any] = set()
    for log in registry.get_log_entry_models():
        latest = log.objects.order_by("-timestamp", "-pk").values_list("user_id", flat=True)
        keys |= set(latest[:LATEST_ENTRIES])
    return get_user_model().objects.filter(pk__in=keys - {None}).order_by("email")


def workflow_states() -> QuerySet[WorkflowState]:
    """For whoever may edit every page, whose keys need not be listed for it."""
    return (
        WorkflowState.objects.select_related("workflow", "requested_by")
        .prefetch_related("content_object", "content_object__latest_revision")
        .order_by("-created_at", "-pk")
    )


def task_states() -> QuerySet[TaskState]:
    return (
        TaskState.objects.select_related("workflow_state", "task")
        .prefetch_related(
            "workflow_state__content_object", "workflow_state__content_object__latest_revision"
        )
        .order_by("-started_at", "-pk")
    )


def people_who_submitted(request: HttpRequest) -> QuerySet[Person]:
    """Who did last."""
    latest = WorkflowState.objects.order_by("-created_at", "-pk").values_list(
        "requested_by", flat=True
    )
    keys = {key for key in latest[:LATEST_ENTRIES] if key}
    return get_user_model().objects.filter(pk__in=keys).order_by("email")
