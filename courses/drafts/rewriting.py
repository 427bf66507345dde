"""A few words of many drafts at once: new revisions, as saving page after page leaves them.

One page by ``save_revision`` costs a dozen statements, and whoever opens all lessons of a course
to everybody would wait for thousands of them under the lock. What is rewritten here is a field
whose value in a revision is plain JSON (a title, a yes or no), so no draft is built for it.
``tests/courses/drafts/test_rewriting.py`` compares the rows of both ways.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry, Revision

from courses.people import Person
from courses.promises.promising import promise


@transaction.atomic
def rewrite(changes: Mapping[int, Mapping[str, Any]], *, by: Person) -> None:
    """``{page id: {field: JSON value}}``: a new revision of each page that says so.

    A pinned revision is never touched: there is a new one each time. Nothing is validated, as with
    every draft. Eight SQL, whatever the number of pages.
    """
    pages = list(
        Page.objects.filter(pk__in=changes)
        .select_for_update(no_key=True, of=("self",))
        .order_by("path")
    )
    if not pages:
        return
    before = Revision.objects.in_bulk([page.latest_revision_id for page in pages])
    now, base = timezone.now(), ContentType.objects.get_for_model(Page)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type_id=page.content_type_id,
            base_content_type=base,
            object_id=str(page.pk),
            user=by,
            created_at=now,
            content={**before[page.latest_revision_id].content, **changes[page.pk]},
            object_str=_title(page, changes),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision, page.latest_revision_created_at = revision, now
        page.draft_title, page.has_unpublished_changes = _title(page, changes), True
    Page.objects.bulk_update(pages, ["latest_revision", "draft_title"])
    Page.objects.filter(pk__in=changes).update(
        latest_revision_created_at=now, has_unpublished_changes=True
    )
    _log(pages, by)
    promise(
        "courses.index_pages",
        key=f"rewritten:{revisions[0].pk}",
        keys=[page.pk for page in pages],
    )


def _title(page: Page, changes: Mapping[int, Mapping[str, Any]]) -> str:
    return str(changes[page.pk].get("title", page.draft_title or page.title))


def _log(pages: list[Page], by: Person) -> None:
    """The entries that Wagtail writes when a page is edited."""
    context = get_active_log_context()
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page=page,
            content_type_id=page.content_type_id,
            label=page.draft_title,
            action="wagtail.edit",
            timestamp=timezone.now(),
            user=by,
            uuid=context.uuid,
            revision=page.latest_revision,
            content_changed=True,
            data={},
        )
        for page in pages
    )
