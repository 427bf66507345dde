"""What lies in the bin of a course: what somebody threw away, before any release held it.

What an undo takes back was never thrown away: redo makes it again, and until then it is nowhere.
Unless something was written in it meanwhile, perhaps by somebody else: then it lies in the bin,
for there is no other way to it.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from courses.models.outline import OutlineFact, OutlineStep, OutlineVerb

from .tree import OutlinePart, Tree


def in_bin(tree: Tree, gone: Collection[int]) -> list[OutlinePart]:
    """Of the parts ``gone``, which no release ever held, those one takes out by themselves.

    The latest first; what stands in one of them comes back with it. One SQL, none without any.
    """
    uppermost = [
        tree.parts[page]
        for page in sorted(gone, reverse=True)
        if tree.parts[page].retired
        and not any(one.id in gone for one in tree.above(tree.parts[page]))
    ]
    taken_back = _taken_back(uppermost)
    return [part for part in uppermost if part.id not in taken_back]


def _taken_back(parts: Iterable[OutlinePart]) -> set[int]:
    """Which of them nobody removed: making them was undone, and nothing was written in them."""
    asked = {part.id: part for part in parts}
    if not asked:
        return set()
    steps = OutlineStep.objects.filter(page__in=list(asked), fact=OutlineFact.RETIRED)
    last = steps.order_by("page_id", "-change__number", "-pk").distinct("page_id")
    found = last.values_list("page_id", "change__verb", "change__of__verb", "change__of__at")
    return {
        page
        for page, verb, undone, made_at in found
        if verb == OutlineVerb.UNDO
        and undone != OutlineVerb.RESTORE  # it was in the bin before that
        and all(_is_as_made(one, asked[page], made_at) for one in _whole(asked[page]))
    }


def _whole(part: OutlinePart) -> Iterable[OutlinePart]:
    return [part, *part.below()]


def _is_as_made(part: OutlinePart, uppermost: OutlinePart, made_at: datetime) -> bool:
    """Whether it came with the change that made ``uppermost``, and was not saved since."""
    saved = part.row.latest_revision_created_at
    # What stood before and was moved into it is older, and so has a smaller key.
    return part.id >= uppermost.id and (saved is None or saved <= made_at)
