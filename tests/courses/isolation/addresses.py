"""The editor's addresses that take a page, an image or a document."""

from django.urls import NoReverseMatch, reverse

MISSING = 987_654  # the key of nothing


def admin(name, *args, **kwargs):
    return reverse(name, args=args, kwargs=kwargs)


def page_addresses(page, course):
    """Every address of the editor that takes a page, as (name, address)."""
    pk = page if isinstance(page, int) else page.pk
    revision = MISSING if isinstance(page, int) else page.latest_revision_id
    destination = course if isinstance(course, int) else course.pk
    plain = [
        "edit",
        "usage",
        "view_draft",
        "add_subpage",
        "delete",
        "unpublish",
        "convert_alias",
        "move",
        "copy",
        "set_privacy",
        "lock",
        "unlock",
        "revisions_index",
        "workflow_history",
        "history",
        "history_results",
        "preview_on_edit",
        "confirm_workflow_cancellation",
    ]
    yield "explore", admin("wagtailadmin_explore", pk)
    yield "explore_results", admin("wagtailadmin_explore_results", pk)
    yield "choose", admin("wagtailadmin_choose_page_child", pk)
    for name in plain:
        try:
            yield name, admin(f"wagtailadmin_pages:{name}", pk)
        except NoReverseMatch:
            yield name, admin(f"wagtailadmin_pages:{name}", page_id=pk)
    for name in ("revisions_view", "revisions_revert", "revisions_unschedule"):
        yield name, admin(f"wagtailadmin_pages:{name}", pk, revision)
    yield "compare", admin("wagtailadmin_pages:revisions_compare", pk, "earliest", revision)
    yield "move_confirm", admin("wagtailadmin_pages:move_confirm", pk, destination)
    yield "set_position", admin("wagtailadmin_pages:set_page_position", pk)
    yield "add", admin("wagtailadmin_pages:add", "courses", "lessonpage", pk)
    yield "preview_on_add", admin("wagtailadmin_pages:preview_on_add", "courses", "lessonpage", pk)
    yield "workflow_action", admin("wagtailadmin_pages:workflow_action", pk, "approve", MISSING)
    yield (
        "collect",
        admin("wagtailadmin_pages:collect_workflow_action_data", pk, "approve", MISSING),
    )
    yield "workflow_preview", admin("wagtailadmin_pages:workflow_preview", pk, MISSING)
    yield "workflow_detail", admin("wagtailadmin_pages:workflow_history_detail", pk, MISSING)
    yield "api", admin("wagtailadmin_api:pages:detail", pk)


def media_addresses(image, document):
    for name in ("edit", "delete", "url_generator", "image_usage", "edit_multiple"):
        yield f"image {name}", admin(f"wagtailimages:{name}", image)
    yield "image delete_multiple", admin("wagtailimages:delete_multiple", image)
    yield "image preview", admin("wagtailimages:preview", image, "max-100x100")
    yield "image chosen", admin("wagtailimages_chooser:chosen", image)
    yield "image format", admin("wagtailimages_chooser:select_format", image)
    yield "image api", admin("wagtailadmin_api:images:detail", image)
    for name in ("edit", "delete", "document_usage", "edit_multiple", "delete_multiple"):
        yield f"document {name}", admin(f"wagtaildocs:{name}", document)
    yield "document chosen", admin("wagtaildocs_chooser:chosen", document)
    yield "document api", admin("wagtailadmin_api:documents:detail", document)
