"""Each course once on the front page, and no shelf that is nearly empty."""

import pytest

from storefront.catalogue.shelves import part
from storefront.models import CatalogueEntry

# (listed): (books in the window, cards below it)
SHOWN = {0: (0, 0), 1: (0, 1), 2: (0, 2), 4: (0, 4), 5: (5, 0), 6: (5, 0), 7: (5, 0)}
SHOWN |= {8: (5, 3), 9: (5, 4), 100: (5, 4)}


def entries(count: int, *, subjects: int = 1) -> list[CatalogueEntry]:
    return [CatalogueEntry(pk=pk, category_id=pk % subjects) for pk in range(1, count + 1)]


def keys(found: list[CatalogueEntry]) -> list[int]:
    return [entry.pk for entry in found]


@pytest.mark.parametrize("finished", [0, 1, 9])
@pytest.mark.parametrize("count", SHOWN)
def test_a_course_stands_on_one_shelf_and_no_shelf_is_nearly_empty(count, finished):
    listed = entries(count)

    shelves = part(popular=listed, finished=listed[:finished], newest=listed[::-1])

    assert (len(shelves.window), len(shelves.cards)) == SHOWN[count]
    shown = keys([*shelves.window, *shelves.cards])
    assert len(set(shown)) == len(shown)


def test_what_was_finished_most_comes_before_what_is_new():
    listed = entries(20)

    shelves = part(popular=listed, finished=listed[2:14], newest=listed[::-1])

    assert keys(shelves.window) == [1, 2, 3, 4, 5]
    assert keys(shelves.cards) == [6, 7, 8, 9]
    assert shelves.finished


def test_when_few_were_finished_the_newest_stand_below():
    listed = entries(20)

    shelves = part(popular=listed, finished=listed[:8], newest=listed[::-1])

    assert keys(shelves.cards) == [20, 19, 18, 17]
    assert not shelves.finished


def test_the_window_shows_different_subjects_while_there_are_some():
    listed = entries(12, subjects=3)

    shelves = part(popular=listed, finished=[], newest=listed[::-1])

    assert keys(shelves.window) == [1, 2, 3, 4, 5]
    mixed = [listed[index] for index in (0, 3, 6, 1, 2, 4, 5)]
    assert keys(part(popular=mixed, finished=[], newest=mixed).window) == [1, 2, 3, 4, 7]
