"""The pages of a return, for the buyer."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from learners.models import Certificate, Enrollment
from storefront.checkout.orders import start_checkout
from storefront.checkout.refunds import refund_order
from storefront.models import Order, ReturnRequest
from storefront.returns.requests import decide_request, request_return
from tests.people import logged_in
from tests.storefront.shop import a_checkout, a_course_on_sale, a_paid_order

pytestmark = pytest.mark.django_db
WORDS = "It is not what its page says."
AT_ONCE = {"agreed": "at_once", "words": ""}
ASKED = {"agreed": "on_request", "words": WORDS}


def page(client, address) -> str:
    """With single spaces, as a reader sees it."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def returning(order) -> str:
    return f"/purchases/{order.pk}/return/"


def receipt(order) -> str:
    return f"/purchases/{order.pk}/"


@pytest.fixture
def late(order):
    Order.objects.update(paid_at=timezone.now() - timedelta(days=31))
    order.refresh_from_db()
    return order


def test_purchases_and_receipt_say_until_when_and_lead_to_the_return(client, order, cleo, studied):
    studied(3)
    logged_in(client, cleo)
    last = date_format(order.paid_at.date() + timedelta(days=30), "j F Y")

    for address in ("/purchases/", receipt(order)):
        shown = page(client, address)
        assert f"3 % studied; you can return this until {last}." in shown
        assert f'href="{returning(order)}"' in shown
        assert 'Return this course<span class="sr">: Sewing by hand</span>' in shown


def test_what_is_past_the_rule_may_be_asked_for(client, late, cleo):
    logged_in(client, cleo)
    last = date_format(late.paid_at.date() + timedelta(days=30), "j F Y")

    for address in ("/purchases/", receipt(late)):
        shown = page(client, address)
        assert f"The last day to return this at once was {last}." in shown
        assert 'Ask for a return<span class="sr"> of Sewing by hand</span>' in shown


def test_a_free_course_says_that_there_is_nothing_to_give_back(client, stripesim, ada, cleo):
    order = start_checkout(buyer=cleo, course=a_course_on_sale(by=ada, price="0")).order
    logged_in(client, cleo)

    for address in ("/purchases/", receipt(order), returning(order)):
        shown = page(client, address)
        assert "Nothing was paid, so there is nothing to give back." in shown
        assert "Return this course" not in shown
        assert "<textarea" not in shown


def test_the_page_says_what_comes_back_and_what_closes(client, order, cleo):
    shown = page(logged_in(client, cleo), returning(order))

    assert "Return Sewing by hand" in shown
    assert "€24.00" in shown
    assert "to the card that paid" in shown
    assert "It closes at once, and a review of yours leaves its page." in shown
    assert "Return it within 30 days, as long as you have studied less than half." in shown
    assert "Return it and get €24.00 back" in shown
    assert "Your certificate" not in shown
    assert not ReturnRequest.objects.exists()


def test_a_certificate_stays_and_the_page_says_so(client, order, cleo):
    Certificate.objects.create(
        enrollment=Enrollment.objects.get(),
        number=1,
        name="Cleo",
        course_title="Sewing by hand",
        producer_name="Ada",
        lessons=1,
        minutes=1,
        issued_at=timezone.now(),
        issued_on=timezone.localdate(),
    )

    assert "It stays valid. You did the work." in page(logged_in(client, cleo), returning(order))


def test_confirming_returns_the_course_at_once(client, order, cleo):
    response = logged_in(client, cleo).post(returning(order), AT_ONCE)

    assert response.url == receipt(order)
    assert Order.objects.get().status == "refunded"
    shown = page(client, response.url)
    assert "€24.00 is on its way back to the card that paid. The course is closed." in shown
    assert "Return this course" not in shown
    assert "This course was returned." in page(client, returning(order))


def test_confirming_twice_says_the_same_and_pays_back_once(stripesim, client, order, cleo):
    logged_in(client, cleo)
    for _time in range(2):
        response = client.post(returning(order), AT_ONCE)
        assert response.url == receipt(order)
        assert "is on its way back" in page(client, response.url)

    assert len(stripesim.events("refund.created")) == 1


def test_while_stripe_is_silent_the_buyer_is_told_that_the_money_follows(
    stripesim, client, order, cleo
):
    stripesim.fault("POST /v1/refunds", "fail", times=2)

    response = logged_in(client, cleo).post(returning(order), AT_ONCE)

    shown = page(client, response.url)
    assert "the money follows within minutes" in shown
    assert "Your money is on its way back." in shown
    assert ReturnRequest.objects.get().status == "granted"


def test_asking_leads_to_a_state_that_every_page_shows(client, late, cleo):
    response = logged_in(client, cleo).post(returning(late), ASKED)

    assert response.url == receipt(late)
    assert "A person reads it, and the answer comes by mail." in page(client, response.url)
    for address in ("/purchases/", receipt(late), returning(late)):
        shown = page(client, address)
        assert "to return this. A person reads it" in shown
        assert "Ask for a return" not in shown
        assert "<textarea" not in shown


def test_a_declined_request_shows_its_answer_and_may_be_made_again(client, late, cleo, ivo):
    asked = request_return(order=late, by=cleo, words=WORDS)
    decide_request(request=asked, by=ivo, grant=False, answer="It <does>, in lesson 2.")
    logged_in(client, cleo)

    for address in ("/purchases/", receipt(late), returning(late)):
        shown = page(client, address)
        assert "Your request was declined on" in shown
        assert "It &lt;does&gt;, in lesson 2." in shown
    assert "Ask for a return" in page(client, receipt(late))


def test_a_request_without_words_keeps_the_page_and_writes_nothing(client, late, cleo, books):
    before = books()

    response = logged_in(client, cleo).post(returning(late), ASKED | {"words": " "})

    assert response.status_code == 422
    assert "Say in a sentence why you would like to return it." in response.content.decode()
    assert books() == before


def test_what_was_typed_stays_when_the_answer_has_changed(client, late, cleo, books):
    before = books()

    response = logged_in(client, cleo).post(returning(late), ASKED | {"agreed": "at_once"})

    assert response.status_code == 409
    shown = response.content.decode()
    assert "has changed since you opened this page" in shown
    assert WORDS in shown
    assert 'value="on_request"' in shown
    assert books() == before


@pytest.mark.parametrize("meanwhile", ["asked", "refunded"])
def test_what_was_typed_is_given_back_when_there_is_nothing_to_ask_any_more(
    client, late, cleo, ivo, books, meanwhile
):
    if meanwhile == "asked":
        request_return(order=late, by=cleo, words="In another tab.")
    else:
        refund_order(order=late, by=ivo)
    before = books()

    response = logged_in(client, cleo).post(returning(late), ASKED)

    assert response.status_code == 409
    assert f"readonly>{WORDS}</textarea>" in response.content.decode()
    assert books() == before


@pytest.mark.parametrize(
    "posted", [{}, {"agreed": "whatever"}, {"agreed": "at_once", "words": "x" * 1001}]
)
def test_odd_posts_are_refused_and_write_nothing(client, order, cleo, books, posted):
    before = books()

    response = logged_in(client, cleo).post(returning(order), posted)

    assert response.status_code == 422
    assert books() == before


def test_an_order_of_somebody_else_does_not_exist(client, order, dana, books):
    before = books()
    logged_in(client, dana)
    nowhere = "/purchases/00000000-0000-4000-8000-000000000000/return/"

    for ask in (client.get, client.post):
        assert [ask(returning(order)).status_code, ask(nowhere).status_code] == [404, 404]

    assert books() == before


def test_an_order_that_was_never_paid_has_no_page_of_its_return(
    client, stripesim, ada, cleo, books
):
    unpaid, _session = a_checkout(buyer=cleo, course=a_course_on_sale(by=ada))
    before = books()
    logged_in(client, cleo)

    assert client.get(returning(unpaid)).status_code == 404
    assert client.post(returning(unpaid), AT_ONCE).status_code == 404
    assert books() == before


def test_a_visitor_is_asked_to_sign_in(client, order, books):
    before = books()

    response = client.post(returning(order), AT_ONCE)

    assert response.url.startswith("/accounts/login/")
    assert books() == before


def test_too_many_tries_are_refused(client, order, cleo, books):
    logged_in(client, cleo)
    for _time in range(10):
        client.post(returning(order), {})
    before = books()

    assert client.post(returning(order), AT_ONCE).status_code == 429
    assert books() == before


def test_purchases_cost_the_same_for_three_and_for_thirty(
    client, stripesim, ada, cleo, django_assert_num_queries
):
    logged_in(client, cleo)
    client.get("/purchases/")
    for number in range(30):
        course = a_course_on_sale(by=ada, price="0" if number % 2 else "24.00", title=f"C {number}")
        if number % 2:
            start_checkout(buyer=cleo, course=course)
        else:
            a_paid_order(stripesim, buyer=cleo, course=course)
        if number in (2, 29):
            # user, orders, lines with courses; and for the returns: lines, enrollments,
            # refunds, requests
            with django_assert_num_queries(7):
                client.get("/purchases/")
