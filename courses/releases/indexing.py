"""Search and reference index of many pages at once, after their release is committed."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import COMMENTS_RELATION_NAME, Comment, Page, ReferenceIndex
from wagtail.search.backends import get_search_backends

from courses.promises.keeping import keeper
from courses.promises.queues import INDEX

REFERENCE = ("to_content_type_id", "to_object_id", "model_path", "content_path")


@keeper("courses.index_pages", queue=INDEX)
def index_pages(*, keys: list[int]) -> None:
    """Bring both indexes up to date for chapters and lessons; safe to run again."""
    pages = list(Page.objects.filter(pk__in=keys).specific())
    _give_comments(pages)
    by_model = defaultdict(list)
    for page in pages:
        by_model[type(page)].append(page)
    for model, found in by_model.items():
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(model, found)
    refer_pages(pages)


@transaction.atomic
def refer_pages(pages: Sequence[Page]) -> None:
    """What ``ReferenceIndex.create_or_update_for_object`` does, for many pages together."""
    if not pages:
        return
    base = ContentType.objects.get_for_model(Page)
    known: dict[str, dict[tuple[Any, ...], int]] = defaultdict(dict)
    for pk, object_id, *reference in ReferenceIndex.objects.filter(
        base_content_type=base, object_id__in=[str(page.pk) for page in pages]
    ).values_list("pk", "object_id", *REFERENCE):
        known[object_id][tuple(reference)] = pk
    added, stale = [], []
    for page in pages:
        found = set(ReferenceIndex._extract_references_from_object(page))
        before = known[str(page.pk)]
        stale += [pk for reference, pk in before.items() if reference not in found]
        added += [
            ReferenceIndex(
                content_type=page.cached_content_type,
                base_content_type=base,
                object_id=page.pk,
                to_content_type_id=to_type,
                to_object_id=to_id,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
            for to_type, to_id, model_path, content_path in found - before.keys()
        ]
    ReferenceIndex.objects.bulk_create(added, ignore_conflicts=True)
    ReferenceIndex.objects.filter(pk__in=stale).delete()


def _give_comments(pages: Sequence[Page]) -> None:
    """Comments refer to people; one query instead of one a page."""
    by_page = defaultdict(list)
    for comment in Comment.objects.filter(page_id__in=[page.pk for page in pages]):
        by_page[comment.page_id].append(comment)
    for page in pages:
        setattr(page, COMMENTS_RELATION_NAME, by_page[page.pk])
