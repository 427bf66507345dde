"""How far a course is from review, told often: what was found in a page is kept until it is saved.

``readiness.problems_of`` reads every lesson. Here only those are read that were saved since the
last time, so that a page of the studio can say "7 of 9 ready" of a course of three hundred lessons
in one statement. What decides is still the check of a submission, which reads everything.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import (
    Exists,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.drafts.nodes import Node, read_pages
from courses.models import CoursePage, ItemKind, LessonPage, ReleaseItem, ReleaseStatus

from .conditions import OF_LESSONS, Condition
from .readiness import Problem, course_problems, page_problems, structure_problems, where_of

# Goes up when a check changes what it says, so that nothing is told that an older one found.
CHECKS = 1
KEPT_FOR = 24 * 60 * 60  # seconds: files that a lesson shows may go without the lesson being saved
MOST_TOLD = 100  # problems of one page that are kept


@dataclass(frozen=True)
class Readiness:
    """``problems`` in reading order; ``lessons`` is how many the draft has."""

    problems: list[Problem]
    lessons: int

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


class _Found(NamedTuple):
    """What was found in a page, true for as long as ``stamp`` is."""

    stamp: str
    title: str
    is_preview: bool
    structure_type: str
    said: list[tuple[str, str, str]]  # (message, field, condition)


def readiness_of(course: Page, *, anew: bool = False) -> Readiness:
    """What stands between the newest draft of ``course`` and a moderator.

    One statement while nothing was saved since; ``anew`` reads everything again.
    """
    rows = list(_rows(course))
    staying = _staying(rows)
    kept: dict[int, _Found] = {} if anew else cache.get(_key(course.pk)) or {}
    fresh = [row for row in staying if row.pk not in kept or kept[row.pk].stamp != _stamp(row)]
    read = {node.page.pk: node for node in read_pages(course, fresh)}
    nodes = _tree(staying, read, kept)
    found = {
        node.page.pk: _found_in(node) if node.page.pk in read else kept[node.page.pk]
        for node in nodes
    }
    readiness = Readiness(
        problems=[
            *_told(nodes[0], found),
            *structure_problems(nodes),
            *(problem for node in nodes[1:] for problem in _told(node, found)),
        ],
        lessons=sum(node.kind == ItemKind.LESSON for node in nodes),
    )
    if fresh or len(found) != len(kept):
        cache.set(_key(course.pk), found, KEPT_FOR)
    summary = Summary(
        of=state_told(rows[0], sum(row.place for row in rows if row.specific_class is LessonPage)),
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


def state_told(course: Page, lessons: int | None) -> str:
    """What differs after anything was saved; ``lessons`` is the sum of their ``place``."""
    saved = course.latest_revision_created_at
    return f"{saved.isoformat() if saved else ''} {course.numchild} {lessons or 0}"


def place(retired: str = "retired") -> Func:
    """In a query: a number for where each page stands, whether it leaves and when it was saved."""
    told = Concat("path", retired, "latest_revision_created_at", output_field=TextField())
    return Func(told, function="hashtext", output_field=IntegerField())


def _rows(course: Page) -> QuerySet[Page, Any]:
    """The course and all below it, each with ``leaves``, ``unchanged`` and ``place``."""
    released = ReleaseItem.objects.filter(
        revision_id=OuterRef("latest_revision_id"),
        release__course_id=course.pk,
        release__status=ReleaseStatus.CURRENT,
    )
    pages: QuerySet[Page, Any] = Page.objects.filter(path__startswith=course.path)
    return (
        pages.annotate(
            leaves=Coalesce("chapterpage__retired", "lessonpage__retired", Value(False)),
            unchanged=Exists(released.order_by()),
        )
        .annotate(place=place("leaves"))
        .order_by("path")
    )


def _staying(rows: list[Any]) -> list[Any]:
    """Without the retired, and without what stands below a retired chapter."""
    leaving = tuple(row.path for row in rows if row.leaves)
    return [row for row in rows if not row.path.startswith(leaving)]


def _stamp(row: Any) -> str:
    saved = row.latest_revision_created_at
    return f"{row.latest_revision_id} {saved.isoformat() if saved else ''} {row.unchanged}"


def _tree(rows: Iterable[Any], read: dict[int, Node], kept: dict[int, _Found]) -> list[Node]:
    """Every page as a node in its place. Of what was not read it knows as much as was kept."""
    nodes: list[Node] = []
    ways: dict[str, Node] = {}
    for row in rows:
        node = read.get(row.pk) or _node_of(row, kept[row.pk])
        node.parent = ways.get(row.path[: -Page.steplen])
        node.children = []
        node.number = ""
        if node.parent:
            node.parent.children.append(node)
            node.number = f"{node.parent.number}.{len(node.parent.children)}".lstrip(".")
        ways[row.path] = node
        nodes.append(node)
    return nodes


def _node_of(row: Any, kept: _Found) -> Node:
    model = row.specific_class
    draft = model(title=kept.title)
    if model is LessonPage:
        draft.is_preview = kept.is_preview
    elif model is CoursePage:
        draft.structure_type = kept.structure_type
    return Node(page=row, draft=draft, revision_id=row.latest_revision_id, content={})


def _found_in(node: Node) -> _Found:
    problems = page_problems(node) if node.parent else course_problems(node)
    return _Found(
        stamp=_stamp(node.page),
        title=node.draft.title,
        is_preview=getattr(node.draft, "is_preview", False),
        structure_type=getattr(node.draft, "structure_type", ""),
        said=[(one.message, one.field, one.condition.value) for one in problems[:MOST_TOLD]],
    )


def _told(node: Node, found: dict[int, _Found]) -> Iterator[Problem]:
    """What was found in a page, called by the number and title that it has now."""
    for message, field, condition in found[node.page.pk].said:
        where = where_of(node) if node.parent else _("The course")
        yield Problem(node.page.pk, where, message, field, Condition(condition))


def _key(course_id: int) -> str:
    return f"ready:{CHECKS}:{get_language()}:{course_id}"


def _summary_key(course_id: int) -> str:
    return f"ready-in-short:{CHECKS}:{course_id}"
