"""What reviewers find in the admin: a place in the menu, on the dashboard, and its addresses."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.formats import number_format
from django.utils.timesince import timesince
from django.utils.translation import gettext, pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from courses.people import signed_in

from .selectors import MOST_COUNTED, how_many_wait, may_review, queue_page

ON_THE_DASHBOARD = 8


@hooks.register("register_admin_urls")
def review_addresses() -> list[URLResolver]:
    return [path("reviews/", include("courses.moderation.urls"))]


# Reviewers: a place in the menu and on the dashboard


def said(count: int) -> str:
    """How many wait, as far as it was counted."""
    if count <= MOST_COUNTED:
        return number_format(count)
    # Translators: more than were counted, such as “99+”.
    return gettext("%(number)s+") % {"number": number_format(MOST_COUNTED)}


class ReviewsMenuItem(MenuItem):
    """With the number of submissions that wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_review(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = how_many_wait(signed_in(request))
        label = str(self.label)
        if count:
            # Translators: an item of the menu, such as “Reviews (3)” or “Reviews (99+)”.
            label = gettext("%(label)s (%(count)s)") % {"label": label, "count": said(count)}
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def reviews_item() -> MenuItem:
    return ReviewsMenuItem(
        pgettext_lazy("by moderators", "Reviews"),
        reverse("moderation:queue"),
        name="course-reviews",
        icon_name="clipboard-list",
        order=70,
    )


class WaitingPanel(Component):
    """Submissions that wait for this person, the longest waiting first."""

    name = "moderation"
    template_name = "courses/moderation/panel.html"
    order = 20

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        user = signed_in(parent_context["request"])
        page = queue_page(user, size=ON_THE_DASHBOARD)
        releases = context["releases"] = page.rows
        context["more"] = bool(page.after)
        context["count"] = said(how_many_wait(user)) if releases else ""
        context["oldest"] = timesince(releases[0].submitted_at) if releases else ""
        return context


@hooks.register("construct_homepage_panels", order=50)
def awaiting_your_review(request: HttpRequest, panels: list[Component]) -> None:
    """In place of Wagtail's own panel, which leads to an editor that reviewers cannot open."""
    panels[:] = [
        panel for panel in panels if getattr(panel, "name", "") != "workflow_objects_to_moderate"
    ]
    if may_review(request.user):
        panels.append(WaitingPanel())
