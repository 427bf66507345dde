"""How far a course is from review, told often: what was found in a page is kept until it is saved.

``readiness.problems_of`` reads every lesson. Here only those are read that were saved since the
last time, so that a page of the studio can say "7 of 9 ready" of a course of three hundred lessons
in one statement. What decides is still the check of a submission, which reads everything.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import (
    Exists,
    Func,
    IntegerField,
    OuterRef,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.drafts.nodes import KIND_OF_MODEL, Node, read_pages
from courses.models import ItemKind, ReleaseItem, ReleaseStatus

from .conditions import OF_LESSONS, Condition
from .readiness import Problem, course_problems, page_problems, structure_problems, where_of
from .sketches import Sketch, SketchedNode

# Goes up when a check changes what it says, so that nothing is told that an older one found.
CHECKS = 4
KEPT_FOR = 24 * 60 * 60  # seconds: files that a lesson shows may go without the lesson being saved
MOST_TOLD = 100  # problems of one page that are kept
LESSON, CHAPTER = ItemKind.LESSON, ItemKind.CHAPTER


class PageFound(NamedTuple):
    """What the newest draft of a page comes to, true for as long as ``stamp`` is.

    ``kind`` is a LessonKind, empty for what is no lesson; ``minutes`` are a lesson's own, else 0.
    """

    stamp: str
    title: str
    kind: str
    has_quiz: bool
    minutes: int
    is_preview: bool
    structure_type: str
    said: list[tuple[str, str, str]]  # (message, field, condition)

    def problems(self, page_id: int, where: str) -> list[Problem]:
        return [
            Problem(page_id, where, message, field, Condition(condition))
            for message, field, condition in self.said
        ]


@dataclass(frozen=True)
class Readiness:
    """``problems`` in reading order; ``lessons`` is how many the draft has.

    ``of_pages`` is what each page comes to by itself, the retired ones too; ``whole`` are those of
    ``problems`` that are about how chapters and lessons stand.
    """

    problems: list[Problem]
    whole: list[Problem]
    lessons: int
    of_pages: dict[int, PageFound]

    @cached_property
    def unmet(self) -> set[Condition]:
        unmet = {problem.condition for problem in self.problems}
        return unmet if self.lessons else unmet | OF_LESSONS

    @property
    def fine(self) -> list[Condition]:
        return [condition for condition in Condition if condition not in self.unmet]

    @property
    def met(self) -> int:
        return len(self.fine)

    @property
    def total(self) -> int:
        return len(Condition)

    @property
    def is_ready(self) -> bool:
        return not self.problems


class Summary(NamedTuple):
    """As much of a readiness as a list of courses tells, true while the course is ``of``."""

    of: str
    met: int
    total: int
    problems: int


class _Row(NamedTuple):
    """As much of a page's row as is asked for: of three hundred no page is built."""

    pk: int
    path: str
    numchild: int
    content_type_id: int
    latest_revision_id: int | None
    latest_revision_created_at: datetime | None
    leaves: bool
    unchanged: bool
    place: int


def readiness_of(course: Page, *, anew: bool = False) -> Readiness:
    """What stands between the newest draft of ``course`` and a moderator.

    One statement while nothing was saved since; ``anew`` reads everything again.
    """
    rows, kinds = _rows(course), _kinds()
    stamps = {row.pk: _stamp(row) for row in rows}
    kept: dict[int, PageFound] = {} if anew else cache.get(_key(course.pk)) or {}
    fresh = [pk for pk, stamp in stamps.items() if pk not in kept or kept[pk].stamp != stamp]
    read = _read(course, fresh)
    found = {
        row.pk: _found_in(read[row.pk], stamps[row.pk]) if row.pk in read else kept[row.pk]
        for row in rows
    }
    nodes = _tree(_staying(rows), kinds, found)
    whole = list(structure_problems(nodes))
    readiness = Readiness(
        problems=[
            *_told(nodes[0], found),
            *whole,
            *(problem for node in nodes[1:] for problem in _told(node, found)),
        ],
        whole=whole,
        lessons=sum(node.kind == ItemKind.LESSON for node in nodes),
        of_pages=found,
    )
    if fresh or len(found) != len(kept):
        cache.set(_key(course.pk), found, KEPT_FOR)
    summary = Summary(
        of=state_told(
            rows[0],
            sum(row.place for row in rows if kinds[row.content_type_id] == LESSON),
            leaving=[
                row.path for row in rows if row.leaves and kinds[row.content_type_id] == CHAPTER
            ],
        ),
        met=readiness.met,
        total=readiness.total,
        problems=len(readiness.problems),
    )
    cache.set(_summary_key(course.pk), summary, KEPT_FOR)
    return readiness


def summaries_of(states: dict[int, str]) -> dict[int, Summary]:
    """Of courses, {key: ``state_told``}: what was last found, where that is still true. No SQL."""
    if not states:
        return {}
    kept = cache.get_many([_summary_key(key) for key in states])
    found = {key: kept.get(_summary_key(key)) for key in states}
    return {key: one for key, one in found.items() if one and one.of == states[key]}


def state_told(course: Page, lessons: int | None, *, leaving: Iterable[str]) -> str:
    """What differs after anything was saved.

    ``lessons`` is the sum of their ``place``, ``leaving`` the paths of chapters that leave.
    """
    saved = course.latest_revision_created_at
    chapters = ",".join(sorted(path[len(course.path) :] for path in leaving))
    return f"{saved.isoformat() if saved else ''} {course.numchild} {lessons or 0} {chapters}"


def place(retired: str = "retired") -> Func:
    """In a query: a number for where each page stands, whether it leaves and when it was saved."""
    told = Concat("path", retired, "latest_revision_created_at", output_field=TextField())
    return Func(told, function="hashtext", output_field=IntegerField())


def _rows(course: Page) -> list[_Row]:
    """The course and all below it, in reading order."""
    released = ReleaseItem.objects.filter(
        revision_id=OuterRef("latest_revision_id"),
        release__course_id=course.pk,
        release__status=ReleaseStatus.CURRENT,
    )
    pages = (
        Page.objects.filter(path__startswith=course.path)
        .annotate(
            leaves=Coalesce("chapterpage__retired", "lessonpage__retired", Value(False)),
            unchanged=Exists(released.order_by()),
        )
        .annotate(place=place("leaves"))
        .order_by("path")
    )
    return [_Row._make(row) for row in pages.values_list(*_Row._fields)]


def _kinds() -> dict[int, str]:
    """Of a page by its content type."""
    types = ContentType.objects.get_for_models(*KIND_OF_MODEL)
    return {types[model].pk: kind for model, kind in KIND_OF_MODEL.items()}


def _staying(rows: list[_Row]) -> list[_Row]:
    """Without the retired, and without what stands below a retired chapter."""
    leaving = tuple(row.path for row in rows if row.leaves)
    return [row for row in rows if not row.path.startswith(leaving)]


def _stamp(row: _Row) -> str:
    saved = row.latest_revision_created_at
    return f"{row.latest_revision_id} {saved.isoformat() if saved else ''} {row.unchanged}"


def _read(course: Page, keys: list[int]) -> dict[int, Node]:
    """The pages that were saved since, as their newest revisions have them."""
    pages = list(Page.objects.filter(pk__in=keys).order_by("path")) if keys else []
    return {node.page.pk: node for node in read_pages(course, pages)}


def _tree(rows: Iterable[_Row], kinds: dict[int, str], found: dict[int, PageFound]) -> list[Node]:
    """Every page as a node in its place, which knows as much as was found in it."""
    nodes: list[Node] = []
    ways: dict[str, Node] = {}
    for row in rows:
        one = found[row.pk]
        node = SketchedNode(
            page=row,
            draft=Sketch(one.title, one.is_preview, one.structure_type),
            revision_id=row.latest_revision_id or 0,
            content={},
            parent=ways.get(row.path[: -Page.steplen]),
            sketched_as=kinds[row.content_type_id],
        )
        if node.parent:
            node.parent.children.append(node)
            node.number = f"{node.parent.number}.{len(node.parent.children)}".lstrip(".")
        ways[row.path] = node
        nodes.append(node)
    return nodes


def _found_in(node: Node, stamp: str) -> PageFound:
    draft, is_lesson = node.draft, node.kind == LESSON
    problems = course_problems(node) if node.kind == ItemKind.COURSE else page_problems(node)
    return PageFound(
        stamp=stamp,
        title=draft.title,
        kind=str(draft.kind) if is_lesson else "",
        has_quiz=is_lesson and draft.has_quiz,
        minutes=draft.estimated_duration if is_lesson else 0,
        is_preview=getattr(draft, "is_preview", False),
        structure_type=getattr(draft, "structure_type", ""),
        said=[(one.message, one.field, one.condition.value) for one in problems[:MOST_TOLD]],
    )


def _told(node: Node, found: dict[int, PageFound]) -> Iterator[Problem]:
    """What was found in a page, called by the number and title that it has now."""
    where = where_of(node) if node.parent else _("The course")
    yield from found[node.page.pk].problems(node.page.pk, where)


def _key(course_id: int) -> str:
    return f"ready:{CHECKS}:{get_language()}:{course_id}"


def _summary_key(course_id: int) -> str:
    return f"ready-in-short:{CHECKS}:{course_id}"
