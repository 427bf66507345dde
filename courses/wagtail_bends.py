"""Every name of Wagtail's that we replace or lean on though it is not public, and why.

``BENDS`` is the list; ``bend`` replaces what can only be replaced while running, once, when
apps are ready. ``bends_fit_this_wagtail`` fails on a version that nobody tried and on a name
that is gone: each row of the list is then read again beside the new Wagtail. `make next` runs
the suite on the coming release; docs/wagtail.md says what stands in its way.
"""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import unquote
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ValidationError
from django.core.paginator import InvalidPage
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from wagtail import VERSION
from wagtail.admin import localization, messages, signal_handlers
from wagtail.admin.forms.choosers import URLOrAbsolutePathValidator
from wagtail.admin.views.chooser import PageChooserTable
from wagtail.admin.views.generic.chooser import (
    ChosenMultipleViewMixin,
    ChosenViewMixin,
    CreateViewMixin,
)
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.reports import PageReportView, ReportView, audit_logging
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.workflows import (
    WorkflowReportFilterSet,
    WorkflowTasksView,
    WorkflowView,
)
from wagtail.admin.views.workflows import Edit as WorkflowEdit
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.models import Page, PageLogEntry, WorkflowState

from courses.comments.news import ThreadNews
from courses.comments.telling import tell_of_comments
from courses.editor import reports
from courses.editor.found_pages import complete, know_parents
from courses.exports.asking import answer
from courses.models import CoursePage
from courses.records.exports import harmless
from courses.shapes.numbers import whole_number

# Versions the whole suite has passed on. A new one is added after `make next` passed.
TESTED_VERSIONS = ((8, 0),)


@dataclass(frozen=True)
class Bend:
    """A name of Wagtail's and what we do about it.

    ``upstream`` is the issue or pull request that would make the bend needless, "#n" at
    wagtail/wagtail, or empty when there is none.
    """

    name: str
    how: str  # replaced, overridden or used
    why: str
    upstream: str = ""
    until: tuple[int, int] | None = None  # the first version without the name


BENDS = (
    # Replaced while running, by ``bend``.
    Bend(
        "wagtail.models.WorkflowState.resume",
        "replaced",
        "Resumes step by step, without a transaction and from a row read when the form was "
        "opened: a refusal between two steps leaves a course in review that nobody can decide.",
        "#14586",
    ),
    Bend(
        "wagtail.models.WorkflowState.cancel",
        "replaced",
        "As resume; cancelling from a stale form would undo an approval.",
        "#14586",
    ),
    Bend(
        "wagtail.admin.signal_handlers.workflow_submission_email_notifier",
        "replaced",
        "Writes to whoever may moderate, us included, with links to an editor they may not "
        "open. Mails about courses leave through our outbox.",
        "#7187",
    ),
    Bend("wagtail.admin.signal_handlers.workflow_approval_email_notifier", "replaced", "As above."),
    Bend(
        "wagtail.admin.signal_handlers.workflow_rejection_email_notifier", "replaced", "As above."
    ),
    Bend(
        "wagtail.admin.views.pages.edit.EditView.send_commenting_notifications",
        "replaced",
        "Sends mails while the page is being saved, and only to those who subscribed or replied, "
        "also when they left the team since.",
    ),
    Bend(
        "wagtail.admin.messages.validation_error",
        "replaced",
        "Says that a page could not be saved, where a submission was refused and the panel beside "
        "the fields says why; the editor saves the draft by itself meanwhile.",
    ),
    Bend(
        "wagtail.admin.views.mixins.SpreadsheetExportMixin.preprocess_field_value",
        "replaced",
        "Exports cells that a spreadsheet runs as formulas; titles are whatever people typed.",
        "#3466",
    ),
    Bend(
        "wagtail.admin.views.mixins.SpreadsheetExportMixin.as_spreadsheet",
        "replaced",
        "Writes a list into the answer, however many rows it has; a worker writes a long one.",
    ),
    Bend(
        "wagtail.models.PageLogEntryManager.viewable_by_user",
        "replaced",
        "Looks for the page of each entry among all pages, also for those who meet all of them.",
    ),
    Bend(
        "wagtail.admin.views.reports.audit_logging.get_actions_for_filter",
        "replaced",
        "Reads the whole log to name what occurs in it.",
    ),
    Bend(
        "wagtail.admin.views.reports.audit_logging.get_content_types_for_filter",
        "replaced",
        "As above.",
    ),
    Bend(
        "wagtail.admin.views.reports.audit_logging.SiteHistoryReportFilterSet.get_users_queryset",
        "replaced",
        "Names everybody who ever did something; its own name for that is asked by nobody.",
    ),
    Bend(
        "wagtail.admin.views.reports.locked_pages.LockedPagesView.get_queryset",
        "replaced",
        "Asks six things of each row.",
    ),
    Bend(
        "wagtail.admin.views.reports.locked_pages.LockedPagesView.decorate_paginated_queryset",
        "replaced",
        "As above.",
    ),
    Bend(
        "wagtail.admin.views.reports.workflows.WorkflowView.get_queryset",
        "replaced",
        "Lists the keys of all pages that somebody may edit, as texts.",
    ),
    Bend(
        "wagtail.admin.views.reports.workflows.WorkflowTasksView.get_queryset",
        "replaced",
        "As above.",
    ),
    Bend(
        "wagtail.admin.views.reports.workflows.WorkflowReportFilterSet.base_filters",
        "used",
        "Names everybody who ever submitted something; ours names those who did last.",
    ),
    Bend(
        "wagtail.admin.views.reports.base.PageReportView.paginate_by",
        "replaced",
        "Fifty rows, each with a menu of four kilobytes.",
    ),
    Bend(
        "wagtail.admin.views.reports.ReportView.paginator_class",
        "replaced",
        "Counts every row of a report, however many there are.",
    ),
    Bend(
        "wagtail.admin.views.pages.search.SearchView.get_context_data",
        "replaced",
        "Asks for the parent of each page found, and what may be done with it, row by row.",
    ),
    Bend("wagtail.admin.views.chooser.PageChooserTable.__init__", "replaced", "As above."),
    Bend(
        "wagtail.admin.views.reports.ReportView.get",
        "replaced",
        "Completes every row of a report before the first is exported.",
    ),
    Bend(
        "wagtail.admin.forms.choosers.URLOrAbsolutePathValidator.is_absolute_path",
        "replaced",
        "Asks a missing address what it begins with: a post without one was an error of ours.",
    ),
    Bend(
        "wagtail.admin.views.pages.copy.CopyView.post",
        "replaced",
        "Looks for the page to copy to before its form does, whatever was posted.",
    ),
    Bend(
        "wagtail.admin.views.workflows.Edit.get_paginated_pages",
        "replaced",
        "Fails at a page of a list that is past its end.",
    ),
    Bend(
        "wagtail.api.v2.views.BaseAPIViewSet.find_object",
        "replaced",
        "Looks for any id that an address names, numbers or not.",
    ),
    Bend(
        "wagtail.admin.views.generic.chooser.ChosenViewMixin.get",
        "replaced",
        "As above, in every chooser.",
    ),
    Bend(
        "wagtail.admin.views.generic.chooser.ChosenMultipleViewMixin.get",
        "replaced",
        "As above, for many.",
    ),
    Bend(
        "wagtail.admin.widgets.chooser.BaseChooser.get_instance",
        "replaced",
        "A form that is shown again looks for whatever was posted as if it were a key.",
    ),
    Bend(
        "wagtail.admin.views.generic.chooser.CreateViewMixin.post",
        "replaced",
        "Choosers without a form to create with have the address all the same, and fail at it.",
    ),
    Bend(
        "wagtail.admin.localization.override_tz",
        "replaced",
        "Sets the clock by a second zone of each person, or by the site's; theirs is in force.",
    ),
    # Overridden in a subclass of ours, though not meant for it.
    Bend(
        "wagtail.models.Page.save_revision",
        "overridden",
        "Autosave rewrites the latest revision in place, also when a release has pinned it.",
    ),
    Bend(
        "wagtail.models.Page.with_content_json",
        "overridden",
        "Brings back from a revision what belongs to the page as a whole, such as its UUID.",
    ),
    Bend(
        "wagtail.permission_policies.pages.PagePermissionPolicy.get_all_permissions_for_user",
        "overridden",
        "Teams give permissions that no row of GroupPagePermission holds.",
    ),
    Bend(
        "wagtail.permission_policies.pages.PagePermissionPolicy"
        ".instances_user_has_any_permission_for",
        "overridden",
        "Adds an OR a permission: with a hundred courses a search takes half a second.",
    ),
    Bend(
        "wagtail.permission_policies.collections.CollectionOwnershipPermissionPolicy"
        "._collections_with_perm",
        "overridden",
        "Collections of courses come from teams, as one condition however many there are.",
    ),
    Bend(
        "wagtail.permission_policies.collections.CollectionOwnershipPermissionPolicy._check_perm",
        "overridden",
        "As above, for one collection.",
    ),
    Bend(
        "wagtail.admin.views.pages.listing.ExplorableIndexView",
        "overridden",
        "Lists the pages of a course in their order, and filters without naming other people.",
    ),
    Bend(
        "wagtail.images.api.admin.views.ImagesAdminAPIViewSet",
        "overridden",
        "The admin's API lists everybody's images; see isolation.admin_api.",
        until=(8, 1),
    ),
    Bend(
        "wagtail.documents.api.admin.views.DocumentsAdminAPIViewSet",
        "overridden",
        "As above, documents.",
        until=(8, 1),
    ),
    # Used though private.
    Bend(
        "wagtail.permission_policies.pages.PagePermissionPolicy._base_queryset_for_user",
        "used",
        "Answers at once for superusers and for nobody.",
    ),
    Bend(
        "wagtail.permission_policies.base.BaseDjangoAuthPermissionPolicy._get_permission_codenames",
        "used",
        "Turns actions into codenames.",
    ),
    Bend(
        "wagtail.models.ReferenceIndex._extract_references_from_object",
        "used",
        "Finds what a page refers to: foreign ids in content, and the index in bulk.",
    ),
    Bend(
        "wagtail.models.ReferenceIndex._get_content_path_hash",
        "used",
        "Writes rows of the reference index for many pages at once.",
    ),
)


def bend() -> None:
    """Replace what can only be replaced while running. Called once, when apps are ready."""
    for name in ("resume", "cancel"):
        setattr(WorkflowState, name, _in_one_piece(getattr(WorkflowState, name)))
    _silence_stock_mails()
    _tell_of_comments_by_our_mails()
    _refuse_a_submission_once()
    _export_nothing_that_runs()
    _export_long_lists_by_a_worker()
    _complete_found_pages_together()
    _report_without_reading_all()
    _keep_the_readers_clock()
    _expect_no_shape()
    _choose_by_keys_only()
    _answer_404_past_the_end()


@register()
def bends_fit_this_wagtail(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """The version is one that was tried, and every name is still there."""
    found: list[CheckMessage] = []
    if VERSION[:2] not in TESTED_VERSIONS and not settings.TRY_NEXT_WAGTAIL:
        version = ".".join(str(part) for part in VERSION[:2])
        found.append(
            Error(
                f"Nobody has tried our bends on Wagtail {version}.",
                hint="Run `make next`, read BENDS in courses/wagtail_bends.py beside it, and add "
                "the version to TESTED_VERSIONS.",
                id="courses.E004",
            )
        )
    return found + [
        Error(
            f"{bent.name} is gone from Wagtail: {bent.why}",
            hint="See whether the new Wagtail does it by itself; else bend the new name.",
            id="courses.E005",
        )
        for bent in BENDS
        if (bent.until is None or bent.until > VERSION) and not _exists(bent.name)
    ]


def _exists(name: str) -> bool:
    """Whether a dotted name, of something in a module or in a class of one, can be found."""
    path, _, last = name.rpartition(".")
    try:
        owner = import_string(path)
    except ImportError:
        try:
            import_string(name)
        except ImportError:
            return False
        return True
    return hasattr(owner, last)


def _in_one_piece(transition: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(transition)
    def whole(workflow_state: WorkflowState, *args: Any, **kwargs: Any) -> Any:
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


def _unless_course(can_handle: Callable[..., bool]) -> Callable[..., bool]:
    @wraps(can_handle)
    def asked(instance: Any, **kwargs: Any) -> bool:
        page = instance.content_object
        is_course = getattr(page, "specific_class", None) is CoursePage
        return not is_course and can_handle(instance, **kwargs)

    return asked


def _tell_of_comments_by_our_mails() -> None:
    def tell(view: EditView, changes: dict[str, Any]) -> None:
        said = ThreadNews(
            comments=changes["new_comments"],
            replies=changes["new_replies"],
            resolved=changes["resolved_comments"],
        )
        tell_of_comments(page=view.page, by=view.request.user, said=said)

    EditView.send_commenting_notifications = tell


def _refuse_a_submission_once() -> None:
    """A form with nothing wrong but ``problems`` (``courses.editor.page_forms``) says them."""
    say = messages.validation_error

    @wraps(say)
    def unless_told(request: HttpRequest, message: str, form: Any, buttons: Any = None) -> Any:
        if getattr(form, "problems", ()) and not form.errors:
            return None
        return say(request, message, form, buttons)

    messages.validation_error = unless_told


def _keep_the_readers_clock() -> None:
    localization.override_tz = lambda zone: nullcontext()


def _expect_no_shape() -> None:
    """Places of Wagtail's that take for granted what a request may leave out, or say otherwise."""
    begins = URLOrAbsolutePathValidator.is_absolute_path
    URLOrAbsolutePathValidator.is_absolute_path = staticmethod(lambda value: begins(value or ""))
    create = CreateViewMixin.post

    @wraps(create)
    def post(view: Any, request: HttpRequest) -> HttpResponse:
        if view.get_creation_form() is None:
            raise Http404
        answer: HttpResponse = create(view, request)
        return answer

    CreateViewMixin.post = post
    find = BaseAPIViewSet.find_object

    @wraps(find)
    def find_object(view: Any, rows: Any, request: HttpRequest) -> Any:
        named = request.GET.get("id")
        if named is not None and whole_number(named) is None:
            return None
        return find(view, rows, request)

    BaseAPIViewSet.find_object = find_object


def _answer_404_past_the_end() -> None:
    copy_page, listed = CopyView.post, WorkflowEdit.get_paginated_pages

    @wraps(copy_page)
    def post(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = whole_number(request.POST.get("new_parent_page"))
        if key is None or not Page.objects.filter(pk=key).exists():
            raise Http404
        return copy_page(view, request, *args, **kwargs)

    @wraps(listed)
    def get_paginated_pages(view: Any) -> Any:
        try:
            return listed(view)
        except InvalidPage as past_the_end:
            raise Http404 from past_the_end

    CopyView.post = post
    WorkflowEdit.get_paginated_pages = get_paginated_pages


def _choose_by_keys_only() -> None:
    one, many = ChosenViewMixin.get, ChosenMultipleViewMixin.get

    @wraps(one)
    def chosen(view: Any, request: HttpRequest, pk: Any) -> Any:
        _check_keys(view.model_class, [unquote(str(pk))])
        return one(view, request, pk)

    @wraps(many)
    def chosen_multiple(view: Any, request: HttpRequest) -> Any:
        _check_keys(view.model_class, request.GET.getlist("id"))
        return many(view, request)

    ChosenViewMixin.get, ChosenMultipleViewMixin.get = chosen, chosen_multiple
    shown = BaseChooser.get_instance

    @wraps(shown)
    def get_instance(widget: Any, value: Any) -> Any:
        is_text = isinstance(value, str)
        return None if is_text and not _is_key(widget.model_class, value) else shown(widget, value)

    BaseChooser.get_instance = get_instance


def _check_keys(model: type[Model], texts: Iterable[str]) -> None:
    """Raises Http404 unless each of ``texts`` can be a key of ``model``."""
    if not all(_is_key(model, text) for text in texts):
        raise Http404


def _is_key(model: type[Model], text: str) -> bool:
    field: Any = model._meta.pk
    while field.remote_field:  # a page is keyed by the page it extends
        field = field.target_field
    try:
        field.clean(text, None)
    except ValidationError:
        return False
    return True


def _export_nothing_that_runs() -> None:
    plain = SpreadsheetExportMixin.preprocess_field_value

    @wraps(plain)
    def guarded(view: Any, field: str, value: Any, export_format: str) -> Any:
        return harmless(plain(view, field, value, export_format))

    SpreadsheetExportMixin.preprocess_field_value = guarded


def _report_without_reading_all() -> None:
    """For whoever meets every page; others read what is theirs, as before."""
    manager = type(PageLogEntry.objects)
    viewable = manager.viewable_by_user
    actions = audit_logging.get_actions_for_filter
    types = audit_logging.get_content_types_for_filter
    people = audit_logging.get_users_for_filter

    def viewable_by_user(entries: Any, user: Any) -> Any:
        return entries.all() if reports.meets_every_page(user) else viewable(entries, user)

    def actions_for(user: Any) -> Any:
        if reports.meets_every_page(user):
            return audit_logging.log_action_registry.get_choices()
        return actions(user)

    def types_for(user: Any) -> Any:
        return reports.types_in_the_log() if reports.meets_every_page(user) else types(user)

    def people_for(filters: Any) -> Any:
        user = filters.request.user
        if reports.meets_every_page(user):
            return reports.people_in_the_log()
        return people(user)

    manager.viewable_by_user = viewable_by_user
    audit_logging.get_actions_for_filter = actions_for
    audit_logging.get_content_types_for_filter = types_for
    audit_logging.SiteHistoryReportFilterSet.get_users_queryset = people_for
    ReportView.paginator_class = reports.ReportPaginator
    PageReportView.paginate_by = reports.PAGES_OF_A_REPORT

    for view, every in (
        (WorkflowView, reports.workflow_states),
        (WorkflowTasksView, reports.task_states),
    ):
        view.get_queryset = _of_every_page(view.get_queryset, every)
    asked = WorkflowReportFilterSet.base_filters["requested_by"]
    asked.queryset = reports.people_who_submitted

    locked = LockedPagesView.get_queryset

    def get_queryset(view: Any) -> Any:
        told = locked(view).select_related("content_type", "locked_by")
        told = told.prefetch_workflow_states().annotate_approved_schedule()
        return told.annotate_site_root_state().defer_streamfields().specific()

    def decorate(view: Any, pages: Any) -> Any:
        complete(pages, view.request.user)
        return pages

    LockedPagesView.get_queryset = get_queryset
    LockedPagesView.decorate_paginated_queryset = decorate


def _of_every_page(some: Callable[[Any], Any], every: Callable[[], Any]) -> Callable[[Any], Any]:
    @wraps(some)
    def get_queryset(view: Any) -> Any:
        return every() if reports.meets_every_page(view.request.user) else some(view)

    return get_queryset


def _complete_found_pages_together() -> None:
    listed, table = SearchView.get_context_data, PageChooserTable.__init__

    @wraps(listed)
    def get_context_data(view: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = listed(view, **kwargs)
        complete(context["object_list"], view.request.user)
        return context

    @wraps(table)
    def init(chosen: Any, columns: Any, data: Any, *args: Any, **kwargs: Any) -> None:
        know_parents(data)
        table(chosen, columns, data, *args, **kwargs)

    SearchView.get_context_data = get_context_data
    PageChooserTable.__init__ = init


def _export_long_lists_by_a_worker() -> None:
    at_once, page = SpreadsheetExportMixin.as_spreadsheet, ReportView.get

    @wraps(at_once)
    def asked(view: Any, rows: Any, export_format: str) -> Any:
        return answer(view, rows, export_format, at_once)

    @wraps(page)
    def get(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not view.is_export:
            return page(view, request, *args, **kwargs)
        return view.as_spreadsheet(view.get_filtered_queryset(), request.GET["export"])

    SpreadsheetExportMixin.as_spreadsheet = asked
    ReportView.get = get
