"""What releases add to Wagtail's editor: buttons, log entries, and where submitting leads."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, PagePermissionTester

from courses.models import CoursePage
from courses.models.drafts import CoursePart, DraftPage
from courses.people import Person


@hooks.register("register_log_actions")
def name_our_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "courses.retire", _("Remove from the course"), _("Taken out of the draft of the course")
    )
    actions.register_action("courses.keep", _("Keep in the course"), _("Stays in the course"))
    actions.register_action(
        "courses.archive", pgettext_lazy("verb", "Archive"), _("Taken off the market")
    )
    actions.register_action("courses.unarchive", _("Unarchive"), _("Back on the market"))
    actions.register_action(
        "courses.restore", _("Restore a release"), _("Earlier release restored")
    )


@hooks.register("after_edit_page")
def show_what_was_submitted(request: HttpRequest, page: Page) -> HttpResponse | None:
    """After submitting, the list that says "in review", not the catalogue's explorer."""
    if isinstance(page, CoursePage) and "action-submit" in request.POST:
        return redirect("studio:my_courses")
    return None


@hooks.register("register_page_header_buttons")
def course_buttons(
    page: Page, user: Person, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if not issubclass(page.specific_class or object, DraftPage):
        return
    page = page.specific_deferred
    tester = page.permissions_for_user(user)
    if isinstance(page, CoursePage):
        yield Button(
            gettext("Releases and decisions"),
            reverse("moderation:history", args=[page.pk]),
            icon_name="history",
            priority=66,
        )
        if page.live and tester.can_archive():
            yield Button(
                gettext("Put back on sale") if page.archived_at else pgettext("verb", "Archive"),
                reverse("moderation:archive", args=[page.pk]),
                icon_name="folder-inverse",
                priority=55,
            )
    elif isinstance(page, CoursePart):
        yield from _removal(page, tester, next_url)


@hooks.register("register_page_listing_more_buttons")
def part_buttons(page: Page, user: Person, next_url: str | None = None) -> Iterator[Button]:
    if issubclass(page.specific_class or object, CoursePart):
        yield from _removal(page.specific_deferred, page.permissions_for_user(user), next_url)


def _removal(page: Page, tester: PagePermissionTester, next_url: str | None) -> Iterator[Button]:
    """What was ever submitted cannot be deleted; it leaves with a release."""
    if page.retired or not tester.can_retire() or not tester.is_pinned:
        return
    url = reverse("moderation:remove", args=[page.pk])
    yield Button(
        gettext("Remove with the next release") if page.live else gettext("Remove from the course"),
        f"{url}?{urlencode({'next': next_url})}" if next_url else url,
        icon_name="bin",
        priority=51,
    )


@hooks.register("before_create_page")
def parts_are_not_submitted_alone(
    request: HttpRequest, parent_page: Page, page_class: type[Page]
) -> None:
    """Chapters and lessons are reviewed with their course: their first save is a draft."""
    if request.method == "POST" and issubclass(page_class, CoursePart):
        posted = request.POST.copy()
        posted.pop("action-submit", None)
        request.POST = posted  # type: ignore[assignment]  # theirs are meant not to change


@hooks.register("construct_page_action_menu")
def no_submit_button_on_new_parts(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    if context["view"] == "create" and isinstance(context["parent_page"], DraftPage):
        menu_items[:] = [item for item in menu_items if item.name != "action-submit"]
