"""Courses by how popular they are: what a search reads first, and what it finds all the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront.catalogue import tasks, tiers
from storefront.catalogue.tiers import part_by_popularity
from storefront.models import CatalogueEntry
from tests.builders import a_released_course
from tests.bulk import many_courses
from tests.forgetting import forget_what_is_kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(ada):
    """Number i has i learners."""
    like = a_released_course(by=ada, title="Sewing", subtitle="All of it.", syllabus=["Thread"])
    many_courses(like=like, count=29)
    return like


def by_tier() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {0: [], 1: [], 2: []}
    for tier, students in CatalogueEntry.objects.order_by("students").values_list(
        "tier", "students"
    ):
        found[tier].append(students)
    return found


def answer(client, address: str) -> tuple[int, list[str], dict[str, int]]:
    forget_what_is_kept()
    context = client.get(address).context
    counts = {
        f"{facet.name} {option.value}": option.count
        for facet in context["facets"]
        for option in facet.options
    }
    return context["total"], [entry.title for entry in context["entries"]], counts


def test_courses_are_parted_by_their_learners_and_a_new_one_waits_for_its_hour(shelf):
    assert by_tier() == {0: [], 1: [], 2: list(range(30))}

    assert part_by_popularity(first=5, second=20) == 20

    assert by_tier() == {0: list(range(25, 30)), 1: list(range(10, 25)), 2: list(range(10))}


def test_only_courses_whose_place_has_changed_are_written(shelf):
    part_by_popularity(first=5, second=20)
    CatalogueEntry.objects.filter(students=3).update(students=99)

    assert part_by_popularity(first=5, second=20) == 3
    assert by_tier() == {
        0: [*range(26, 30), 99],
        1: list(range(11, 26)),
        2: [0, 1, 2, *range(4, 11)],
    }
    assert part_by_popularity(first=5, second=20) == 0


def test_the_clock_parts_them(shelf, monkeypatch):
    parted = []
    monkeypatch.setattr(tiers, "part_by_popularity", lambda: parted.append(True))

    tasks.count_catalogue()

    assert parted == [True]


@pytest.mark.parametrize("asked", ["", "&level=beginner", "&level=beginner&price=free&sort=newest"])
def test_whatever_stands_in_which_tier_a_search_finds_and_counts_the_same(shelf, client, asked):
    CatalogueEntry.objects.filter(students__lt=17).update(level="beginner")
    address = f"/courses/?q=sewing{asked}"
    before = answer(client, address)

    part_by_popularity(first=4, second=11)

    assert answer(client, address) == before
    assert before[0] == {"": 30, "&level=beginner": 17}.get(asked, before[0]) > 0


def test_the_most_popular_of_too_many_are_ranked(shelf, client, monkeypatch):
    """All of the first tier is read, however few matches are asked for."""
    for module in ("counting", "matching"):
        monkeypatch.setattr(f"storefront.catalogue.{module}.MOST", 5)
    monkeypatch.setattr("storefront.catalogue.matching.CANDIDATES", 3)
    part_by_popularity(first=12, second=20)

    page = client.get("/courses/?q=sewing").context

    assert (page["total"], page["more"], page["best"]) == (5, True, 3)
    assert [entry.students for entry in page["entries"]] == [29, 28, 27]


def test_parting_is_one_statement(shelf):
    with CaptureQueriesContext(connection) as asked:
        part_by_popularity()

    assert len(asked) == 1
