"""What releases and their review add to Wagtail's editor. Read by ``wagtail_hooks``."""

from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.timesince import timesince
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.widgets import Button

from courses.models import CoursePage
from courses.models.drafts import CoursePart, DraftPage
from courses.models.review_task import CourseReviewTask

from .selectors import waiting_for, with_titles


@hooks.register("register_log_actions")
def name_our_actions(actions):
    actions.register_action(
        "courses.retire", "Remove with the next release", "Will leave with the next release"
    )
    actions.register_action("courses.keep", "Keep in the course", "Stays in the course")
    actions.register_action("courses.archive", "Archive", "Taken off the market")
    actions.register_action("courses.unarchive", "Unarchive", "Back on the market")
    actions.register_action("courses.restore", "Restore a release", "Earlier release restored")


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


@hooks.register("after_edit_page")
def show_what_was_submitted(request, page):
    """After submitting, the list that says "in review", not the catalogue's explorer."""
    if isinstance(page, CoursePage) and "action-submit" in request.POST:
        return redirect("courses_desk:my_courses")
    return None


# Reviewers: a place in the menu and on the dashboard


class ReviewsMenuItem(MenuItem):
    """With the number of submissions that wait."""

    def is_shown(self, request):
        return CourseReviewTask.may_decide(request.user)

    def render_component(self, request):
        count = waiting_for(request.user).count()
        label = f"{self.label} ({count})" if count else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def reviews_item():
    return ReviewsMenuItem(
        "Reviews",
        reverse("course_reviews:queue"),
        name="course-reviews",
        icon_name="clipboard-list",
        order=70,
    )


class WaitingPanel(Component):
    """Submissions that wait for this person, the longest waiting first."""

    name = "course_reviews"
    template_name = "courses/moderation/panel.html"
    order = 20

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        releases = with_titles(waiting_for(parent_context["request"].user))
        context["releases"] = releases[:8]
        context["count"] = len(releases)
        context["oldest"] = timesince(releases[0].submitted_at) if releases else ""
        return context


@hooks.register("construct_homepage_panels", order=50)
def awaiting_your_review(request, panels):
    """In place of Wagtail's own panel, which leads to an editor that reviewers cannot open."""
    panels[:] = [
        panel for panel in panels if getattr(panel, "name", "") != "workflow_objects_to_moderate"
    ]
    if CourseReviewTask.may_decide(request.user):
        panels.append(WaitingPanel())


# Teams: what stands beside Wagtail's own buttons


@hooks.register("register_page_header_buttons")
def course_buttons(page, user, view_name, next_url=None):
    if not issubclass(page.specific_class or object, DraftPage):
        return
    page = page.specific_deferred
    tester = page.permissions_for_user(user)
    if isinstance(page, CoursePage):
        yield Button(
            "Releases",
            reverse("course_reviews:history", args=[page.pk]),
            icon_name="history",
            priority=66,
        )
        if page.live and tester.can_archive():
            yield Button(
                "Put back on sale" if page.archived_at else "Archive",
                reverse("course_reviews:archive", args=[page.pk]),
                icon_name="folder-inverse",
                priority=55,
            )
    elif isinstance(page, CoursePart):
        yield from _removal(page, tester, next_url)


@hooks.register("register_page_listing_more_buttons")
def part_buttons(page, user, next_url=None):
    if issubclass(page.specific_class or object, CoursePart):
        yield from _removal(page.specific_deferred, page.permissions_for_user(user), next_url)


def _removal(page, tester, next_url):
    """What was ever submitted cannot be deleted; it leaves with a release."""
    if page.retired or not tester.can_retire() or not tester.is_pinned:
        return
    url = reverse("course_reviews:remove", args=[page.pk])
    yield Button(
        "Remove with the next release",
        f"{url}?{urlencode({'next': next_url})}" if next_url else url,
        icon_name="bin",
        priority=51,
    )


@hooks.register("before_create_page")
def parts_are_not_submitted_alone(request, parent_page, page_class):
    """Chapters and lessons are reviewed with their course: their first save is a draft."""
    if request.method == "POST" and issubclass(page_class, CoursePart):
        request.POST = request.POST.copy()
        request.POST.pop("action-submit", None)


@hooks.register("construct_page_action_menu")
def no_submit_button_on_new_parts(menu_items, request, context):
    if context["view"] == "create" and isinstance(context["parent_page"], DraftPage):
        menu_items[:] = [item for item in menu_items if item.name != "action-submit"]
