"""What stands on the screen of an outline. The same number of SQL, whatever its size."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Q
from django.urls import reverse
from wagtail.models import Page

from courses.checks.glances import Glance, glances_of
from courses.checks.readiness import Problem, structure_problems
from courses.drafts.nodes import Node
from courses.models import (
    ChapterPage,
    CoursePage,
    LessonPage,
    ReleaseItem,
    ReleaseStatus,
)
from courses.models.outline import OutlineChange
from courses.models.structure import draft_structure
from courses.people import Person

from .journal import last_number
from .presence import others_at, writers_in
from .tree import Part, Tree, read_tree
from .undoing import next_redo, next_undo


@dataclass(frozen=True)
class InReleases:
    """What releases hold of a page: keys of revisions, None where there is none."""

    current: int | None = None
    in_review: int | None = None


@dataclass(frozen=True)
class Row:
    """A chapter or lesson on the screen. ``state``: draft, changed, review, live or retired."""

    part: Part
    glance: Glance
    state: str
    released: bool
    began: int = 0  # people who study it though it is retired
    here: tuple[str, ...] = ()  # names of others who have it open in the editor

    @property
    def icon(self) -> str:
        if self.part.is_chapter:
            return "chapter"
        return "quiz" if self.glance.has_quiz else self.glance.kind

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.part.id])

    @property
    def problems(self) -> list[Problem]:
        return [
            Problem(self.part.id, self.part.title, message, way)
            for message, way in self.glance.faults
        ]


@dataclass
class Outline:
    """``rows`` in reading order; ``bin`` holds the uppermost of what was removed, latest first."""

    course: CoursePage
    structure: str
    may_write: bool
    number: int
    rows: list[Row]
    bin: list[Part]
    problems: list[Problem]
    people: list[str]
    undo: OutlineChange | None
    redo: OutlineChange | None
    numbers: dict[int, str] = field(default_factory=dict)


def read_outline(*, course: CoursePage, user: Person) -> Outline:
    """The outline as ``user`` may see and change it; whether they may is asked before."""
    row = Page.objects.get(pk=course.pk)
    tree = read_tree(row)
    held = _held_by_releases(course)
    binned = {part.id for part in tree if _is_binned(tree, part, held)}
    shown = [part for part in tree if part.id not in binned]
    glances = glances_of([part.page for part in shown])
    here = writers_in([course.pk, *(part.id for part in shown)], besides=user)
    people = {name for names in here.values() for name in names}
    began = _who_began([part.id for part in shown if tree.is_gone(part) and part.id in held])
    rows = [
        Row(
            part=part,
            glance=glances[part.id],
            state=_state(tree, part, held.get(part.id)),
            released=part.id in held,
            began=began.get(part.id, 0),
            here=tuple(here.get(part.id, ())),
        )
        for part in shown
    ]
    return Outline(
        course=course,
        structure=draft_structure(course),
        may_write=course.permissions_for_user(user).can_edit(),
        number=last_number(course.pk),
        rows=rows,
        bin=_bin(tree, binned),
        problems=_problems(course, rows, tree),
        people=sorted(people.union(others_at(course.pk, user))),
        undo=next_undo(course.pk, user),
        redo=next_redo(course.pk, user),
        numbers=tree.numbers(),
    )


def _held_by_releases(course: CoursePage) -> dict[int, InReleases]:
    items = ReleaseItem.objects.filter(release__course=course.pk).order_by().values("page_id")
    found = items.annotate(
        current=Max("revision_id", filter=Q(release__status=ReleaseStatus.CURRENT)),
        in_review=Max("revision_id", filter=Q(release__status=ReleaseStatus.IN_REVIEW)),
    )
    return {one["page_id"]: InReleases(one["current"], one["in_review"]) for one in found}


def _is_binned(tree: Tree, part: Part, held: Mapping[int, InReleases]) -> bool:
    """Removed, and no release ever held it or anything in it: it is out of sight altogether.

    What was never released and stands in a retired chapter goes out of sight with it.
    """
    if not tree.is_gone(part):
        return False
    return part.id not in held and all(one.id not in held for one in part.below())


def _bin(tree: Tree, binned: Collection[int]) -> list[Part]:
    """What one takes out by itself; what stands in a retired chapter comes back with it."""
    uppermost = [tree.parts[page] for page in binned if tree.parts[page].retired]
    uppermost = [
        part for part in uppermost if not any(one.id in binned for one in tree.above(part))
    ]
    return sorted(uppermost, key=lambda part: part.id, reverse=True)


def _state(tree: Tree, part: Part, held: InReleases | None) -> str:
    if tree.is_gone(part):
        return "retired"
    if held and held.in_review and held.in_review == part.page.latest_revision_id:
        return "review"
    if not (part.page.live and held and held.current):
        return "draft"
    return "live" if held.current == part.page.latest_revision_id else "changed"


def _who_began(lessons: list[int]) -> dict[int, int]:
    """How many people began each lesson; nothing is asked where none is retired."""
    if not lessons:
        return {}
    began = LessonPage.objects.filter(pk__in=lessons).order_by().values("pk")
    return dict(began.annotate(people=Count("progress")).values_list("pk", "people"))


def _problems(course: CoursePage, rows: list[Row], tree: Tree) -> list[Problem]:
    """Of the outline as a whole, as a submission would find them."""
    top = Node(
        page=course,
        draft=CoursePage(title=course.title, structure_type=draft_structure(course)),
        revision_id=0,
        content={},
    )
    nodes: dict[int, Node] = {course.pk: top}
    numbers = tree.numbers()
    for row in rows:
        if row.state == "retired":
            continue
        part = row.part
        draft: Any = ChapterPage(title=part.title)
        if not part.is_chapter:
            draft = LessonPage(title=part.title, is_preview=row.glance.is_preview)
        node = Node(
            page=part.page,
            draft=draft,
            revision_id=0,
            content={},
            parent=nodes[part.parent],
            number=numbers[part.id],
        )
        nodes[part.parent].children.append(node)
        nodes[part.id] = node
    return list(structure_problems(list(nodes.values())))
