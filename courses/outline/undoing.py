"""Undo and redo: the steps of a change set back, and set again."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import ReleaseItem
from courses.models.outline import (
    MAKING,
    OutlineChange,
    OutlineFact,
    OutlineState,
    OutlineStep,
    OutlineVerb,
)
from courses.models.structure import draft_structure
from courses.people import Person
from courses.wording.apart import apart

from .errors import OutlineClash
from .holding import Held, hold
from .journal import Set, record, written_before
from .placing import require_place, told_place
from .removing import mark
from .settling import Settling
from .structure import write_structure
from .tree import OutlinePlace
from .writing import ATTRIBUTES, value_of, write_fact


def next_undo(course_id: int, by: Person) -> OutlineChange | None:
    """The last of one's own changes that stands."""
    changes = OutlineChange.objects.filter(course=course_id).of(by).undoable()
    return changes.order_by("-number").first()


def next_redo(course_id: int, by: Person) -> OutlineChange | None:
    """Of one's own changes that were undone and nothing came after, the first."""
    changes = OutlineChange.objects.filter(course=course_id).of(by).redoable()
    return changes.order_by("number").first()


@transaction.atomic
def undo(*, course_id: int, number: int, by: Person, key: UUID) -> OutlineChange:
    """Sets back everything that one's own last change set.

    Raises OutlineClash when ``number`` is not the last, or somebody changed the same since.
    """
    return _answer(course_id, number, by, key, verb=OutlineVerb.UNDO)


@transaction.atomic
def redo(*, course_id: int, number: int, by: Person, key: UUID) -> OutlineChange:
    """Sets it again. Raises as ``undo`` does."""
    return _answer(course_id, number, by, key, verb=OutlineVerb.REDO)


def _answer(
    course_id: int, number: int, by: Person, key: UUID, *, verb: OutlineVerb
) -> OutlineChange:
    held = hold(course_id, by)
    if before := written_before(course_id, key):
        return before
    back = verb == OutlineVerb.UNDO
    change = next_undo(course_id, by) if back else next_redo(course_id, by)
    if change is None or change.number != number:
        raise _cannot(_("Something else was done since; there is nothing to take back here."))
    steps = list(change.steps.order_by("pk"))
    if not steps and change.parts:
        raise _cannot(_("What this was about was deleted for ever."))
    wanted = list(_wanted(steps, back=back))
    for group in wanted:
        _require_ours(held, change, group)
    written = [step for group in wanted for step in _set(held, group)]
    change.state = OutlineState.UNDONE if back else OutlineState.DONE
    change.save(update_fields=["state"])
    return record(course_id=course_id, verb=verb, key=key, by=by, steps=written, of=change)


def _wanted(steps: Sequence[OutlineStep], *, back: bool) -> Iterator[list[Set]]:
    """The steps in the order they are set: of one fact together, backwards for an undo.

    Within one fact the order stays: places stand in reading order, the left neighbour first.
    """
    groups = [list(group) for _fact, group in groupby(steps, key=lambda step: step.fact)]
    for group in reversed(groups) if back else groups:
        yield [
            Set(
                step.page_id,
                OutlineFact(step.fact),
                step.now if back else step.was,
                step.was if back else step.now,
            )
            for step in group
        ]


def _require_ours(held: Held, change: OutlineChange, group: Sequence[Set]) -> None:
    """Raises OutlineClash where somebody else changed the same fact of the same page since."""
    if group[0].fact == OutlineFact.PLACE:
        _require_our_places(held, change, [step.page for step in group])
        return
    for step in group:
        if step.fact == OutlineFact.STRUCTURE:
            if draft_structure(held.draft) != step.was:
                raise _cannot(_("The structure of the course was changed since."))
            continue
        part = held.part(step.page)
        named = {"title": apart(part.title)}
        if step.fact == OutlineFact.RETIRED:
            if part.retired != step.was:
                raise _cannot(_("“%(title)s” was removed or brought back since.") % named)
            if step.now and change.verb in MAKING and _is_released(step.page):
                raise _cannot(_("“%(title)s” was submitted since.") % named)
        elif value_of(held, step.page, step.fact) != step.was:
            raise _cannot(_("“%(title)s” was changed since.") % named)


def _require_our_places(held: Held, change: OutlineChange, pages: Sequence[int]) -> None:
    """Nothing that stands and came after the change has moved any of the pages."""
    titles = {page: held.part(page).title for page in pages}
    moved = OutlineStep.objects.filter(
        page__in=pages,
        fact=OutlineFact.PLACE,
        change__course=change.course_id,
        change__number__gt=change.number,
        change__state=OutlineState.DONE,
    ).exclude(change__verb__in=[OutlineVerb.UNDO, OutlineVerb.REDO])
    later = moved.select_related("change__by").order_by("-change__number").first()
    if later is None:
        return
    raise OutlineClash(
        _("“%(title)s” was moved since.") % {"title": apart(titles[later.page_id])},
        code="cannot_undo",
        who=str(later.change.by) if later.change.by else "",
        pages=[later.page_id],
    )


def _is_released(page: int) -> bool:
    return ReleaseItem.objects.filter(page=page).exists()


def _set(held: Held, group: Sequence[Set]) -> list[Set]:
    """Sets the facts; the steps that were made of them."""
    fact = group[0].fact
    if fact == OutlineFact.PLACE:
        return _put_back(held, group)
    if fact == OutlineFact.RETIRED:
        mark(held, group)
        held.read_again()
    elif fact == OutlineFact.STRUCTURE:
        write_structure(held, group[0].now)
    elif fact in ATTRIBUTES:
        write_fact(held, group)
    return list(group)


def _put_back(held: Held, group: Sequence[Set]) -> list[Set]:
    was = {step.page: told_place(held.tree, held.part(step.page)) for step in group}
    settling = Settling(held)
    for step in group:
        part = held.part(step.page)
        to = _place_now(held, step)
        require_place(held, [part], to)
        settling.put(part, to)
    settling.write()
    held.read_again()
    return [
        Set(page, OutlineFact.PLACE, place, told_place(held.tree, held.part(page)))
        for page, place in was.items()
    ]


def _place_now(held: Held, step: Set) -> OutlinePlace:
    """Where it stood, or as far from the beginning where its neighbour is gone."""
    parent, after = step.now["parent"], step.now["after"]
    if parent != held.course.pk and parent not in held.tree.parts:
        raise _cannot(_("The chapter that it stood in is gone."))
    others = [part.id for part in held.tree.siblings(parent) if part.id != step.page]
    if after is None or after in others:
        return OutlinePlace(parent, after)
    before = others[: step.now["index"]]
    return OutlinePlace(parent, before[-1] if before else None)


def _cannot(sentence: str) -> OutlineClash:
    return OutlineClash(sentence, code="cannot_undo")
