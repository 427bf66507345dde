"""How many statements it costs to begin a checkout, Stripe left aside."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront.models import OrderLine, Payment, Seller
from tests.people import logged_in, somebody
from tests.storefront.shop import a_course_on_sale

pytestmark = pytest.mark.django_db

# person, what is offered; then, with the buyer held: the hold, what is agreed, a number, order,
# line, payment; then where the payment page is
BEGUN = 9
AROUND = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@pytest.fixture
def course(ada):
    return a_course_on_sale(by=ada, price="24.00")


def pay(client, course) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(
            f"/courses/{course.slug}/checkout/", {"action": "pay", "shown": "24.00"}
        )
    assert answer.status_code == 302
    return sum(not query["sql"].startswith(AROUND) for query in asked.captured_queries)


def test_beginning_a_checkout_costs_the_same_for_the_first_and_for_any_other(
    client, stripesim, course, cleo, dana
):
    first = pay(logged_in(client, cleo), course)
    for number in range(3):
        other = somebody(email=f"buyer{number}@example.com")
        pay(logged_in(client, other), course)

    assert (first, pay(logged_in(client, dana), course)) == (BEGUN, BEGUN)


def test_what_is_written_down_is_what_held_while_the_buyer_was_held(
    client, stripesim, course, ada, cleo
):
    Seller.objects.create(name="Perfomix Guild", return_days=0, return_below_percent=20)

    pay(logged_in(client, cleo), course)

    payment = Payment.objects.select_related("order").get()
    line = OrderLine.objects.get()
    assert (payment.order.return_days, payment.order.return_below_percent) == (0, 20)
    assert (line.producer, line.producer_name) == (ada, "Ada Okafor")
    assert (line.course_id, line.title, str(line.total)) == (course.pk, course.title, "24.00")
    assert (line.order, payment.amount) == (payment.order, line.total)
    assert payment.session_id
