"""The journal of a course's outline: what is written down of each change, and asked of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.models.outline import (
    OutlineChange,
    OutlineFact,
    OutlineState,
    OutlineStep,
    OutlineVerb,
)
from courses.people import Person
from courses.wording.apart import apart

from .errors import OutlineClash
from .tree import OutlinePart

# Older ones are forgotten now and then: nobody undoes what a thousand changes stand upon.
KEPT = 1000
FORGOTTEN_EVERY = 100


@dataclass(frozen=True)
class Set:
    """One fact of one page, from what it was to what it is. ``was`` and ``now`` are JSON."""

    page: int
    fact: OutlineFact
    was: Any
    now: Any


def last_number(course_id: int) -> int:
    """0 before the first change."""
    changes = OutlineChange.objects.filter(course=course_id)
    return changes.aggregate(last=Max("number"))["last"] or 0


def written_before(course_id: int, key: UUID) -> OutlineChange | None:
    """The change that was asked for by this key before."""
    return OutlineChange.objects.filter(course=course_id, key=key).first()


def record(
    *,
    course_id: int,
    verb: OutlineVerb,
    key: UUID,
    by: Person | None,
    steps: Sequence[Set],
    of: OutlineChange | None = None,
    parts: int | None = None,
) -> OutlineChange:
    """Writes the change down, under the lock on the course. Four SQL.

    ``parts`` is how many chapters and lessons it is about, where ``steps`` do not tell.
    Whatever the person had undone stays undone from now on, unless this is an undo or redo.
    """
    number = last_number(course_id) + 1
    if of is None and by is not None:
        undone = OutlineChange.objects.filter(course=course_id).of(by).redoable()
        undone.update(state=OutlineState.LEFT)
    change = OutlineChange.objects.create(
        course_id=course_id,
        number=number,
        verb=verb,
        key=key,
        by=by,
        of=of,
        parts=len({step.page for step in steps}) if parts is None else parts,
    )
    OutlineStep.objects.bulk_create(
        OutlineStep(change=change, page_id=step.page, fact=step.fact, was=step.was, now=step.now)
        for step in steps
    )
    if any(step.fact == OutlineFact.PLACE for step in steps):
        # Learners have another order until it is submitted, and the studio says so.
        course = Page.objects.filter(pk=course_id, live=True)
        course.update(has_unpublished_changes=True)
    if number % FORGOTTEN_EVERY == 0:
        OutlineChange.objects.filter(course=course_id, number__lte=number - KEPT).delete()
    return change


def pages_of(changes: Iterable[OutlineChange]) -> dict[int, set[int]]:
    """``{key of a change: ids of the pages that it set something of}``. One SQL at most."""
    found: dict[int, set[int]] = {change.pk: set() for change in changes}
    if found:
        steps = OutlineStep.objects.filter(change__in=list(found)).order_by()
        for change, page in steps.values_list("change_id", "page_id"):
            found[change].add(page)
    return found


def moves_since(
    pages: Iterable[int], *, course_id: int, seen: int, by: Person
) -> list[OutlineStep]:
    """The steps by which others than ``by`` moved ``pages`` after change ``seen``, latest first."""
    moved = OutlineStep.objects.filter(
        page__in=list(pages),
        fact=OutlineFact.PLACE,
        change__course=course_id,
        change__number__gt=seen,
    )
    # Nobody known is somebody else.
    others = moved.exclude(change__by__isnull=False, change__by=by)
    return list(others.select_related("change__by").order_by("-change__number", "pk"))


def who_set(page: int, fact: OutlineFact, value: Any, *, course_id: int) -> str:
    """The name of whoever set this fact of ``page`` to ``value``; empty when nobody knows.

    Titles are written in the editor too, which is in no journal.
    """
    steps = OutlineStep.objects.filter(page=page, fact=fact, change__course=course_id)
    last = steps.select_related("change__by").order_by("-change__number", "-pk").first()
    return str(last.change.by) if last and last.change.by and last.now == value else ""


def require_unmoved(parts: Sequence[OutlinePart], *, course_id: int, seen: int, by: Person) -> None:
    """Raises OutlineClash when somebody else moved one of ``parts`` after what was seen."""
    later = moves_since([part.id for part in parts], course_id=course_id, seen=seen, by=by)
    if not later:
        return
    who = later[0].change.by
    moved = {step.page_id for step in later}
    first = next(part for part in parts if part.id in moved)
    raise OutlineClash(
        _("“%(title)s” was moved meanwhile. It stays there until you choose.")
        % {"title": apart(first.title)},
        code="moved_meanwhile",
        who=str(who) if who else "",
        pages=sorted(moved),
    )
