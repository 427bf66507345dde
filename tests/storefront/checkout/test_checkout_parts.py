"""What a code changes at the checkout, in place or on a new page: the same words."""

import pytest

from storefront.models import Order
from tests.parts import HTMX, forms_that_swap, parts_of, same_parts_in
from tests.people import logged_in
from tests.storefront.shop import a_coupon, a_course_on_sale

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada):
    a_coupon("FIELDBOOK", 25)
    a_coupon("GIFT", 100)
    return a_course_on_sale(by=ada, price="24.00")


@pytest.fixture
def checkout(client, course, cleo):
    logged_in(client, cleo)
    return f"/courses/{course.slug}/checkout/"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "Pay €24.00"),
        ("fieldbook", "Pay €18.00"),
        ("GIFT", "Open the course"),
        ("NONESUCH", "That code is not valid for this course."),
    ],
)
def test_the_parts_say_what_the_page_says(client, checkout, code, says):
    whole = client.get(checkout, {"code": code})
    alone = client.get(checkout, {"code": code}, headers=HTMX)

    parts = parts_of(alone)
    assert list(parts) == ["checkout-totals", "checkout-forms"]
    assert says in " ".join(parts["checkout-forms"].split())
    assert same_parts_in(whole, parts) == parts
    assert whole.status_code == alone.status_code
    assert not Order.objects.exists()


def test_htmx_asks_what_the_form_would_ask(client, checkout):
    pairs = forms_that_swap(client.get(checkout, {"code": "FIELDBOOK"}))

    assert len(pairs) == 2  # apply, remove
    for htmx, plain in pairs:
        assert htmx == plain


def test_guessing_codes_is_refused_as_a_page(client, checkout):
    tries = [client.get(checkout, {"code": f"TRY{n}"}, headers=HTMX) for n in range(11)]

    assert [response.status_code for response in tries] == [200] * 10 + [429]
    assert not tries[-1].has_header("X-Parts")


def test_a_visitor_is_led_away_alike(client, course):
    address = f"/courses/{course.slug}/checkout/"
    plain, swapped = client.get(address), client.get(address, headers=HTMX)

    assert (plain.status_code, plain["Location"]) == (swapped.status_code, swapped["Location"])
