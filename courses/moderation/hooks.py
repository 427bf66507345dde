"""What reviewers find in the admin: a place in the menu, on the dashboard, and its addresses."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html_join
from django.utils.timesince import timesince
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from courses.models.review_task import CourseReviewTask

from .selectors import waiting_for, with_titles


@hooks.register("register_admin_urls")
def review_addresses():
    return [path("reviews/", include("courses.moderation.urls"))]


@hooks.register("insert_global_admin_css")
def review_css():
    return format_html_join(
        "",
        '<link rel="stylesheet" href="{}">',
        [(static("css/courses/moderation.css"),), (static("css/courses/changes.css"),)],
    )


# Reviewers: a place in the menu and on the dashboard


class ReviewsMenuItem(MenuItem):
    """With the number of submissions that wait."""

    def is_shown(self, request: HttpRequest):
        return CourseReviewTask.may_decide(request.user)

    def render_component(self, request: HttpRequest):
        count = waiting_for(request.user).count()
        label = f"{self.label} ({count})" if count else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def reviews_item():
    return ReviewsMenuItem(
        "Reviews",
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

    def get_context_data(self, parent_context: dict[str, Any]):
        context = super().get_context_data(parent_context)
        releases = with_titles(waiting_for(parent_context["request"].user))
        context["releases"] = releases[:8]
        context["count"] = len(releases)
        context["oldest"] = timesince(releases[0].submitted_at) if releases else ""
        return context


@hooks.register("construct_homepage_panels", order=50)
def awaiting_your_review(request: HttpRequest, panels) -> None:
    """In place of Wagtail's own panel, which leads to an editor that reviewers cannot open."""
    panels[:] = [
        panel for panel in panels if getattr(panel, "name", "") != "workflow_objects_to_moderate"
    ]
    if CourseReviewTask.may_decide(request.user):
        panels.append(WaitingPanel())
