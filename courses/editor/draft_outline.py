"""The outline of a course as its newest drafts have it, told as that of a release is."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page, Revision

from courses.checks.ready import PageFound, readiness_of
from courses.models import ItemKind
from courses.releases.outline import Outline, OutlineNode


class DraftRow(NamedTuple):
    pk: int
    path: str
    latest_revision_id: int | None
    uuid: UUID
    is_lesson: bool
    leaves: bool


def draft_outline(course: Page) -> Outline:
    """What stays, in reading order. Three statements where nothing was saved since it was read."""
    found = readiness_of(course).of_pages
    rows = [DraftRow._make(row) for row in _below(course).values_list(*DraftRow._fields)]
    leaving = tuple(row.path for row in rows if row.leaves)
    rows = [row for row in rows if not row.path.startswith(leaving) and row.pk in found]
    descriptions = _descriptions([row for row in rows if not row.is_lesson])
    outline = Outline()
    ways: dict[str, OutlineNode] = {}
    for row in rows:
        parent = ways.get(row.path[: -Page.steplen])
        siblings = parent.children if parent else outline.nodes
        number = f"{parent.number}." if parent else ""
        ways[row.path] = node = _node(
            row,
            found[row.pk],
            number=f"{number}{len(siblings) + 1}",
            depth=(len(row.path) - len(course.path)) // Page.steplen,
            description=descriptions.get(row.latest_revision_id, ""),
        )
        siblings.append(node)
    for node in ways.values():
        node.minutes = node.minutes_below
    return outline


def _below(course: Page) -> QuerySet[Page]:
    return (
        Page.objects.filter(path__startswith=course.path, depth__gt=course.depth)
        .annotate(
            uuid=Coalesce("chapterpage__uuid", "lessonpage__uuid"),
            is_lesson=Q(lessonpage__isnull=False),
            leaves=Coalesce("chapterpage__retired", "lessonpage__retired", Value(False)),
        )
        .order_by("path")
    )


def _descriptions(chapters: list[DraftRow]) -> dict[int | None, str]:
    """By the revision. Those of lessons are long, and nobody needs them here."""
    keys = [row.latest_revision_id for row in chapters]
    told = Revision.objects.filter(pk__in=keys).values_list("pk", "content__description")
    return {key: description or "" for key, description in told}


def _node(
    row: DraftRow, found: PageFound, *, number: str, depth: int, description: str
) -> OutlineNode:
    return OutlineNode(
        item_id=0,
        page_id=row.pk,
        uuid=row.uuid,
        kind=ItemKind.LESSON if row.is_lesson else ItemKind.CHAPTER,
        number=number,
        title=found.title,
        description=description,
        minutes=found.minutes,
        video_seconds=0,
        depth=depth,
        content_type=found.kind,
        preview=found.is_preview,
        has_quiz=found.has_quiz,
    )
