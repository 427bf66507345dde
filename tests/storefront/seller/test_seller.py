"""Who sells, and the rule for returns, as an admin sets them."""

import pytest
from django.urls import reverse

from storefront.models import Seller
from storefront.seller.current import seller_now
from tests.people import logged_in

pytestmark = pytest.mark.django_db

SET = {
    "name": "Lantern Courses",
    "address": "Quay 4\n5003 Bergen\nNorway",
    "tax_number": "NO 999 888 777",
    "contact_email": "help@lantern.example",
    "return_days": "14",
    "return_below_percent": "25",
}


def edit_address():
    return reverse("wagtailsettings:edit", args=["storefront", "seller", Seller.load().pk])


def test_before_anybody_sets_it_the_seller_is_perfomix_with_thirty_days():
    seller = seller_now()

    assert (seller.name, seller.return_days, seller.return_below_percent) == ("Perfomix", 30, 50)
    assert seller.contact_email == "hello@perfomix.example"
    assert not Seller.objects.exists()


def test_what_an_admin_sets_shows_on_the_next_page(client, ivo, commit):
    logged_in(client, ivo)
    assert seller_now().return_days == 30

    with commit():
        answer = client.post(edit_address(), SET)

    assert answer.status_code == 302
    seller = seller_now()
    assert (seller.name, seller.tax_number) == ("Lantern Courses", "NO 999 888 777")
    assert seller.address.splitlines() == ["Quay 4", "5003 Bergen", "Norway"]
    assert (seller.return_days, seller.return_below_percent) == (14, 25)
    assert seller.contact_email == "help@lantern.example"


@pytest.mark.parametrize(
    ("field", "value"),
    [("return_days", "366"), ("return_days", "-1"), ("return_below_percent", "0"), ("name", "")],
)
def test_a_rule_that_cannot_be_is_refused_and_nothing_written(client, ivo, field, value):
    logged_in(client, ivo)

    answer = client.post(edit_address(), SET | {field: value})

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert Seller.objects.get().name == "Perfomix"


@pytest.mark.parametrize("who", ["ada", "mira"])
def test_nobody_but_an_admin_sets_it(client, request, who):
    logged_in(client, request.getfixturevalue(who))

    assert client.post(edit_address(), SET).status_code == 404
    assert Seller.objects.get().name == "Perfomix"


def test_pages_ask_the_database_for_the_seller_once(django_assert_num_queries):
    seller_now()
    with django_assert_num_queries(0):
        seller_now()
