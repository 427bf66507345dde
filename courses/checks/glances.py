"""What every chapter and lesson of a draft comes to, known by its revision: kind, minutes, faults.

To tell it, a lesson's whole body is read and validated, which for three hundred lessons takes a
second. What a revision says does not change, so what it came to is kept in the cache; a revision
that autosave wrote over is a new one here, for its moment is part of the key.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import get_language
from wagtail.models import Page

from courses.drafts.nodes import Node, read_pages
from courses.models import ItemKind

from .readiness import page_problems

# Pictures and films can go without a revision being written: they are looked at again then.
KEPT_SECONDS = 3600
# Raise it when what is told, or how it is found, changes.
VERSION = 2


@dataclass(frozen=True)
class Glance:
    """``kind`` is a LessonKind, empty for a chapter; ``minutes`` are a lesson's own, else 0.

    ``faults`` are (what to mend, the way to it in the form), as ``readiness.Problem`` has them.
    """

    kind: str = ""
    has_quiz: bool = False
    minutes: int = 0
    is_preview: bool = False
    faults: tuple[tuple[str, str], ...] = ()


def glances_of(pages: Sequence[Page]) -> dict[int, Glance]:
    """``{page id: Glance}`` of chapters and lessons, rows of the tree.

    One round to the cache; a fixed number of SQL for those it does not know.
    """
    keys = {page.pk: _key(page) for page in pages}
    known = cache.get_many(keys.values())
    found = {page: known[key] for page, key in keys.items() if key in known}
    nodes = read_pages([page for page in pages if page.pk not in found])
    fresh = {node.page.pk: _look(node) for node in nodes}
    if fresh:
        cache.set_many({keys[page]: glance for page, glance in fresh.items()}, KEPT_SECONDS)
    return found | fresh


def _key(page: Page) -> str:
    saved = page.latest_revision_created_at
    moment = f"{saved.timestamp():.6f}" if saved else "-"
    return f"glance:{VERSION}:{get_language()}:{page.latest_revision_id}:{moment}"


def _look(node: Node) -> Glance:
    faults = tuple((problem.message, problem.field) for problem in page_problems(node))
    if node.kind != ItemKind.LESSON:
        return Glance(faults=faults)
    lesson = node.draft
    return Glance(
        kind=str(lesson.kind),
        has_quiz=lesson.has_quiz,
        minutes=lesson.estimated_duration,
        is_preview=lesson.is_preview,
        faults=faults,
    )
