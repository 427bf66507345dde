"""What a search reads, written anew while somebody takes a course off the shelf.

With its control: the same race without the lock, in which the course is found for ever.
"""

import pytest

from storefront.catalogue.tiers import find_again
from storefront.models import CatalogueEntry, Findable
from tests.builders import a_released_course
from tests.bulk import many_courses
from tests.people import person

from .meanwhile import meanwhile

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
LOCK = "LOCK TABLE storefront_catalogueentry IN SHARE ROW EXCLUSIVE MODE;"


@pytest.fixture
def shelf(catalogue):
    many_courses(like=a_released_course(by=person("ada"), title="Sewing"), count=9)


def take_one_away() -> None:
    CatalogueEntry.objects.filter(students=3).update(listed=False)


def found_after_one_has_gone() -> int:
    with meanwhile(take_one_away) as begin:
        find_again()
        begin()
    assert CatalogueEntry.objects.filter(listed=True).count() == 9
    return Findable.objects.count()


def test_a_course_that_leaves_while_all_are_written_is_not_found(shelf):
    assert found_after_one_has_gone() == 9


def test_control_without_the_lock_it_is_found_for_ever(shelf, without):
    without("catalogue_find_again", LOCK)

    assert found_after_one_has_gone() == 10
