"""A whole outline written at once: what adding page after page leaves, in a handful of statements.

One page by ``add_child`` and ``save_revision`` costs over thirty statements, and a course has
dozens. ``tests/courses/drafts/test_growing.py`` compares the rows of both ways.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import router, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from wagtail.log_actions import get_active_log_context
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageLogEntry, Revision

from courses.errors import CourseError
from courses.people import Person
from courses.promises.promising import promise

LONGEST_STEM = Page._meta.get_field("slug").max_length - len("-100000")


@dataclass
class Sprout:
    """A chapter or a lesson that is no row yet, and what stands below it."""

    page: Any  # a CoursePart, which is a page
    below: list["Sprout"] = field(default_factory=list)


@transaction.atomic
def grow(
    *,
    parent: Page,
    sprouts: list[Sprout],
    by: Person,
    after_others: bool = False,
    once_keyed: Callable[[], None] | None = None,
) -> list[Page]:
    """Adds drafts below ``parent``, which has none yet; all of them, in reading order.

    ``after_others`` adds them behind those that stand there; the caller holds the course.
    ``once_keyed`` is called when every page has its key and none is written beside the tree, so
    that pages can name each other.

    Each gets its first revision and its entry in the log. Pages are not validated: submitting
    reads every one in full, and until then a draft may be anything. The search index follows by
    a promise; what refers to what is the caller's, by ``refer_pages``. Raises CourseError when
    something stands below ``parent`` already.
    """
    parent = Page.objects.select_for_update().get(pk=parent.pk)
    if parent.numchild and not after_others:
        raise CourseError(f"“{parent}” has parts already.", code="has_parts")
    pages = list(_placed(parent, sprouts, by, beside=list(parent.get_children())))
    if not pages:
        return []
    _insert(pages, once_keyed)
    _write_revisions(pages, by)
    _log(pages, by)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(sprouts))
    promise("courses.index_pages", key=f"grown:{parent.pk}", keys=[page.pk for page in pages])
    return pages


def _placed(
    parent: Page, sprouts: list[Sprout], by: Person, *, beside: Sequence[Page] = ()
) -> Iterator[Page]:
    """Every page with its place in the tree, its address there and what it inherits."""
    taken = {page.slug for page in beside}
    last = max((Page._str2int(page.path[-Page.steplen :]) for page in beside), default=0)
    for number, sprout in enumerate(sprouts, start=last + 1):
        page = sprout.page
        page.path = Page._get_path(parent.path, parent.depth + 1, number)
        page.depth = parent.depth + 1
        page.slug = free_slug(page.title, taken)
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.locale_id = parent.locale_id
        page.draft_title = page.title
        page.owner = by
        page.live, page.has_unpublished_changes = False, True
        taken.add(page.slug)
        yield page
        yield from _placed(page, sprout.below, by)


def free_slug(title: str, taken: set[str]) -> str:
    """As Wagtail makes it from a title; the tree keeps it unique, no address shows it.

    Cut where a number still fits behind it: what a title has room for may be too long for it, and
    one letter of a title may be eighteen of these.
    """
    allow_unicode = getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True)
    stem = slugify(title, allow_unicode=allow_unicode)[:LONGEST_STEM] or "part"
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _insert(pages: Sequence[Page], once_keyed: Callable[[], None] | None) -> None:
    """The rows of the tree, and then those of chapters and of lessons."""
    fields = Page._meta.local_concrete_fields
    bases = [Page(**{one.attname: getattr(page, one.attname) for one in fields}) for page in pages]
    for base, below in zip(bases, _children(pages), strict=True):
        base.numchild = below
    Page.objects.bulk_create(bases)
    by_model = defaultdict(list)
    for page, base in zip(pages, bases, strict=True):
        page.pk = page.id = page.page_ptr_id = base.pk
        page._state.adding = False
        by_model[type(page)].append(page)
    if once_keyed:
        once_keyed()
    for model, found in by_model.items():
        # ``bulk_create`` refuses models with a parent's table; this is what it calls.
        model._base_manager.all()._insert(
            found, fields=model._meta.local_concrete_fields, using=router.db_for_write(model)
        )


def _children(pages: Sequence[Page]) -> list[int]:
    """How many stand directly below each page."""
    counted: dict[str, int] = defaultdict(int)
    for page in pages:
        counted[page.path[: -Page.steplen]] += 1
    return [counted[page.path] for page in pages]


def _write_revisions(pages: Sequence[Page], by: Person) -> None:
    now = timezone.now()
    base = ContentType.objects.get_for_model(Page)
    for page in pages:
        setattr(page, COMMENTS_RELATION_NAME, [])  # nobody can have commented yet
    revisions = Revision.objects.bulk_create(
        Revision(
            content_object=page,
            base_content_type=base,
            user=by,
            created_at=now,
            content=page.serializable_data(),
            object_str=str(page),
        )
        for page in pages
    )
    for page, revision, below in zip(pages, revisions, _children(pages), strict=True):
        page.latest_revision, page.latest_revision_created_at = revision, now
        page.numchild = below
    Page.objects.bulk_update(
        [Page(pk=page.pk, latest_revision_id=page.latest_revision_id) for page in pages],
        ["latest_revision"],
    )
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(latest_revision_created_at=now)


def _log(pages: Sequence[Page], by: Person) -> None:
    """The entries that Wagtail writes when it creates a page."""
    context = get_active_log_context()
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page=page,
            content_type=ContentType.objects.get_for_model(page, for_concrete_model=False),
            label=page.get_admin_display_title(),
            action="wagtail.create",
            timestamp=timezone.now(),
            user=by,
            uuid=context.uuid,
            content_changed=True,
            data={},
        )
        for page in pages
    )
