"""Showing a release to the world: exactly the pinned revisions, all or nothing, in bulk.

Publishing 330 pages one by one takes Wagtail 11 s and 14,000 queries; here the number of
queries does not depend on the number of pages. What is left behind (page rows, log entries,
signals, search and reference index) is the same: tests/courses/releases/test_bulk_publishing.py
compares the two.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import COMMENTS_RELATION_NAME, Comment, Page, PageLogEntry, Revision
from wagtail.signals import page_published, page_unpublished, published, unpublished

from courses.drafts.digest import content_digest, revised_fields
from courses.drafts.nodes import MODEL_OF_KIND
from courses.errors import CourseError, PinBroken
from courses.models import CourseRelease, ItemKind, ReleaseItem, ReleaseStatus
from courses.models.releases import RELEASE_MOVES
from courses.people import Person
from courses.promises.promising import promise
from courses.wording.apart import apart

from .revising import changes_terms_alone

logger = logging.getLogger(__name__)

# Written beside what the revision says.
STATE_FIELDS = frozenset(
    {
        "live",
        "has_unpublished_changes",
        "expired",
        "first_published_at",
        "last_published_at",
        "live_revision",
    }
)


@dataclass
class PageToShow:
    """A page about to show its pinned revision."""

    item: ReleaseItem
    page: Page  # specific, as it will be
    old_title: str
    touched: frozenset[str] = frozenset()  # fields that say something else than the row
    was_published_at: datetime | None = None


def show_release(release: CourseRelease, *, user: Person | None = None) -> None:
    """Make ``release`` what learners see; the caller holds the course's locks.

    Chapters and lessons whose live revision is the pinned one are left alone; pages of the
    previous release that are not in this one are unpublished; a course that was only given
    another price keeps the day it was last published. Raises PinBroken when a pinned
    revision is no longer what was pinned; nothing is written then. Signals are sent when all
    rows stand; the course's comes last.
    """
    items = list(release.items.select_related("revision"))
    check_pins(items)
    now = timezone.now()
    changes = _changes(items, now)
    if changes_terms_alone(release, items):
        # Buyers read when a course was last revised: another price revises nothing.
        changes[-1].page.last_published_at = changes[-1].was_published_at
    leaving = _leaving(release, items)
    _write_changes(changes)
    _write_leaving(leaving)
    _place_comments(changes)
    _clear_schedules([change.page for change in changes] + leaving)
    _log(changes, leaving, user)
    shown = CourseRelease.objects.filter(course_id=release.course_id, status=ReleaseStatus.CURRENT)
    RELEASE_MOVES.update(shown, ReleaseStatus.SUPERSEDED)
    RELEASE_MOVES.move(release, ReleaseStatus.CURRENT)
    release.decided_by, release.decided_at = user, now
    release.shown_number = next_shown_number(release.course_id)
    release.save(update_fields=["status", "shown_number", "decided_by", "decided_at", "note"])
    _send_signals(changes, leaving)
    # The course indexes itself when it is saved.
    keys = [page.pk for page in leaving]
    keys += [change.page.pk for change in changes if change.item.kind != ItemKind.COURSE]
    if keys:
        promise("courses.index_pages", key=f"index:{release.pk}", keys=keys)


def next_shown_number(course_id: int) -> int:
    """What the next release is called; the caller holds the course's lock."""
    releases = CourseRelease.objects.filter(course_id=course_id)
    last: int | None = releases.aggregate(last=Max("shown_number"))["last"]
    return (last or 0) + 1


def check_pins(items: Iterable[ReleaseItem]) -> None:
    """Compare every pinned revision with its digest; ``items`` come with their revisions."""
    for item in items:
        if content_digest(MODEL_OF_KIND[item.kind], item.revision.content) != item.digest:
            logger.error(
                "Revision %s of page %s, pinned by release %s, was changed after it was pinned.",
                item.revision_id,
                item.page_id,
                item.release_id,
                extra={
                    "event": "release.pin_broken",
                    "revision": item.revision_id,
                    "page": item.page_id,
                    "release": item.release_id,
                },
            )
            raise PinBroken(
                _(
                    "“%(title)s” was changed after it was submitted, so nothing was released. "
                    "Ask the producer to submit the course again."
                )
                % {"title": apart(item.title)}
            )


def _changes(items: list[ReleaseItem], now: datetime) -> list[PageToShow]:
    """What differs from what is live, lessons and chapters first, the course last.

    The course is always among them: it carries the release.
    """
    live = dict(
        Page.objects.filter(pk__in=[item.page_id for item in items], live=True).values_list(
            "pk", "live_revision_id"
        )
    )
    by_model = defaultdict(list)
    for item in items:
        if item.kind == ItemKind.COURSE:
            course = item
        elif live.get(item.page_id) != item.revision_id:
            by_model[MODEL_OF_KIND[item.kind]].append(item)
    changes = []
    for model, changed in by_model.items():
        rows = model.objects.in_bulk([item.page_id for item in changed])
        changes += [_part_change(item, rows[item.page_id]) for item in changed]
    changes.append(_course_change(course))
    for change in changes:
        _mark_live(change, now)
    return changes


def _part_change(item: ReleaseItem, row: Page) -> PageToShow:
    """Lay what the revision says over the row, without a query."""
    model, content, old_title = type(row), item.revision.content, str(row)
    fields = revised_fields(model)
    told = {field.name: content[field.name] for field in fields if field.name in content}
    pinned = model.from_serializable_data({"pk": row.pk, **told}, check_fks=False)
    touched = set()
    for field in fields:
        if field.value_to_string(row) != field.value_to_string(pinned):
            touched.add(field.name)
            setattr(row, field.attname, getattr(pinned, field.attname))
    return PageToShow(item, row, old_title, frozenset(touched))


def _course_change(item: ReleaseItem) -> PageToShow:
    row = item.page.specific
    shown = row.with_content_json(item.revision.content)
    return PageToShow(item, shown, str(row), was_published_at=row.last_published_at)


def _mark_live(change: PageToShow, now: datetime) -> None:
    page = change.page
    page.live = True
    page.expired = False
    page.has_unpublished_changes = page.latest_revision_id != change.item.revision_id
    page.first_published_at = page.first_published_at or now
    page.last_published_at = now
    page.live_revision = change.item.revision


def _write_changes(changes: list[PageToShow]) -> None:
    *parts, course = changes
    by_model = defaultdict(list)
    for change in parts:
        by_model[type(change.page)].append(change)
    for model, changed in by_model.items():
        touched = frozenset().union(*(change.touched for change in changed))
        _update(model, [change.page for change in changed], touched | STATE_FIELDS)
    try:
        course.page.save()
    except ValidationError as error:
        raise CourseError(
            _("The course cannot be released: %(reasons)s") % {"reasons": " ".join(error.messages)},
            code="course_not_valid",
        ) from error


def _update(model: type[Page], pages: list[Page], names: Iterable[str]) -> None:
    """Write these fields: those that are the same everywhere at once, the rest page by page."""
    same: dict[str, Any] = {}
    different: list[str] = []
    for name in sorted(names):
        attname = model._meta.get_field(name).attname
        values = [getattr(page, attname) for page in pages]
        if all(value == values[0] for value in values):
            same[name] = values[0]
        else:
            different.append(name)
    model.objects.filter(pk__in=[page.pk for page in pages]).update(**same)
    if different:
        model.objects.bulk_update(pages, different)


def _leaving(release: CourseRelease, items: list[ReleaseItem]) -> list[Page]:
    """Live pages of the current release that this one no longer has, as specific pages."""
    staying = [item.page_id for item in items]
    gone = ReleaseItem.objects.filter(
        release__course_id=release.course_id, release__status=ReleaseStatus.CURRENT
    ).exclude(page_id__in=staying)
    pages = Page.objects.filter(pk__in=gone.values("page_id"), live=True)
    return list(pages.order_by("path").specific())


def _write_leaving(pages: list[Page]) -> None:
    """They stay in the tree and in history, so that learners can look back at them."""
    for page in pages:
        page.live, page.has_unpublished_changes, page.live_revision = False, True, None
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        live=False, has_unpublished_changes=True, live_revision=None
    )


def _place_comments(changes: list[PageToShow]) -> None:
    """Open comments stand where the published text has them, as in Wagtail's own publishing."""
    comments = list(
        Comment.objects.filter(
            page_id__in=[change.page.pk for change in changes], resolved_at=None
        ).only("pk", "position")
    )
    if not comments:
        return
    positions = {
        row["pk"]: row["position"]
        for change in changes
        for row in change.item.revision.content.get(COMMENTS_RELATION_NAME) or []
    }
    for comment in comments:
        comment.position = positions.get(comment.pk, comment.position)
    Comment.objects.bulk_update(comments, ["position"])


def _clear_schedules(pages: list[Page]) -> None:
    Revision.page_revisions.filter(
        object_id__in=[str(page.pk) for page in pages], approved_go_live_at__isnull=False
    ).update(approved_go_live_at=None)


def _log(changes: list[PageToShow], leaving: list[Page], user: Person | None) -> None:
    """The entries that Wagtail writes when it publishes and unpublishes, in one insert."""
    context = get_active_log_context()
    first_saved = dict(
        Revision.page_revisions.filter(object_id__in=[str(change.page.pk) for change in changes])
        .values_list("object_id")
        .annotate(first=Min("created_at"))
    )

    def entry(page: Page, action: str, **fields: Any) -> PageLogEntry:
        return PageLogEntry(
            page=page,
            content_type=ContentType.objects.get_for_model(page, for_concrete_model=False),
            label=page.get_admin_display_title(),
            action=action,
            timestamp=timezone.now(),
            user=user or context.user,
            uuid=context.uuid,
            **{"data": {}, **fields},
        )

    entries = []
    for change in changes:
        page, revision = change.page, change.item.revision
        fields: dict[str, Any] = {"revision": revision}
        if str(page) != change.old_title and first_saved[str(page.pk)] < revision.created_at:
            fields["data"] = {"title": {"old": change.old_title, "new": str(page)}}
            entries.append(entry(page, "wagtail.rename", **fields))
        entries.append(entry(page, "wagtail.publish", content_changed=True, **fields))
    entries += [entry(page, "wagtail.unpublish") for page in leaving]
    PageLogEntry.objects.bulk_create(entries)


def _send_signals(changes: list[PageToShow], leaving: list[Page]) -> None:
    for change in changes:
        page, revision = change.page, change.item.revision
        page_published.send(sender=type(page), instance=page, revision=revision)
        published.send(sender=type(page), instance=page, revision=revision)
    for page in leaving:
        page_unpublished.send(sender=type(page), instance=page)
        unpublished.send(sender=type(page), instance=page)
