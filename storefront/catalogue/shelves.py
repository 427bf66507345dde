"""Which courses stand where on the front page: each once, and no shelf that is nearly empty.

The window holds exactly five books or none. Below it stand four cards that are not in the
window: those that most people finished, or the newest. Three will do; one or two are no shelf,
and are found in the catalogue. A house with fewer courses than the window asks for shows them as
cards, all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storefront.models import CatalogueEntry

BOOKS = 5
CARDS = 4
FEWEST_CARDS = 3


@dataclass(frozen=True)
class Shelves:
    window: list[CatalogueEntry]
    cards: list[CatalogueEntry]
    finished: bool  # whether the cards are those that most people finished


def part(
    *,
    popular: Sequence[CatalogueEntry],
    finished: Sequence[CatalogueEntry],
    newest: Iterable[CatalogueEntry],
) -> Shelves:
    """Each list in its own order; the first ``BOOKS + CARDS`` of each are enough.

    ``newest`` is read only when it is needed.
    """
    if len(popular) < BOOKS:
        return Shelves(window=[], cards=list(newest)[:CARDS], finished=False)
    window = _of_different_subjects(popular)
    for found, are_finished in ((finished, True), (newest, False)):
        cards = [entry for entry in found if entry not in window][:CARDS]
        if len(cards) == CARDS or (not are_finished and len(cards) >= FEWEST_CARDS):
            return Shelves(window=window, cards=cards, finished=are_finished)
    return Shelves(window=window, cards=[], finished=False)


def _of_different_subjects(popular: Sequence[CatalogueEntry]) -> list[CatalogueEntry]:
    """Five of the most popular, of different subjects as far as there are so many."""
    books, seen = [], set()
    for entry in popular:
        if entry.category_id not in seen:
            seen.add(entry.category_id)
            books.append(entry)
    books += [entry for entry in popular if entry not in books]
    return books[:BOOKS]
