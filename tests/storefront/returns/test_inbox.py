"""The list of returns in the admin, and the page where one is decided."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from storefront.checkout.refunds import refund_order
from storefront.models import Order, ReturnRequest
from storefront.returns.requests import decide_request, request_return
from tests.people import logged_in, person
from tests.storefront.shop import a_course_on_sale, a_paid_order

pytestmark = pytest.mark.django_db
WORDS = "I took the wrong one of two <courses>."
LIST = "/admin/shop/returns/"


@pytest.fixture
def waiting(order, cleo, studied) -> ReturnRequest:
    studied(60)
    return request_return(order=order, by=cleo, words=WORDS)


def decision(asked) -> str:
    return reverse("returns:decide", args=[asked.pk])


def page(client, address) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_those_that_wait_stand_first(client, stripesim, ada, cleo, dana, ivo, waiting):
    later = a_paid_order(stripesim, buyer=dana, course=waiting.order.lines.get().course)
    request_return(order=later, by=dana)  # at once, and after the one that waits

    shown = page(logged_in(client, ivo), LIST)

    assert shown.index("Cleo Marchetti") < shown.index("Dana Whitfield")
    assert "60 %" in shown
    assert "Granted" in shown and "The rule" in shown
    assert LIST in page(client, "/admin/")


def test_the_list_costs_the_same_for_one_and_for_many(
    client, stripesim, ada, cleo, ivo, waiting, django_assert_max_num_queries
):
    logged_in(client, ivo)
    client.get(LIST)
    with django_assert_max_num_queries(40) as one:
        client.get(LIST)
    for number in range(5):
        course = a_course_on_sale(by=ada, title=f"Course {number}")
        request_return(order=a_paid_order(stripesim, buyer=cleo, course=course), by=cleo)

    with django_assert_max_num_queries(len(one)):
        client.get(LIST)


def test_the_dashboard_names_who_waits(client, waiting, ivo, mira):
    assert decision(waiting) in page(logged_in(client, ivo), "/admin/")
    assert decision(waiting) not in page(logged_in(client, mira), "/admin/")

    decide_request(request=waiting, by=ivo, grant=False, answer="No.")

    assert decision(waiting) not in page(logged_in(client, ivo), "/admin/")


def test_the_page_shows_what_a_decision_needs(client, waiting, ivo):
    shown = page(logged_in(client, ivo), decision(waiting))

    assert "Cleo Marchetti would like to return Sewing by hand" in shown
    assert "cleo@example.com" in shown
    assert "I took the wrong one of two &lt;courses&gt;." in shown
    assert "0 days before the request" in shown
    assert "60 % at the request, 60 % now" in shown
    assert "within 30 days, less than half studied" in shown
    assert "Give €24.00 back" in shown


def test_an_order_leads_to_its_returns(client, waiting, ivo):
    address = reverse("storefront_order_modeladmin_inspect", args=[waiting.order_id])

    assert f'href="{decision(waiting)}"' in page(logged_in(client, ivo), address)


def test_granting_gives_the_money_back_and_the_log_says_who(client, waiting, ivo):
    response = logged_in(client, ivo).post(
        decision(waiting), {"decision": "grant", "answer": "Gladly."}
    )

    assert response.url == LIST
    assert "Cleo Marchetti: granted." in page(client, LIST)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.answer, waiting.decided_by) == ("granted", "Gladly.", ivo)
    assert Order.objects.get().status == "refunded"
    entry = ModelLogEntry.objects.get(action="storefront.return_granted")
    assert (entry.user, entry.object_id) == (ivo, str(waiting.order_id))
    shown = page(client, decision(waiting))
    assert "Decided by: Ivo Petrović." in shown
    assert "Give €24.00 back" not in shown


def test_declining_in_words(client, waiting, ivo):
    response = logged_in(client, ivo).post(
        decision(waiting), {"decision": "decline", "answer": "It is the right one."}
    )

    assert response.url == LIST
    waiting.refresh_from_db()
    assert (waiting.status, waiting.answer) == ("declined", "It is the right one.")
    assert Order.objects.get().status == "paid"
    assert ModelLogEntry.objects.filter(action="storefront.return_declined").count() == 1


@pytest.mark.parametrize("answer", ["", "x" * 2001])
def test_declining_without_words_or_with_too_many_keeps_the_page(
    client, waiting, ivo, books, answer
):
    before = books()

    response = logged_in(client, ivo).post(
        decision(waiting), {"decision": "decline", "answer": answer}
    )

    assert response.status_code == 200
    assert response.context["form"].errors["answer"]
    assert books() == before
    assert not ModelLogEntry.objects.filter(action__startswith="storefront.return").exists()


@pytest.mark.parametrize("posted", [{}, {"decision": "perhaps", "answer": "Hm."}])
def test_a_post_that_decides_nothing_writes_nothing(client, waiting, ivo, books, posted):
    before = books()

    response = logged_in(client, ivo).post(decision(waiting), posted)

    assert response.status_code == 400
    assert books() == before


def test_what_was_decided_meanwhile_is_said_and_stays(client, waiting, order, ivo, books):
    refund_order(order=order, by=ivo)
    before = books()

    response = logged_in(client, ivo).post(
        decision(waiting), {"decision": "decline", "answer": "No."}
    )

    assert response.status_code == 409
    shown = response.content.decode()
    assert "This return was granted already." in shown
    assert "readonly>No.</textarea>" in shown
    assert books() == before
    assert not ModelLogEntry.objects.filter(action__startswith="storefront.return").exists()


def test_words_that_another_admin_was_faster_than_are_given_back(client, waiting, ivo, books):
    decide_request(request=waiting, by=ivo, grant=False, answer="It is the right one.")
    before = books()

    response = logged_in(client, ivo).post(
        decision(waiting), {"decision": "decline", "answer": "You finished it."}
    )

    assert response.status_code == 409
    assert "readonly>You finished it.</textarea>" in response.content.decode()
    assert books() == before


def test_while_stripe_is_silent_the_grant_stands(client, stripesim, waiting, ivo):
    stripesim.fault("POST /v1/refunds", "fail", times=2)

    response = logged_in(client, ivo).post(decision(waiting), {"decision": "grant"})

    assert "the money follows within minutes" in page(client, response.url)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.refund.status) == ("granted", "pending")
    assert ModelLogEntry.objects.filter(action="storefront.return_granted").count() == 1


@pytest.mark.parametrize("who", ["ada", "mira", "cleo", None])
def test_nobody_but_admins_learns_which_returns_there_are(client, waiting, who, books):
    if who:
        logged_in(client, person(who))
    before = books()
    there, missing = decision(waiting), f"{LIST}99999999/"

    for ask in (client.get, client.post):
        first, second = ask(there), ask(missing)
        assert first.status_code == second.status_code == 302
        assert first.url.replace(there, "") == second.url.replace(missing, "")
        assert ask(LIST).status_code == 302

    assert books() == before


def test_a_missing_return_is_missing_for_an_admin(client, ivo):
    logged_in(client, ivo)

    assert client.get(f"{LIST}99999999/").status_code == 404
    assert client.get(f"{LIST}{10**30}/").status_code == 404
