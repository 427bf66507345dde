"""Checkout and purchases as their visitors see them."""

import re
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from courses.freshness import fragments
from courses.models import CoursePage
from learners.models import Enrollment
from storefront.checkout import orders
from storefront.models import Order, OrderStatus, Payment
from storefront.seller.current import seller_now
from tests.people import logged_in, person
from tests.storefront.shop import a_checkout, a_coupon, a_course_on_sale, a_paid_order, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada):
    return a_course_on_sale(by=ada, price="24.00")


def without_token(response) -> str:
    """A page without what is different each time it is made."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def checkout_of(course) -> str:
    return f"/courses/{course.slug}/checkout/"


def test_a_visitor_signs_up_first_and_comes_back(client, course):
    response = client.get(checkout_of(course))

    assert response.status_code == 302
    assert response.url == f"/accounts/signup/?next={checkout_of(course)}"


def test_the_page_shows_what_is_bought_and_for_how_much(client, course, cleo):
    page = logged_in(client, cleo).get(checkout_of(course)).content.decode()

    assert "Sewing by hand" in page
    assert "Pay €24.00" in page
    assert "cleo@example.com" in page
    assert not Order.objects.exists()


def test_the_page_is_shown_without_making_the_course_s_own(client, course, cleo, monkeypatch):
    """Wagtail's page, which takes longer to make than its row to read, is for whoever buys."""
    logged_in(client, cleo)
    made = []
    make = CoursePage.__init__
    monkeypatch.setattr(
        CoursePage, "__init__", lambda self, *given, **named: made.append(1) or make(self, *given)
    )

    shown = client.get(checkout_of(course))

    assert "Pay €24.00" in shown.content.decode()
    assert made == []


def test_but_for_the_reader_the_page_is_drawn_once(client, course, cleo, dana, monkeypatch):
    before = logged_in(client, cleo).get(checkout_of(course)).content.decode()
    drawn = []
    find = fragments.get_template
    monkeypatch.setattr(fragments, "get_template", lambda name: drawn.append(name) or find(name))

    page = logged_in(Client(), dana).get(checkout_of(course)).content.decode()

    assert drawn == []
    assert "dana@example.com" in page and "cleo@example.com" not in page
    tokens = [
        re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', one) for one in (before, page)
    ]
    assert all(tokens) and set(tokens[0]).isdisjoint(tokens[1])


def test_pressing_pay_leads_to_the_payment_page(client, stripesim, course, cleo):
    response = logged_in(client, cleo).post(
        checkout_of(course), {"action": "pay", "shown": "24.00"}
    )

    payment = Payment.objects.get()
    assert response.status_code == 302
    assert response.url == payment.checkout_url
    assert response.url.startswith(stripesim.url)
    assert Order.objects.get().status == OrderStatus.PENDING


def test_a_code_lowers_the_total_and_can_be_removed(client, course, cleo):
    a_coupon("FIELDBOOK", 25)

    page = logged_in(client, cleo).get(checkout_of(course), {"code": "fieldbook"}).content.decode()

    assert "−€6.00" in page
    assert "Pay €18.00" in page
    assert 'name="code" value="FIELDBOOK"' in page


def test_an_unknown_code_says_so_and_keeps_the_price(client, course, cleo):
    page = logged_in(client, cleo).get(checkout_of(course), {"code": "NOPE"}).content.decode()

    assert "That code is not valid for this course." in page
    assert "Pay €24.00" in page


def test_codes_cannot_be_guessed_quickly(client, course, cleo):
    logged_in(client, cleo)
    for number in range(10):
        client.get(checkout_of(course), {"code": f"GUESS{number}"})

    response = client.get(checkout_of(course), {"code": "GUESS11"})

    assert response.status_code == 429
    assert "That was too often" in response.content.decode()
    assert 58 <= int(response["Retry-After"]) <= 60
    assert client.get(checkout_of(course)).status_code == 200


def test_pay_cannot_be_pressed_without_end(client, stripesim, course, cleo):
    logged_in(client, cleo)
    pressed = {"action": "pay", "shown": "0.01"}
    answers = [client.post(checkout_of(course), pressed) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [409] * 10 + [429]
    assert not Order.objects.exists()


def test_a_price_that_changed_since_the_page_was_opened_is_not_charged(
    client, stripesim, course, cleo
):
    """What is charged is what was shown."""
    CoursePage.objects.filter(pk=course.pk).update(price=Decimal("30.00"))
    before = everything()

    response = logged_in(client, cleo).post(
        checkout_of(course), {"action": "pay", "shown": "24.00"}
    )

    assert response.status_code == 409
    assert "The price has changed" in response.content.decode()
    assert "Pay €30.00" in response.content.decode()
    assert everything() == before
    assert stripesim.requests() == []


def test_a_total_made_up_by_the_visitor_is_not_believed(client, stripesim, course, cleo):
    response = logged_in(client, cleo).post(checkout_of(course), {"action": "pay", "shown": "0.01"})

    assert response.status_code == 409
    assert not Order.objects.exists()


def test_stripe_being_down_is_said_and_pressing_again_works(client, stripesim, course, cleo):
    stripesim.fault("POST /v1/checkout/sessions", "fail", times=2)
    logged_in(client, cleo)

    down = client.post(checkout_of(course), {"action": "pay", "shown": "24.00"})
    up = client.post(checkout_of(course), {"action": "pay", "shown": "24.00"})

    assert down.status_code == 503
    assert "Payments do not answer right now" in down.content.decode()
    assert up.status_code == 302
    assert Order.objects.count() == 1


def test_a_free_course_opens_without_stripe(client, stripesim, ada, cleo):
    free = a_course_on_sale(by=ada, price="0", title="Threads for nothing")

    response = logged_in(client, cleo).post(checkout_of(free), {"action": "pay", "shown": "0.00"})

    order = Order.objects.get()
    assert response.url == f"/learn/course/{free.uuid}/"
    assert order.status == OrderStatus.PAID
    assert Enrollment.objects.get().user == cleo
    assert stripesim.requests() == []
    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert told == ["Threads for nothing is yours, for as long as you like."]
    assert "is yours" in client.get(f"/checkout/{order.pk}/return/").content.decode()


def test_a_second_press_on_a_free_course_leads_to_the_same_place(client, ada, cleo):
    free = a_course_on_sale(by=ada, price="0", title="Threads for nothing")
    logged_in(client, cleo)

    first, second = (
        client.post(checkout_of(free), {"action": "pay", "shown": "0.00"}) for _press in "12"
    )

    assert second.status_code == 302 and second.url == first.url
    assert Order.objects.count() == Enrollment.objects.count() == 1


def test_two_presses_at_once_lead_to_the_same_place(client, ada, cleo, monkeypatch):
    """The other press has paid between the first look and the lock."""
    free = a_course_on_sale(by=ada, price="0", title="Threads for nothing")
    start = orders.start_checkout

    def after_another(**asked):
        start(**asked)
        return start(**asked)

    monkeypatch.setattr(orders, "start_checkout", after_another)

    response = logged_in(client, cleo).post(checkout_of(free), {"action": "pay", "shown": "0.00"})

    assert response.url == f"/learn/course/{free.uuid}/"
    assert Order.objects.count() == Enrollment.objects.count() == 1


def test_a_free_course_that_costs_by_now_is_not_begun_unasked(client, stripesim, ada, cleo):
    dear = a_course_on_sale(by=ada, price="24.00")

    response = logged_in(client, cleo).post(checkout_of(dear), {"action": "pay", "shown": "0.00"})

    assert response.status_code == 409
    assert "The price has changed" in response.content.decode()
    assert not Order.objects.exists() and not Enrollment.objects.exists()


def test_starting_a_free_course_asks_for_its_token(ada, cleo):
    free = a_course_on_sale(by=ada, price="0")
    client = logged_in(Client(enforce_csrf_checks=True), cleo)

    response = client.post(checkout_of(free), {"action": "pay", "shown": "0.00"})

    assert response.status_code == 403
    assert not Order.objects.exists() and not Enrollment.objects.exists()


def test_the_order_of_a_free_course_says_free_and_no_sum(client, ada, cleo):
    free = a_course_on_sale(by=ada, price="0", title="Threads for nothing")
    page = logged_in(client, cleo).get(checkout_of(free)).content.decode()
    order = page[page.index('class="order-line"') : page.index('class="totals"')]
    assert "Free" in order
    assert "0.00" not in page.replace('value="0.00"', "")


def test_coming_back_delivers_even_when_stripes_message_is_late(client, stripesim, course, cleo):
    order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)

    page = logged_in(client, cleo).get(f"/checkout/{order.pk}/return/").content.decode()

    assert "Sewing by hand is yours" in page
    assert Enrollment.objects.filter(user=cleo, course=course).exists()


def test_coming_back_while_stripe_is_silent_waits(client, stripesim, course, cleo):
    order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)
    stripesim.fault("GET /v1/checkout/sessions/*", "fail", times=2)

    response = logged_in(client, cleo).get(f"/checkout/{order.pk}/return/")

    assert "We are confirming your payment" in response.content.decode()
    assert response["Refresh"] == "5"
    assert not Enrollment.objects.exists()


def test_coming_back_without_having_paid_offers_the_payment_page(client, stripesim, course, cleo):
    order, _ = a_checkout(buyer=cleo, course=course)

    page = logged_in(client, cleo).get(f"/checkout/{order.pk}/return/").content.decode()

    assert "Not paid yet" in page
    assert Payment.objects.get().checkout_url in page


def test_leaving_after_a_declined_card_says_why(client, stripesim, course, cleo):
    order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session, card="4000000000009995")

    page = logged_in(client, cleo).get(f"/checkout/{order.pk}/cancelled/").content.decode()

    assert "Your card has insufficient funds. Nothing was charged." in page
    assert Payment.objects.get().checkout_url in page


def test_leaving_without_trying_keeps_the_payment_page_open(client, stripesim, course, cleo):
    order, _ = a_checkout(buyer=cleo, course=course)

    page = logged_in(client, cleo).get(f"/checkout/{order.pk}/cancelled/").content.decode()

    assert "You left before paying." in page
    assert Order.objects.get().status == OrderStatus.PENDING


@pytest.mark.parametrize(
    ("who", "says"),
    [("cleo", "You already own this course."), ("ada", "You teach this course")],
)
def test_who_has_the_course_is_not_asked_to_buy_it(client, stripesim, course, cleo, who, says):
    a_paid_order(stripesim, buyer=cleo, course=course)

    before = everything()

    response = logged_in(client, person(who)).post(
        checkout_of(course), {"action": "pay", "shown": "24.00"}, follow=False
    )

    assert response.url == f"/courses/{course.slug}/"
    assert says in response.wsgi_request._messages._queued_messages[0].message
    assert everything() == before


def test_a_draft_course_has_no_checkout(client, course, cleo):
    CoursePage.objects.filter(pk=course.pk).update(live=False)

    assert logged_in(client, cleo).get(checkout_of(course)).status_code == 404


# Purchases


def test_purchases_list_what_was_bought_with_receipts(client, stripesim, course, cleo):
    order = a_paid_order(stripesim, buyer=cleo, course=course)

    listed = logged_in(client, cleo).get("/purchases/").content.decode()
    receipt = client.get(f"/purchases/{order.pk}/").content.decode()

    assert "Sewing by hand" in listed
    assert order.number in listed
    assert f"Receipt {order.number}" in receipt
    assert "€24.00" in receipt
    assert "Cleo Marchetti" in receipt


def test_somebody_without_purchases_is_shown_the_catalogue(client, cleo):
    assert "Nothing bought yet" in logged_in(client, cleo).get("/purchases/").content.decode()


def test_the_list_of_purchases_costs_the_same_for_one_and_for_many(
    client, stripesim, ada, cleo, django_assert_num_queries
):
    logged_in(client, cleo)
    seller_now()  # remembered, but by nobody who reads it in a transaction
    for number in range(3):
        course = a_course_on_sale(by=ada, price="0", title=f"Free {number}")
        client.post(checkout_of(course), {"action": "pay"})
        if number in (0, 2):
            # user, orders with their sums, lines with courses; and whether they may be returned:
            # lines, enrollments, refunds, requests. The session stands in the cache
            with django_assert_num_queries(7):
                client.get("/purchases/")


@pytest.mark.parametrize(
    "path", ["/checkout/{}/return/", "/checkout/{}/cancelled/", "/purchases/{}/"]
)
def test_an_order_of_somebody_else_does_not_exist(client, stripesim, course, cleo, dana, path):
    """Foreign and missing answer the same."""
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    before = everything()
    logged_in(client, dana)

    foreign = client.get(path.format(order.pk))
    missing = client.get(path.format("00000000-0000-4000-8000-000000000000"))

    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert without_token(foreign) == without_token(missing)
    assert everything() == before


@pytest.mark.parametrize(
    "path", ["/checkout/{}/return/", "/checkout/{}/cancelled/", "/purchases/{}/", "/purchases/"]
)
def test_a_visitor_is_asked_to_sign_in_for_orders(client, stripesim, course, cleo, path):
    order = a_paid_order(stripesim, buyer=cleo, course=course)

    response = client.get(path.format(order.pk))

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


@pytest.mark.parametrize(
    "path", ["/checkout/{}/return/", "/checkout/{}/cancelled/", "/purchases/{}/", "/purchases/"]
)
def test_orders_are_only_read(client, stripesim, course, cleo, path):
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    before = everything()

    assert logged_in(client, cleo).post(path.format(order.pk)).status_code == 405
    assert everything() == before


@pytest.fixture
def cheap(course):
    """On sale for less than a card can be charged, as the editor once allowed."""
    CoursePage.objects.filter(pk=course.pk).update(price=Decimal("0.49"))
    return course


TOO_LITTLE = "A card cannot be charged less than €0.50."


def test_a_course_nobody_could_pay_says_so(client, cheap, cleo):
    response = logged_in(client, cleo).get(checkout_of(cheap))
    page = response.content.decode()

    assert response.status_code == 200
    assert TOO_LITTLE in page
    assert "Pay €" not in page
    assert f'href="/courses/{cheap.slug}/"' in page


def test_a_course_nobody_could_pay_is_not_ordered(client, stripesim, cheap, cleo):
    response = logged_in(client, cleo).post(checkout_of(cheap), {"action": "pay", "shown": "0.49"})

    assert response.status_code == 409
    assert TOO_LITTLE in response.content.decode()
    assert not Order.objects.exists()
    assert stripesim.requests() == []


@pytest.mark.parametrize("code", ["HALF", "NOSUCHCODE"])
def test_a_code_does_not_make_it_payable(client, stripesim, cheap, cleo, code):
    a_coupon("HALF", 50)
    logged_in(client, cleo)

    looked = client.get(checkout_of(cheap), {"code": code})
    pressed = client.post(checkout_of(cheap), {"action": "pay", "shown": "0.49", "code": code})

    assert (looked.status_code, pressed.status_code) == (200, 409)
    for response in (looked, pressed):
        assert TOO_LITTLE in response.content.decode()
    assert not Order.objects.exists()


def test_a_code_that_leaves_nothing_opens_it(client, stripesim, cheap, cleo):
    a_coupon("GIFT", 100)
    logged_in(client, cleo)

    assert "Nothing to pay" in client.get(checkout_of(cheap), {"code": "GIFT"}).content.decode()
    client.post(checkout_of(cheap), {"action": "pay", "shown": "0.00", "code": "GIFT"})

    assert Order.objects.get().status == OrderStatus.PAID
    assert Enrollment.objects.get().user == cleo
    assert stripesim.requests() == []


def test_a_code_that_leaves_too_little_keeps_the_price(client, course, cleo):
    a_coupon("NEARLY", 99)

    page = logged_in(client, cleo).get(checkout_of(course), {"code": "NEARLY"}).content.decode()

    assert f"This code would leave €0.24 to pay. {TOO_LITTLE}" in page
    assert "Pay €24.00" in page


def test_a_payment_that_stripe_does_not_know_is_no_fault_of_the_page(
    client, stripesim, course, cleo
):
    """The key was changed, say: Stripe refuses to show what it does not know."""
    order, _session = a_checkout(buyer=cleo, course=course)
    stripesim.order("reset")
    before = everything()

    response = logged_in(client, cleo).get(f"/checkout/{order.pk}/return/")

    assert response.status_code == 200
    assert "This payment needs a person to look at it" in response.content.decode()
    assert "Refresh" not in response
    assert everything() == before


def test_a_title_longer_than_stripe_takes_is_shortened_for_it(client, stripesim, course, cleo):
    CoursePage.objects.filter(pk=course.pk).update(title="A" * 255)

    response = logged_in(client, cleo).post(
        checkout_of(course), {"action": "pay", "shown": "24.00"}
    )

    assert response.url == Payment.objects.get().checkout_url
    assert Order.objects.get().lines.get().title == "A" * 255
