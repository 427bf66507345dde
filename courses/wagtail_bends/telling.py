"""What people are told, by mail and on the page: by us, and once."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from wagtail.admin import messages, signal_handlers
from wagtail.admin.views.pages.edit import EditView

from courses.comments.news import ThreadNews
from courses.comments.telling import tell_of_comments
from courses.models import CoursePage


def silence_stock_mails() -> None:
    """Mails about courses leave through our outbox, once; Wagtail writes of other pages."""
    for notifier in (
        signal_handlers.workflow_submission_email_notifier,
        signal_handlers.workflow_approval_email_notifier,
        signal_handlers.workflow_rejection_email_notifier,
    ):
        notifier.can_handle = _unless_course(notifier.can_handle)


def _unless_course(can_handle: Callable[..., bool]) -> Callable[..., bool]:
    @wraps(can_handle)
    def asked(instance: Any, **kwargs: Any) -> bool:
        page = instance.content_object
        is_course = getattr(page, "specific_class", None) is CoursePage
        return not is_course and can_handle(instance, **kwargs)

    return asked


def tell_of_comments_by_our_mails() -> None:
    def tell(view: EditView, changes: dict[str, Any]) -> None:
        said = ThreadNews(
            comments=changes["new_comments"],
            replies=changes["new_replies"],
            resolved=changes["resolved_comments"],
        )
        tell_of_comments(page=view.page, by=view.request.user, said=said)

    EditView.send_commenting_notifications = tell


def refuse_a_submission_once() -> None:
    """A form with nothing wrong but ``problems`` (``courses.editor.page_forms``) says them."""
    say = messages.validation_error

    @wraps(say)
    def unless_told(request: HttpRequest, message: str, form: Any, buttons: Any = None) -> Any:
        if getattr(form, "problems", ()) and not form.errors:
            return None
        return say(request, message, form, buttons)

    messages.validation_error = unless_told
