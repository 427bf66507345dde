"""How many pages there are of each type, and which: read as far as it is told.

Wagtail's report counts every page there is, and sorts all pages of a type to name the one that
was edited last.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.models import Page, get_page_content_types
from wagtail.permissions import policy_registry

from courses.people import Person
from courses.records import counting
from courses.records.counting import Total

from .found_pages import complete
from .reports import meets_every_page

LAST_CHANGED_FIRST = (F("latest_revision_created_at").desc(nulls_last=True), "-pk")


class CountOf(Subquery):
    """How many rows a query finds; it ends where counting ends."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS found)"
    output_field = IntegerField()


def page_types(*, below: str = "") -> QuerySet[ContentType]:
    """Each type with ``so_far`` pages, no more than are counted, and the key of its ``last``."""
    of_type = Page.objects.filter(content_type=OuterRef("pk"), path__startswith=below)
    # The root of the tree is one, which nobody edits.
    is_plain = ContentType.objects.get_for_model(Page)
    has_plain = Page.objects.filter(depth__gt=1, content_type=is_plain).exists()
    return (
        get_page_content_types(include_base_page_type=has_plain)
        .annotate(
            so_far=CountOf(of_type.order_by().values("pk")[: counting.MOST + 1]),
            last=Subquery(of_type.order_by(*LAST_CHANGED_FIRST).values("pk")[:1]),
        )
        .order_by("-so_far", "app_label", "model")
    )


def complete_types(types: Sequence[Any], user: Person) -> None:
    """Sets ``counted`` and ``last_page`` on each: as much as the report tells."""
    last = Page.objects.defer_streamfields().specific().in_bulk([kind.last for kind in types])
    complete(list(last.values()), user)
    for kind in types:
        some = kind.so_far <= counting.MOST
        kind.counted = Total(kind.so_far) if some else Total(counting.MOST, is_exact=False)
        kind.last_page = last.get(kind.last)
        may_edit = kind.last_page and kind.last_page.permissions_for_user(user).can_edit()
        kind.edit_url = may_edit and reverse("wagtailadmin_pages:edit", args=[kind.last])


def _list_url(kind: Any) -> str | None:
    if not kind.counted:
        return None
    return reverse("wagtailadmin_pages:type_use", args=[kind.app_label, kind.model])


COLUMNS = [
    TitleColumn("name", label=_("Type"), accessor=lambda kind: kind.name.capitalize(), width="25%"),
    Column(
        "app_label",
        label=_("App"),
        accessor=lambda kind: f"{kind.app_label}.{kind.model}",
        width="20%",
    ),
    TitleColumn("counted", label=_("Pages"), get_url=_list_url, width="15%"),
    TitleColumn(
        "last_page",
        label=_("Last edited page"),
        accessor=lambda kind: kind.last_page and kind.last_page.get_admin_display_title(),
        get_url=lambda kind: kind.edit_url,
        width="25%",
    ),
    DateColumn(
        "changed",
        label=_("Last edit"),
        accessor="last_page.latest_revision_created_at",
        width="15%",
    ),
]


def pages_of_type(model: type[Page], user: Person) -> QuerySet[Any]:
    kind = ContentType.objects.get_for_model(model)
    pages: QuerySet[Any] = model._default_manager.filter(content_type=kind, depth__gt=1)
    if meets_every_page(user):
        return pages
    explored = policy_registry.get_by_type(Page).explorable_instances(user)
    return pages.filter(pk__in=explored.values("pk"))
