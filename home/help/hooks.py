"""What help adds to the admin: noting an answer, and the log that says so."""

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from .views import answer


@hooks.register("register_admin_urls")
def inquiry_urls() -> list[URLResolver]:
    patterns = [path("<uuid:pk>/answer/", answer, name="answer")]
    return [path("inquiries/", include((patterns, "inquiries"), namespace="inquiries"))]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "home.inquiry_answered", _("Answer an inquiry"), _("Inquiry marked as answered")
    )
    actions.register_action(
        "home.inquiry_opened_again", _("Open an inquiry again"), _("Inquiry opened again")
    )
