"""What accounts add to Wagtail's admin: applications, log entries, rules about people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogActionRegistry

from courses.editor.waiting import Waiting
from courses.people import Person, signed_in
from learners.models import Role, User

from .application_views import applications_that_wait


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("learners.role", _("Set the role"), _("Role set"))
    actions.register_action("learners.moderator", _("Set moderation"), _("Moderation set"))


@hooks.register("things_that_wait")
def waiting_applications(request: HttpRequest) -> Waiting:
    return applications_that_wait() if signed_in(request).role == Role.ADMIN else Waiting([], 0)


@hooks.register("before_bulk_action")
def no_bulk_changes_of_people(
    request: HttpRequest, action_type: str, objects: Any, action: Any
) -> HttpResponse | None:
    """Rights go through the verbs, one person at a time, and nobody is deleted."""
    if action.model is User:
        messages.error(request, gettext("People are changed one at a time."))
        return redirect("wagtailusers_users:index")
    return None


@hooks.register("get_avatar_url")
def avatar_url(user: Person, size: int) -> str | None:
    return user.avatar.url if getattr(user, "avatar", None) else None


@hooks.register("register_account_menu_item")
def own_account(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("learners:account"),
        "label": gettext("Name, picture and password"),
        "help_text": gettext("They are kept on your account page."),
    }
