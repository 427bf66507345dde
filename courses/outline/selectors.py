"""What stands on the screen of an outline. The same number of SQL, whatever its size."""

import hashlib
from collections.abc import Collection, Mapping
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

from .journal import last_number
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
        return self.found.problems(self.part.id, self.part.title)


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


@dataclass
class DraftOutline:
    """``rows`` in reading order; ``bin`` holds the uppermost of what was removed, latest first."""

    looked: Looked
    structure: str
    may_write: bool
    rows: list[Row]
    bin: list[OutlinePart]
    problems: list[Problem]
    numbers: dict[int, str]


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
    rows = [
        Row(
            part=part,
            found=ready.of_pages[part.id],
            state=_state(tree, part, held.get(part.id)),
            released=part.id in held,
            began=began.get(part.id, 0),
            here=tuple(looked.here.get(part.id, ())),
        )
        for part in shown
    ]
    return DraftOutline(
        looked=looked,
        structure=draft_structure(course),
        may_write=course.permissions_for_user(looked.user).can_edit(),
        rows=rows,
        bin=_bin(tree, binned),
        problems=ready.whole,
        numbers=tree.numbers(),
    )


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


def _bin(tree: Tree, binned: Collection[int]) -> list[OutlinePart]:
    """What one takes out by itself; what stands in a retired chapter comes back with it."""
    uppermost = [tree.parts[page] for page in binned if tree.parts[page].retired]
    uppermost = [
        part for part in uppermost if not any(one.id in binned for one in tree.above(part))
    ]
    return sorted(uppermost, key=lambda part: part.id, reverse=True)


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
