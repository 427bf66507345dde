"""The sums of the catalogue, counted anew by two at once, and while a course changes.

With its control: the same race without the lock, in which every course counts twice.
"""

import time

import pytest

from storefront.catalogue.counting import count_again, count_whole
from storefront.models import CatalogueEntry, FacetCount
from tests.builders import a_released_course
from tests.bulk import many_courses
from tests.people import person

from .meanwhile import meanwhile

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

TOTAL = ("total", "all")
LOCK = "PERFORM pg_advisory_xact_lock(hashtext('catalogue_count_again'));"


@pytest.fixture
def shelf(catalogue):
    many_courses(like=a_released_course(by=person("ada"), title="Sewing"), count=9)
    CatalogueEntry.objects.filter(students__gt=5).update(level="advanced")


def counted_by_two_at_once() -> int:
    with meanwhile(count_again) as begin:
        count_again()
        begin()
    return count_whole()[TOTAL]


def test_two_that_count_at_once_count_each_course_once(shelf):
    assert counted_by_two_at_once() == 10
    assert FacetCount.objects.filter(facet="total").count() == 1


def test_control_without_the_lock_each_course_counts_twice(shelf, without):
    without("catalogue_count_again", LOCK)

    assert counted_by_two_at_once() == 20


def test_a_course_that_changes_while_all_are_counted_counts_once(shelf):
    with meanwhile(count_again) as begin:
        CatalogueEntry.objects.filter(students=3).update(level="beginner")
        begin()

    assert count_whole()[TOTAL] == 10
    assert count_whole()["level", "beginner"] == 1


def test_two_courses_of_one_pigeonhole_do_not_wait_for_each_other(shelf):
    """The second commits while the first has not."""
    seen = []

    def other() -> None:
        CatalogueEntry.objects.filter(students=4).update(level="beginner")
        seen.append(count_whole()["level", "beginner"])

    with meanwhile(other) as begin:
        CatalogueEntry.objects.filter(students=3).update(level="beginner")
        begin()
        deadline = time.monotonic() + 10
        while not seen and time.monotonic() < deadline:
            time.sleep(0.02)
        assert seen == [1]

    assert count_whole()["level", "beginner"] == 2
