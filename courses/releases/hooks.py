"""What releases add to Wagtail's editor: buttons, log entries, and where submitting leads."""

from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from wagtail import hooks
from wagtail.admin.widgets import Button

from courses.models import CoursePage
from courses.models.drafts import CoursePart, DraftPage
from courses.people import Person


@hooks.register("register_log_actions")
def name_our_actions(actions) -> None:
    actions.register_action(
        "courses.retire", "Remove with the next release", "Will leave with the next release"
    )
    actions.register_action("courses.keep", "Keep in the course", "Stays in the course")
    actions.register_action("courses.archive", "Archive", "Taken off the market")
    actions.register_action("courses.unarchive", "Unarchive", "Back on the market")
    actions.register_action("courses.restore", "Restore a release", "Earlier release restored")


@hooks.register("after_edit_page")
def show_what_was_submitted(request: HttpRequest, page):
    """After submitting, the list that says "in review", not the catalogue's explorer."""
    if isinstance(page, CoursePage) and "action-submit" in request.POST:
        return redirect("studio:my_courses")
    return None


@hooks.register("register_page_header_buttons")
def course_buttons(page, user: Person, view_name, next_url=None):
    if not issubclass(page.specific_class or object, DraftPage):
        return
    page = page.specific_deferred
    tester = page.permissions_for_user(user)
    if isinstance(page, CoursePage):
        yield Button(
            "Releases",
            reverse("moderation:history", args=[page.pk]),
            icon_name="history",
            priority=66,
        )
        if page.live and tester.can_archive():
            yield Button(
                "Put back on sale" if page.archived_at else "Archive",
                reverse("moderation:archive", args=[page.pk]),
                icon_name="folder-inverse",
                priority=55,
            )
    elif isinstance(page, CoursePart):
        yield from _removal(page, tester, next_url)


@hooks.register("register_page_listing_more_buttons")
def part_buttons(page, user: Person, next_url=None):
    if issubclass(page.specific_class or object, CoursePart):
        yield from _removal(page.specific_deferred, page.permissions_for_user(user), next_url)


def _removal(page, tester, next_url):
    """What was ever submitted cannot be deleted; it leaves with a release."""
    if page.retired or not tester.can_retire() or not tester.is_pinned:
        return
    url = reverse("moderation:remove", args=[page.pk])
    yield Button(
        "Remove with the next release",
        f"{url}?{urlencode({'next': next_url})}" if next_url else url,
        icon_name="bin",
        priority=51,
    )


@hooks.register("before_create_page")
def parts_are_not_submitted_alone(request: HttpRequest, parent_page, page_class) -> None:
    """Chapters and lessons are reviewed with their course: their first save is a draft."""
    if request.method == "POST" and issubclass(page_class, CoursePart):
        request.POST = request.POST.copy()
        request.POST.pop("action-submit", None)


@hooks.register("construct_page_action_menu")
def no_submit_button_on_new_parts(menu_items, request: HttpRequest, context) -> None:
    if context["view"] == "create" and isinstance(context["parent_page"], DraftPage):
        menu_items[:] = [item for item in menu_items if item.name != "action-submit"]
