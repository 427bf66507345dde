"""How many queries a catalogue page may cost, at ten courses and at a thousand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront.catalogue import catalogue_sheet
from tests.builders import a_released_course
from tests.bulk import many_courses
from tests.forgetting import forget_what_is_kept
from tests.people import logged_in

pytestmark = pytest.mark.django_db
BUDGET = 4


def queries(client, address: str, *, made: bool = False) -> int:
    """With what a process remembers: subjects, synonyms, stems, words of the catalogue.

    And with the page, where it is kept, unless it is to be ``made``.
    """
    forget_what_is_kept()
    client.get(address)
    if made:
        for store in (catalogue_sheet._sheets, catalogue_sheet._of_words):
            store._store.drop(None)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("address", "cost"),
    [
        ("/courses/", 1),  # session and user
        ("/courses/?level=all&price=paid&sort=newest", 1),
        ("/courses/?q=sewing&category=craft&level=all&price=paid&sort=newest", 1),
        ("/courses/?producer={producer}&level=all", 2),  # the producer's name
        ("/courses/?q=sewign", 1),
        ("/suggestions/?q=sew", 1),  # nobody is asked who it is
    ],
)
def test_a_catalogue_page_costs_the_same_at_ten_and_at_a_thousand(client, ada, dana, address, cost):
    like = a_released_course(by=ada, title="Sewing", syllabus=["Thread"])
    logged_in(client, dana)
    address = address.format(producer=ada.pk)
    many_courses(like=like, count=9)
    at_ten = queries(client, address)

    many_courses(like=like, count=990, after=9)
    at_a_thousand = queries(client, address)

    assert (at_ten, at_a_thousand) == (cost, cost)
    assert cost <= BUDGET


@pytest.mark.parametrize(
    ("address", "cost"),
    [
        ("/courses/", 3),
        ("/courses/?level=all&price=paid&sort=newest", 3),
        ("/courses/?producer={producer}&level=all", 4),
        ("/courses/?q=sewing", 3),
        ("/courses/?q=sewing&category=craft&level=all&price=paid&sort=newest", 3),
        (
            "/courses/?q=sewign",
            4,
        ),  # counts of what was typed, then those and a page of what was meant
    ],
)
def test_a_page_that_is_kept_was_made_by_counts_and_courses(client, ada, dana, address, cost):
    like = a_released_course(by=ada, title="Sewing", syllabus=["Thread"])
    logged_in(client, dana)
    address = address.format(producer=ada.pk)
    with_one = queries(client, address, made=True)

    many_courses(like=like, count=999)

    assert with_one == queries(client, address, made=True) == cost <= BUDGET


def test_a_deep_page_reads_no_offset(client, ada):
    many_courses(like=a_released_course(by=ada, title="Sewing", syllabus=["Thread"]), count=100)
    address = client.get("/courses/").context["older"]
    address = client.get(address).context["older"]

    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)

    assert len(response.context["entries"]) == 12
    assert not any("OFFSET" in query["sql"] for query in captured)
