"""What returns add to the admin: who waits, and what the log says of a decision."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from courses.editor.waiting import Waiting
from courses.people import signed_in

from .decision_views import returns_that_wait
from .requests import may_decide


@hooks.register("things_that_wait")
def waiting_returns(request: HttpRequest) -> Waiting:
    return returns_that_wait() if may_decide(signed_in(request)) else Waiting([], 0)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("storefront.return_granted", _("Grant a return"), _("Return granted"))
    actions.register_action(
        "storefront.return_declined", _("Decline a return"), _("Return declined")
    )
