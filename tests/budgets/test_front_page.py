"""How many queries the front page may cost: for the first reader, and for those who follow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront.catalogue.categories import the_categories
from storefront.seller.current import seller_now
from tests.builders import a_category, a_course, a_released_course
from tests.bulk import many_courses
from tests.forgetting import forget_what_is_kept
from tests.people import logged_in

pytestmark = pytest.mark.django_db

# Wagtail: site, page, its ancestors, who may see it.
ROUTE = 4
# the page again, two for how much is sold, popular, finished, newest, an open page, decisions,
# and for everybody: ancestors, who may see it
MADE = 10


def queries(client) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get("/")
    assert response.status_code == 200
    return len(captured)


def cold(client) -> int:
    forget_what_is_kept()
    seller_now(), the_categories()
    return queries(client)


def test_the_first_reader_costs_the_same_at_ten_courses_and_at_a_thousand(client, ada):
    draft = a_course(by=ada, title="Sewing by hand", category=a_category("Craft"))
    course = a_released_course(by=ada, course=draft)
    many_courses(like=course, count=9)
    at_ten = cold(client)

    many_courses(like=course, count=990, after=9)

    assert (at_ten, cold(client)) == (ROUTE + MADE, ROUTE + MADE)


def test_whoever_follows_costs_what_is_theirs(client, ada, dana):
    a_released_course(by=ada)
    client.get("/")

    assert queries(client) == 0
    logged_in(client, dana)
    assert queries(client) == 2  # the person, and that there is nothing to go on with
