"""What releases and their review add to Wagtail's editor. Read by ``wagtail_hooks``."""

from django.urls import include, path
from wagtail import hooks

from courses.models.drafts import CoursePart, DraftPage


@hooks.register("register_log_actions")
def name_our_actions(actions):
    actions.register_action(
        "courses.retire", "Remove with the next release", "Will leave with the next release"
    )
    actions.register_action("courses.keep", "Keep in the course", "Stays in the course")
    actions.register_action("courses.archive", "Archive", "Taken off the market")
    actions.register_action("courses.unarchive", "Unarchive", "Back on the market")


@hooks.register("register_admin_urls")
def review_addresses():
    return [path("reviews/", include("courses.reviews.urls"))]


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
