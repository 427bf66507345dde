"""“Lowest price” over several currencies: nobody knows what a pound is worth in euros."""

import pytest
from django.core import signing
from django.db import connection

from courses.records.cursors import SALT
from storefront.catalogue.browsing import SORTS
from storefront.models import CatalogueEntry
from tests.builders import a_released_course
from tests.bulk import many_courses
from tests.forgetting import forget_what_is_kept

pytestmark = pytest.mark.django_db

NOTE = "Prices are compared within each currency."


@pytest.fixture
def shelf(ada):
    """Forty courses whose bare numbers run across their currencies; eight of them are free."""
    like = a_released_course(by=ada, title="Sewing", syllabus=["Thread"], price="24.00")
    many_courses(like=like, count=39)
    entries = CatalogueEntry.objects.order_by("pk")
    for at, (entry, currency) in enumerate(zip(entries, ["USD", "EUR", "GBP"] * 14, strict=False)):
        price = entry.price and at + 1
        CatalogueEntry.objects.filter(pk=entry.pk).update(currency=currency, price=price)
    return like


def paged(client, address: str) -> list[list[CatalogueEntry]]:
    pages = []
    while address:
        response = client.get(address)
        pages.append(response.context["entries"])
        address = response.context["older"]
    return pages


def test_lowest_price_shows_what_is_free_then_each_currency_by_itself(shelf, client):
    found = sum(paged(client, "/courses/?sort=price"), [])

    rank = {"EUR": 1, "GBP": 2, "USD": 3}  # the site's own first, then by code
    told = [(rank[entry.currency] if entry.price else 0, entry.price) for entry in found]
    assert told == sorted(told)
    assert {group for group, _ in told} == {0, 1, 2, 3}
    assert len({entry.pk for entry in found}) == len(found) == 40


def test_pages_of_prices_lead_back_over_the_edge_of_a_currency(shelf, client):
    pages = [[entry.pk for entry in page] for page in paged(client, "/courses/?sort=price")]
    address = "/courses/?sort=price"
    forget_what_is_kept()
    for _ in pages[1:]:
        address = client.get(address).context["older"]

    backwards = [[entry.pk for entry in client.get(address).context["entries"]]]
    while address := client.get(address).context["newer"]:
        backwards.insert(0, [entry.pk for entry in client.get(address).context["entries"]])

    assert backwards == pages


def test_a_line_says_so_where_several_currencies_stand_in_the_order_of_their_prices(shelf, client):
    assert NOTE in client.get("/courses/?sort=price").content.decode()
    assert NOTE not in client.get("/courses/").content.decode()
    assert NOTE not in client.get("/courses/?sort=price&price=free").content.decode()

    CatalogueEntry.objects.filter(price__gt=0).update(currency="GBP")
    forget_what_is_kept()

    assert NOTE not in client.get("/courses/?sort=price").content.decode()


def test_an_address_from_before_currencies_stood_apart_leads_to_the_first_page(shelf, client):
    place = ["catalogue?sort=price", False, "24.00", str(shelf.pk)]
    cursor = signing.Signer(salt=SALT).sign_object(place)

    response = client.get("/courses/", {"sort": "price", "at": cursor})

    assert (response.status_code, response.url) == (302, "/courses/?sort=price")


@pytest.mark.parametrize("sort", ["price", "popular", "newest", "rating"])
def test_a_page_far_down_begins_in_the_index(shelf, sort):
    many_courses(like=shelf, count=500, after=39)
    order = SORTS[sort].order
    listed = CatalogueEntry.objects.filter(listed=True)
    row = listed.order_by(*order.keys())[300]
    place = order.read(order.place_of(row))

    beyond = listed.filter(order.beyond(place, backwards=False)).order_by(*order.keys())[:13]
    with connection.cursor() as cursor:
        # So few rows are read faster without an index; the question is whether it could serve.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    plan = beyond.explain()

    assert "Index Scan" in plan
    (condition,) = [line for line in plan.splitlines() if "Index Cond" in line]
    assert condition.count("ROW(") == 2, plan
    assert "Filter" not in plan and "Sort" not in plan, plan
