"""Where Wagtail's workflow and our releases meet.

Named by WAGTAIL_FINISH_WORKFLOW_ACTION, so it is loaded while ``wagtail.models`` loads: it
imports no models at its top.
"""

from functools import wraps

from django.db import transaction


def finish_workflow(workflow_state, user=None):
    """A course shows exactly what was pinned; any other page publishes as Wagtail does."""
    from wagtail.workflows import publish_workflow_state

    from courses.models import CoursePage

    page = workflow_state.content_object
    if getattr(page, "specific_class", None) is not CoursePage:
        return publish_workflow_state(workflow_state, user=user)
    from courses.releases.decisions import release_approved

    return release_approved(workflow_state, user)


def connect() -> None:
    """Called once, when apps are ready."""
    from wagtail.models import WorkflowState
    from wagtail.signals import workflow_cancelled, workflow_rejected

    workflow_rejected.connect(_sent_back, dispatch_uid="courses.sent_back")
    workflow_cancelled.connect(_withdrawn, dispatch_uid="courses.withdrawn")
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
        from wagtail.models import Page

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
    from wagtail.admin import signal_handlers

    for notifier in (
        signal_handlers.workflow_submission_email_notifier,
        signal_handlers.workflow_approval_email_notifier,
        signal_handlers.workflow_rejection_email_notifier,
    ):
        notifier.can_handle = _unless_course(notifier.can_handle)


def _unless_course(can_handle):
    @wraps(can_handle)
    def asked(instance, **kwargs):
        from courses.models import CoursePage

        page = instance.content_object
        is_course = getattr(page, "specific_class", None) is CoursePage
        return not is_course and can_handle(instance, **kwargs)

    return asked


def _tell_of_comments_whoever_may_read_them() -> None:
    """Wagtail writes to all who subscribed or replied, also to those who left the team since."""
    from wagtail.admin.views.pages import edit

    send = edit.send_notification

    @wraps(send)
    def to_those_present(recipients, notification, context):
        from courses.models import CourseReviewTask

        page = context["page"]
        present = [
            user
            for user in recipients
            if page.permissions_for_user(user).can_edit() or CourseReviewTask.may_decide(user)
        ]
        return send(present, notification, context)

    edit.send_notification = to_those_present


def _sent_back(instance, user, **kwargs):
    from courses.releases.decisions import release_sent_back

    release_sent_back(instance, user)


def _withdrawn(instance, user, **kwargs):
    from courses.releases.decisions import release_withdrawn

    release_withdrawn(instance, user)


def ensure_review_workflow() -> None:
    """Create the workflow “Course review” and give it to the catalogue, if either is missing.

    Runs after migrations and when the catalogue is made. A workflow that admins assigned to
    the catalogue themselves is left alone.
    """
    from wagtail.models import Workflow, WorkflowPage, WorkflowTask

    from courses.models import CataloguePage, CourseReviewTask

    task = CourseReviewTask.objects.filter(active=True).order_by("pk").first()
    if task is None:
        task = CourseReviewTask.objects.create(name="Course review")
    workflow = Workflow.objects.filter(workflow_tasks__task=task, active=True).first()
    if workflow is None:
        workflow = Workflow.objects.create(name="Course review")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    catalogue = CataloguePage.objects.first()
    if catalogue and not WorkflowPage.objects.filter(page=catalogue).exists():
        WorkflowPage.objects.create(page=catalogue, workflow=workflow)


def after_migrate(sender, apps=None, **kwargs) -> None:
    """``post_migrate``; also after a test emptied the tables."""
    if apps is None or "coursereviewtask" in apps.all_models["courses"]:
        ensure_review_workflow()


def after_catalogue_made(sender, created=False, raw=False, **kwargs) -> None:
    if created and not raw:
        ensure_review_workflow()
