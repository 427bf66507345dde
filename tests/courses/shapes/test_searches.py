"""Searches and filters: what an address asks for has a limit, whoever reads it."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from courses.shapes.refusals import Misshapen
from courses.shapes.searches import (
    LONGEST_SEARCH,
    LONGEST_VALUE,
    MOST_VALUES,
    MOST_WORDS,
    SEARCHES,
    cut,
    within_limits,
)
from tests.builders import a_course, a_released_course, the_catalogue
from tests.people import logged_in

WORDS = " ".join(f"w{number}" for number in range(2000))


def largest_query(client, address: str) -> int:
    """The length of the longest SQL that a request costs."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code in (200, 404), address
    return max((len(query["sql"]) for query in queries), default=0)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/?q={}",
        "/admin/pages/%(root)s/?q={}",
        "/admin/pages/search/?q={}",
        "/admin/choose-page/search/?q={}",
        "/admin/images/?q={}",
        "/admin/images/chooser/results/?q={}",
        "/admin/documents/?q={}",
        "/admin/documents/chooser/results/?q={}",
        "/admin/api/main/pages/?search={}",
        "/admin/tag-autocomplete/?term={}",
        "/admin/learners/enrollment/?q={}",
        "/admin/storefront/order/?q={}",
        "/admin/users/?q={}",
        "/admin/reports/site-history/?label={}",
        "/courses/?q={}",
    ],
)
def test_a_search_of_two_thousand_words_asks_no_more_than_one_of_eight(client, ada, ivo, address):
    """Work is counted by the longest SQL: a condition for each word, or a longer text."""
    a_course(by=ada)
    a_released_course(by=ada)
    logged_in(client, ivo)
    address = address.replace("%(root)s", str(the_catalogue().pk))
    largest_query(client, address.format("warm"))
    few = " ".join(f"w{number}" for number in range(MOST_WORDS))

    most = largest_query(client, address.format(few))

    assert largest_query(client, address.format(WORDS.replace(" ", "+"))) <= most + 100


def test_what_is_searched_for_is_shown_as_it_was_cut(client, ada):
    response = logged_in(client, ada).get("/courses/", {"q": WORDS})
    assert f'value="{cut(WORDS)}"' in response.content.decode()


@pytest.mark.parametrize("name", sorted(SEARCHES))
def test_every_search_is_cut(name):
    asked = QueryDict(f"{name}={WORDS.replace(' ', '+')}&p=2")
    read = within_limits(asked)
    assert (read[name], read["p"]) == (cut(WORDS), "2")
    assert len(read[name].split()) == MOST_WORDS
    with pytest.raises(AttributeError):
        read["p"] = "3"


def test_one_long_word_is_cut_too():
    assert cut("x" * 6000) == "x" * LONGEST_SEARCH


def test_what_is_short_stays_as_it_was_typed():
    asked = QueryDict("q=two++words+&label=")
    assert within_limits(asked) is asked


@pytest.mark.parametrize(
    "asked",
    [
        "next=" + "x" * (LONGEST_VALUE + 1),
        "at=" + "x" * (LONGEST_VALUE + 1) + "&at=b",
        "&".join(["category=craft"] * (MOST_VALUES + 1)),
    ],
    ids=["value", "hidden value", "values"],
)
def test_more_than_any_page_sends_is_refused_in_words(client, asked, db):
    with pytest.raises(Misshapen):
        within_limits(QueryDict(asked))
    response = client.get(f"/courses/?{asked}")
    assert response.status_code == 400
    assert "asks for more than can be looked up at once" in response.content.decode()


def test_as_many_values_as_a_page_sends_pass():
    asked = QueryDict("&".join(["category=craft"] * MOST_VALUES))
    assert within_limits(asked) is asked
