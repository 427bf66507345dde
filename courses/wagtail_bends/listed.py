"""Every name of Wagtail's that we replace or lean on though it is not public, and why."""

from dataclasses import dataclass


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
        "wagtail.admin.views.pages.edit.EditView.get_side_panels",
        "replaced",
        "Has a panel of checks that is filled by Wagtail's bar for visitors, inside the preview; "
        "no page of ours has that bar, so its numbers never come.",
    ),
    Bend("wagtail.admin.views.pages.create.CreateView.get_side_panels", "replaced", "As above."),
    Bend(
        "wagtail.admin.ui.side_panels.PageStatusSidePanel.get_status_templates",
        "replaced",
        "Tells of every page that it is not restricted and used in no place; of a page of a course "
        "neither means anything.",
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
        "wagtail.admin.views.reports.aging_pages.AgingPagesView.get_queryset",
        "replaced",
        "Asks each chapter and lesson for its own fields, and pages of one moment change places.",
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
        "wagtail.admin.views.generic.base.BaseListingView.paginator_class",
        "replaced",
        "Counts every row of a list, however many there are.",
    ),
    Bend(
        "wagtail.admin.views.generic.chooser.BaseChooseView.paginator_class",
        "replaced",
        "As above.",
    ),
    Bend(
        "wagtail.admin.views.generic.base.BaseListingView.get_queryset",
        "replaced",
        "Sorts a list by any column, however many rows it has.",
    ),
    Bend(
        "wagtail.admin.views.generic.base.BaseListingView.paginate_queryset",
        "replaced",
        "As above: of many rows no column offers its order.",
    ),
    Bend(
        "wagtail.admin.views.reports.page_types_usage.PageTypesUsageReportFilterSet.base_filters",
        "replaced",
        "Filters by locale, of which there is one.",
    ),
    Bend(
        "wagtail.admin.views.reports.page_types_usage.PageTypesUsageReportView.get_queryset",
        "replaced",
        "Counts every page, and sorts all of a type to name the one that was edited last.",
    ),
    Bend(
        "wagtail.admin.views.reports.page_types_usage.PageTypesUsageReportView.filter_queryset",
        "replaced",
        "As above, through a join with every page.",
    ),
    Bend(
        "wagtail.admin.views.reports.page_types_usage.PageTypesUsageReportView.get_context_data",
        "replaced",
        "Shows numbers that are exact.",
    ),
    Bend(
        "wagtail.admin.views.reports.page_types_usage.PageTypesUsageReportView.decorate_paginated_queryset",
        "replaced",
        "As above.",
    ),
    Bend(
        "wagtail.admin.views.reports.page_types_usage.PageTypesUsageReportView.columns",
        "replaced",
        "As above.",
    ),
    Bend(
        "wagtail.admin.views.reports.page_types_usage.PageTypesUsageReportView.results_template_name",
        "replaced",
        "As above.",
    ),
    Bend(
        "wagtail.admin.views.pages.usage.ContentTypeUseView.get_base_queryset",
        "replaced",
        "Looks for the pages of a type among all pages, sorted for it.",
    ),
    Bend(
        "wagtail.admin.views.pages.usage.ContentTypeUseView.get_context_data",
        "replaced",
        "Asks for the parent of each page, and what may be done with it, row by row.",
    ),
    Bend(
        "wagtail.admin.views.pages.usage.ContentTypeUseView.paginate_by",
        "replaced",
        "Fifty rows, each with a menu of four kilobytes.",
    ),
    Bend(
        "wagtail.models.reference_index.ReferenceGroups.__getitem__",
        "replaced",
        "Looks for every object that refers to something, one by one, to show twenty.",
    ),
    Bend(
        "wagtail.admin.views.generic.history.get_actions_for_filter",
        "replaced",
        "Reads all that ever happened to a thing to name what did.",
    ),
    Bend(
        "wagtail.admin.views.generic.history.HistoryFilterSet.get_users_queryset",
        "replaced",
        "As above: names everybody who ever changed it.",
    ),
    Bend(
        "wagtail.admin.views.pages.listing.PageFilterSet.base_filters",
        "used",
        "Names everybody who ever owned or edited a page; ours names who acted last.",
    ),
    Bend(
        "wagtail.admin.filters.BaseMediaFilterSet.__init__",
        "replaced",
        "Names every collection there is, and each course has one; ours finds them by words.",
    ),
    Bend("wagtail.images.views.chooser.BaseImageChooseView.collections", "replaced", "As above."),
    Bend(
        "wagtail.documents.views.chooser.BaseDocumentChooseView.collections",
        "replaced",
        "As above.",
    ),
    Bend(
        "wagtail.admin.views.generic.multiple_upload.AddView.get_context_data",
        "replaced",
        "As above: the collection that the address names is not lost.",
    ),
    Bend(
        "wagtail.admin.api.views.PagesAdminAPIViewSet.get_queryset",
        "replaced",
        "Asks five things of each row of a list.",
    ),
    Bend("wagtail.admin.api.views.PagesAdminAPIViewSet.paginate_queryset", "replaced", "As above."),
    Bend("wagtail.api.v2.serializers.PageParentField.get_attribute", "replaced", "As above."),
    Bend(
        "wagtail.admin.api.serializers.PageChildrenField.to_representation",
        "replaced",
        "As above.",
    ),
    Bend(
        "wagtail.api.v2.views.BaseAPIViewSet.pagination_class",
        "replaced",
        "Counts every row there is.",
    ),
    Bend(
        "wagtail.admin.views.pages.search.SearchView.get_context_data",
        "replaced",
        "Asks for the parent of each page found, and what may be done with it, row by row.",
    ),
    Bend("wagtail.admin.views.chooser.PageChooserTable.__init__", "replaced", "As above."),
    Bend(
        "wagtail.images.fields.filesizeformat",
        "replaced",
        "Writes “10.0 MB” for how large a file may be, where all else says “10 MB”.",
    ),
    Bend("wagtail.documents.fields.filesizeformat", "replaced", "As above."),
    Bend(
        "wagtail.admin.ui.tables.pages.PageTitleColumn.get_header_context_data",
        "replaced",
        "Counts “1-1 of 1 None” in lists whose view names no model, as that of a search.",
    ),
    Bend(
        "wagtail.admin.views.pages.history.PageHistoryView.get_base_queryset",
        "replaced",
        "Shows the last entry of an action, whichever page it is of: of a release, which changes "
        "many pages at once, one page would tell and all the others not.",
    ),
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
    Bend(
        "wagtail.admin.views.workflows.WorkflowUsedByColumn.get_cell_context_data",
        "replaced",
        "Counts every page twice; the list of workflows says how many there are, about.",
    ),
    Bend(
        "wagtail.admin.views.workflows.WorkflowUsedByColumn.cell_template_name",
        "replaced",
        "As above.",
    ),
    Bend(
        "wagtail.models.PagePermissionTester.__init__",
        "replaced",
        "Compares a page with every permission there is; a team's are asked of the page alone.",
    ),
    Bend(
        "wagtail.admin.views.pages.choose_parent.ChooseParentView.get_valid_parent_pages",
        "replaced",
        "As above: with an OR for each permission.",
    ),
    Bend(
        "wagtail.admin.templatetags.wagtailadmin_tags.get_js_translation_strings",
        "replaced",
        "Looks for the same hundred translations on every page.",
    ),
    Bend(
        "wagtail.admin.ui.sidebar.MainMenuModule.js_args",
        "replaced",
        "Calls a person by the address they sign in with where there is no first name.",
    ),
    Bend(
        "wagtail.admin.templatetags.wagtailadmin_tags.Locale",
        "replaced",
        "Asks the database on every page which languages pages are written in.",
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
        "Groups' permissions come with what else a page of the admin asks about a person.",
    ),
    Bend(
        "wagtail.permission_policies.pages.PagePermissionPolicy.user_has_any_permission",
        "overridden",
        "Teams give permissions that no row of GroupPagePermission holds.",
    ),
    Bend(
        "wagtail.permission_policies.pages.PagePermissionPolicy"
        ".user_has_any_permission_for_instance",
        "overridden",
        "As above.",
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
        "wagtail.permission_policies.collections.CollectionOwnershipPermissionPolicy"
        ".instances_user_has_any_permission_for",
        "overridden",
        "Looks for the collection of each file among all there are, also for admins.",
    ),
    Bend(
        "wagtail.permission_policies.collections.CollectionOwnershipPermissionPolicy"
        ".collections_user_has_any_permission_for",
        "overridden",
        "Every collection is read where one is chosen.",
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
