"""What we replace in Wagtail, and why."""

from functools import wraps

from django.db import transaction
from wagtail.admin import signal_handlers
from wagtail.admin.views.pages import edit
from wagtail.models import Page, WorkflowState

from courses.models import CoursePage, CourseReviewTask


def bend() -> None:
    """Called once, when apps are ready."""
    # Wagtail starts and finishes a workflow in a transaction, but resumes and cancels it
    # step by step, from a row read when the form was opened: a refusal or a crash between
    # two steps would leave a course in review that nobody can decide on.
    for name in ("resume", "cancel"):
        setattr(WorkflowState, name, _in_one_piece(getattr(WorkflowState, name)))
    _silence_stock_mails()
    _tell_of_comments_whoever_may_read_them()


def _in_one_piece(transition):
    @wraps(transition)
    def whole(workflow_state, *args, **kwargs):
        with transaction.atomic():
            # The page first, as everywhere: see courses.drafts.locks.
            if workflow_state.base_content_type.model_class() is Page:
                rows = Page.objects.filter(pk=workflow_state.object_id)
                list(rows.select_for_update(no_key=True).values_list("pk"))
            workflow_state.refresh_from_db(fields=["status", "current_task_state"])
            return transition(workflow_state, *args, **kwargs)

    return whole


def _silence_stock_mails() -> None:
    """Mails about courses leave through our outbox, once; Wagtail writes of other pages."""
    for notifier in (
        signal_handlers.workflow_submission_email_notifier,
        signal_handlers.workflow_approval_email_notifier,
        signal_handlers.workflow_rejection_email_notifier,
    ):
        notifier.can_handle = _unless_course(notifier.can_handle)


def _unless_course(can_handle):
    @wraps(can_handle)
    def asked(instance, **kwargs):
        page = instance.content_object
        is_course = getattr(page, "specific_class", None) is CoursePage
        return not is_course and can_handle(instance, **kwargs)

    return asked


def _tell_of_comments_whoever_may_read_them() -> None:
    """Wagtail writes to all who subscribed or replied, also to those who left the team since."""
    send = edit.send_notification

    @wraps(send)
    def to_those_present(recipients, notification, context):
        page = context["page"]
        present = [
            user
            for user in recipients
            if page.permissions_for_user(user).can_edit() or CourseReviewTask.may_decide(user)
        ]
        return send(present, notification, context)

    edit.send_notification = to_those_present
