"""The shop's words in Python are marked: in the accented language each stands in brackets."""

import re

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override

from perfomix.languages import pseudo
from storefront.checkout import refunds
from storefront.checkout.offers import check_buyable
from storefront.errors import OrderError, PaymentsUnavailable
from storefront.models import WebhookEvent
from tests.people import logged_in
from tests.storefront.shop import a_coupon, a_course_on_sale, a_paid_order

pytestmark = pytest.mark.django_db

LISTS = ["order", "payment", "refund", "ledgerentry", "coupon", "webhookevent"]


@pytest.fixture
def order(stripesim, ada, cleo):
    return a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada, price="24.00"))


def accented(client, user):
    logged_in(client, user).get(f"/language/{pseudo.ACCENTED}/")
    return client


def unmarked(texts) -> list[str]:
    told = [" ".join(text.split()) for text in texts]
    return [text for text in told if re.search("[A-Za-z]", text) and "⟦" not in text]


@pytest.mark.parametrize("name", LISTS)
def test_headings_of_the_shops_lists_are_marked(client, order, ivo, name):
    refunds.refund_order(order=order, by=ivo)
    a_coupon()
    WebhookEvent.objects.create(event_id="evt_1", type="charge.refunded", payload={})

    page = accented(client, ivo).get(f"/admin/storefront/{name}/")

    soup = BeautifulSoup(page.content, "html.parser")
    headings = [heading.get_text() for heading in soup.select("table.listing thead th")]
    assert len(headings) >= 5
    assert unmarked(headings) == []


@pytest.mark.parametrize("name", ["payment", "refund", "ledgerentry", "webhookevent"])
def test_labels_of_one_row_are_marked(client, order, ivo, name):
    refund = refunds.refund_order(order=order, by=ivo)
    event = WebhookEvent.objects.create(event_id="evt_1", type="charge.refunded", payload={})
    rows = {
        "payment": refund.payment,
        "refund": refund,
        "ledgerentry": order.ledger_entries.first(),
        "webhookevent": event,
    }

    page = accented(client, ivo).get(f"/admin/storefront/{name}/inspect/{rows[name].pk}/")

    labels = [label.get_text() for label in BeautifulSoup(page.content, "html.parser").select("dt")]
    assert len(labels) >= 6
    assert unmarked(label for label in labels if label.strip() != "ID") == []


def test_the_form_of_a_coupon_is_marked(client, ivo):
    page = accented(client, ivo).get("/admin/storefront/coupon/create/")

    soup = BeautifulSoup(page.content, "html.parser")
    told = "label.w-field__label, .w-panel__heading [data-panel-heading-text], .help"
    labels = [label.get_text() for label in soup.select(told)]
    assert len(labels) >= 10
    assert unmarked(labels) == []


def test_a_producers_sales_are_marked(client, order, ada):
    page = accented(client, ada).get("/admin/shop/sales/")

    soup = BeautifulSoup(page.content, "html.parser")
    headings = [heading.get_text() for heading in soup.select("table.listing thead th")]
    assert len(headings) == 10
    assert unmarked(headings) == []


def test_an_export_has_its_headings_in_the_readers_language(client, order, ada):
    answer = accented(client, ada).get("/admin/shop/sales/?export=csv")

    first = b"".join(answer.streaming_content).decode().splitlines()[0]
    assert unmarked(first.split(",")) == []


def test_refusals_are_said_in_the_readers_language_and_keep_their_code(ada, cleo):
    course = a_course_on_sale(by=ada)
    with override(pseudo.ACCENTED), pytest.raises(OrderError) as refusal:
        check_buyable(buyer=ada, course=course)

    assert str(refusal.value).startswith("⟦")
    assert refusal.value.code == "own_course"
    with override(pseudo.ACCENTED):
        assert str(PaymentsUnavailable()).startswith("⟦")
    assert str(PaymentsUnavailable()).startswith("Payments do not answer")


def test_what_stripe_is_told_of_an_order_stays_the_same_in_every_language(
    client, stripesim, ada, cleo
):
    """One key with other words would be refused: the buyer may change the language between."""
    course = a_course_on_sale(by=ada, price="24.00")
    stripesim.fault("POST /v1/checkout/sessions", "drop", times=2)
    pay = {"action": "pay", "shown": "24.00"}
    address = f"/courses/{course.slug}/checkout/"
    assert logged_in(client, cleo).post(address, pay).status_code == 503

    client.get(f"/language/{pseudo.ACCENTED}/")

    assert client.post(address, pay).status_code == 302


def test_a_buyer_reads_the_shops_reason_and_not_an_admins(client, stripesim, order, cleo, ivo):
    refunds.refund_order(order=order, by=ivo, reason="Wrote three angry letters.")

    page = logged_in(client, cleo).get(f"/checkout/{order.pk}/return/").content.decode()

    assert "Your money is on its way back" in page
    assert "angry letters" not in page
    assert "This order was refunded." in page
