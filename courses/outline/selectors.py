"""What stands on the screen of an outline. The same number of SQL, whatever its size."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Max, Q
from django.utils.translation import get_language
from wagtail.models import Page

from courses.checks.readiness import Problem
from courses.checks.ready import PageFound, Readiness, readiness_of
from courses.models import (
    CoursePage,
    LessonPage,
    ReleaseItem,
    ReleaseStatus,
)
from courses.models.outline import OutlineChange
from courses.models.structure import draft_structure
from courses.people import Person

from .bin import in_bin
from .journal import last_number, pages_of
from .presence import others_at, writers_in
from .tree import OutlinePart, Tree, read_tree
from .undoing import next_redo, next_undo


@dataclass(frozen=True)
class InReleases:
    """What releases hold of a page: keys of revisions, None where there is none."""

    current: int | None = None
    in_review: int | None = None


@dataclass(frozen=True)
class Row:
    """A chapter or lesson on the screen. ``state``: draft, changed, review, live or retired."""

    part: OutlinePart
    found: PageFound
    state: str
    released: bool
    began: int = 0  # people who study it though it is retired
    here: tuple[str, ...] = ()  # names of others who have it open in the editor
    standing: tuple[Problem, ...] = ()  # what is to mend in where it stands, and what in it

    @property
    def icon(self) -> str:
        if self.part.is_chapter:
            return "chapter"
        return "quiz" if self.found.has_quiz else self.found.kind

    @property
    def problems(self) -> list[Problem]:
        """What is to mend in it; nothing where it leaves the course."""
        if self.state == "retired":
            return []
        return [*self.standing, *self.found.problems(self.part.id, self.part.title)]


@dataclass(frozen=True)
class Looked:
    """What is known of an outline before any draft in it is read."""

    course: CoursePage
    user: Person
    tree: Tree
    releases: dict[int, InReleases]
    here: dict[int, list[str]]
    people: list[str]
    number: int
    undo: OutlineChange | None
    redo: OutlineChange | None

    @cached_property
    def version(self) -> str:
        """Another one whenever anything on the screen would be: 16 hex digits."""
        told = (
            [(part.row, part.retired) for part in self.tree],
            self.course.latest_revision_id,
            sorted(self.releases.items()),
            sorted(self.here.items()),
            self.people,
            self.number,
            self.undo and self.undo.pk,
            self.redo and self.redo.pk,
            get_language(),
        )
        return hashlib.blake2s(repr(told).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Way:
    """A change that can be taken back or made again, and the uppermost of what it is about."""

    change: OutlineChange
    parts: list[OutlinePart]


@dataclass
class DraftOutline:
    """``rows`` in reading order; ``bin`` holds the uppermost of what was removed, latest first.

    ``to_mend`` is how much stands between the course and review; ``problems`` are those of it
    that are said of no row. ``undo`` and ``redo`` say what they would take back.
    """

    looked: Looked
    structure: str
    may_write: bool
    rows: list[Row]
    bin: list[OutlinePart]
    problems: list[Problem]
    to_mend: int
    numbers: dict[int, str]
    undo: Way | None
    redo: Way | None

    def parts_of(self, pages: Iterable[int]) -> list[OutlinePart]:
        """The uppermost of ``pages`` that are still there, in reading order."""
        return self.looked.tree.in_order(pages)


def look_at(*, course: CoursePage, user: Person) -> Looked:
    """Whether ``user`` may is asked before. Nine SQL, whatever its size."""
    tree = read_tree(Page.objects.get(pk=course.pk))
    here = writers_in([course.pk, *tree.parts], besides=user)
    people = {name for names in here.values() for name in names}
    return Looked(
        course=course,
        user=user,
        tree=tree,
        releases=_held_by_releases(course),
        here=here,
        people=sorted(people.union(others_at(course.pk, user))),
        number=last_number(course.pk),
        undo=next_undo(course.pk, user),
        redo=next_redo(course.pk, user),
    )


def read_outline(
    *, course: CoursePage, user: Person, readiness: Readiness | None = None
) -> DraftOutline:
    """The outline as ``user`` may see and change it; whether they may is asked before."""
    return draw(look_at(course=course, user=user), readiness=readiness)


def draw(looked: Looked, *, readiness: Readiness | None = None) -> DraftOutline:
    """Everything on the screen."""
    course, tree, held = looked.course, looked.tree, looked.releases
    ready = readiness or readiness_of(tree.course)
    binned = {part.id for part in tree if _is_binned(tree, part, held)}
    shown = [part for part in tree if part.id not in binned]
    began = _who_began([part.id for part in shown if tree.is_gone(part) and part.id in held])
    in_place, of_course = _where_told(ready, tree)
    rows = [
        Row(
            part=part,
            found=ready.of_pages[part.id],
            state=_state(tree, part, held.get(part.id)),
            released=part.id in held,
            began=began.get(part.id, 0),
            here=tuple(looked.here.get(part.id, ())),
            standing=tuple(in_place.get(part.id, ())),
        )
        for part in shown
    ]
    about = pages_of(change for change in (looked.undo, looked.redo) if change)
    return DraftOutline(
        looked=looked,
        structure=draft_structure(course),
        may_write=course.permissions_for_user(looked.user).can_edit(),
        rows=rows,
        bin=in_bin(tree, binned),
        problems=of_course,
        to_mend=len(ready.problems),
        numbers=tree.numbers(),
        undo=_way(looked.undo, tree, about),
        redo=_way(looked.redo, tree, about),
    )


def _way(change: OutlineChange | None, tree: Tree, about: Mapping[int, set[int]]) -> Way | None:
    return Way(change, tree.in_order(about[change.pk])) if change else None


def _where_told(ready: Readiness, tree: Tree) -> tuple[dict[int, list[Problem]], list[Problem]]:
    """(by page, what is wrong in where it stands; what is said of no row, in reading order)."""
    in_place: dict[int, list[Problem]] = {}
    of_course: list[Problem] = []
    whole = set(ready.whole)
    for problem in ready.problems:
        if problem in whole and not problem.field and problem.page_id in tree.parts:
            in_place.setdefault(problem.page_id, []).append(problem)
        elif problem in whole or problem.page_id not in tree.parts:
            of_course.append(problem)
    return in_place, of_course


def _held_by_releases(course: CoursePage) -> dict[int, InReleases]:
    items = ReleaseItem.objects.filter(release__course=course.pk).order_by().values("page_id")
    found = items.annotate(
        current=Max("revision_id", filter=Q(release__status=ReleaseStatus.CURRENT)),
        in_review=Max("revision_id", filter=Q(release__status=ReleaseStatus.IN_REVIEW)),
    )
    return {one["page_id"]: InReleases(one["current"], one["in_review"]) for one in found}


def _is_binned(tree: Tree, part: OutlinePart, held: Mapping[int, InReleases]) -> bool:
    """Removed, and no release ever held it or anything in it: it is out of sight altogether.

    What was never released and stands in a retired chapter goes out of sight with it.
    """
    if not tree.is_gone(part):
        return False
    return part.id not in held and all(one.id not in held for one in part.below())


def _state(tree: Tree, part: OutlinePart, held: InReleases | None) -> str:
    if tree.is_gone(part):
        return "retired"
    if held and held.in_review and held.in_review == part.row.latest_revision_id:
        return "review"
    if not (part.row.live and held and held.current):
        return "draft"
    return "live" if held.current == part.row.latest_revision_id else "changed"


def _who_began(lessons: list[int]) -> dict[int, int]:
    """How many people began each lesson; nothing is asked where none is retired."""
    if not lessons:
        return {}
    began = LessonPage.objects.filter(pk__in=lessons).order_by().values("pk")
    return dict(began.annotate(people=Count("progress")).values_list("pk", "people"))
