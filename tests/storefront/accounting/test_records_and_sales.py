"""The shop in Wagtail's admin: lists for admins, sales for producers."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.records.exports import FORMULA_STARTS
from courses.teams.members import make_lead
from learners.models import Enrollment, User
from storefront.accounting.sales import earned_by, sales_of, sells
from storefront.checkout import refunds
from storefront.checkout.orders import quote, start_checkout
from storefront.errors import OrderError
from storefront.models import (
    Coupon,
    LedgerEntry,
    Order,
    OrderLine,
    OrderStatus,
    Refund,
    WebhookEvent,
)
from tests.builders import a_course
from tests.people import logged_in, person, somebody
from tests.storefront.shop import a_coupon, a_course_on_sale, a_paid_order, everything
from tests.teams import add_instructor

pytestmark = pytest.mark.django_db

LISTS = ["order", "payment", "refund", "ledgerentry", "coupon", "webhookevent"]


@pytest.fixture
def order(stripesim, ada, cleo):
    return a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada, price="24.00"))


def refund_page(order) -> str:
    return f"/admin/shop/orders/{order.pk}/refund/"


def test_an_admin_reads_every_list(client, order, ivo):
    refunds.refund_order(order=order, by=ivo)
    a_coupon()
    WebhookEvent.objects.create(event_id="evt_1", type="charge.refunded", payload={})
    logged_in(client, ivo)

    for name in LISTS:
        assert client.get(f"/admin/storefront/{name}/").status_code == 200
        nothing = client.get(f"/admin/storefront/{name}/", {"q": "nothing like it"})
        assert nothing.status_code == 200


def test_each_hour_in_the_lists_and_on_the_pages_of_rows_tells_its_zone(client, order, ivo):
    User.objects.filter(pk=ivo.pk).update(time_zone="Asia/Tokyo")
    refund = refunds.refund_order(order=order, by=ivo)
    event = WebhookEvent.objects.create(event_id="evt_1", type="charge.refunded", payload={})
    rows = {
        *(order, order.payments.get(), refund, order.ledger_entries.first(), event),
        a_coupon(valid_until=order.created_at + timedelta(days=1)),
    }
    logged_in(client, ivo)

    for row in rows:
        path = f"/admin/storefront/{row._meta.model_name}/"
        told = BeautifulSoup(client.get(path).content, "html.parser").main.get_text()
        assert "(UTC+9)" in told, path
        if row._meta.model_name != "coupon":
            page = client.get(f"{path}inspect/{row.pk}/")
            told += BeautifulSoup(page.content, "html.parser").main.get_text()
        assert re.findall(r"\b\d{1,2}:\d\d\b(?! \(UTC)", told) == [], path


def test_nobody_else_reads_them(client, order):
    for who in ("ada", "bruno", "mira", "cleo"):
        logged_in(client, person(who))
        for name in LISTS:
            response = client.get(f"/admin/storefront/{name}/")
            assert response.status_code in (302, 403, 404), (who, name)
            assert order.number not in response.content.decode()


def test_money_rows_are_not_typed_into_not_even_by_a_superuser(client, order):
    root = User.objects.create_superuser("root@example.com", "x", name="Root")
    refund = refunds.refund_order(order=order, by=root)
    event = WebhookEvent.objects.create(event_id="evt_1", type="charge.refunded", payload={})
    rows = [order, order.payments.get(), refund, order.ledger_entries.first(), event]
    before = everything()
    logged_in(client, root)

    for row in rows:
        for path in ("create/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
            for method in (client.get, client.post):
                response = method(f"/admin/storefront/{row._meta.model_name}/{path}")
                assert response.status_code in (302, 403, 404), (row, path)

    assert everything() == before


def test_an_order_shows_all_that_hangs_on_it(client, order, ivo):
    page = logged_in(client, ivo).get(f"/admin/storefront/order/inspect/{order.pk}/")

    text = page.content.decode()
    for wanted in ("Sewing by hand", "cleo@example.com", "€20.40", "−€3.60", "Owed to producer"):
        assert wanted in text


def test_the_list_of_orders_asks_as_often_for_many_as_for_one(client, stripesim, ada, ivo):
    course, counts = a_course_on_sale(by=ada, price="0"), []
    logged_in(client, ivo)
    for number in range(4):
        start_checkout(buyer=somebody(email=f"buyer{number}@example.com"), course=course)
        client.get("/admin/storefront/order/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/storefront/order/")
        counts.append(len(queries))

    assert counts[1] == counts[3]


@pytest.mark.parametrize(("order", "codes"), [("5", ["OVER", "NOW"]), ("-5", ["NOW", "OVER"])])
def test_coupons_are_ordered_by_whether_they_are_active(client, ivo, order, codes):
    a_coupon("NOW")
    a_coupon("OVER", active=False)

    page = logged_in(client, ivo).get("/admin/storefront/coupon/", {"o": order})

    assert [coupon.code for coupon in page.context["object_list"]] == codes


@pytest.mark.parametrize(("name", "column"), [("order", 3), ("payment", 1)])
@pytest.mark.parametrize("way", ["", "-"])
def test_amounts_stand_in_order_within_their_currency(
    client, stripesim, ada, cleo, ivo, name, column, way
):
    for price, currency in (("30", "EUR"), ("9", "USD"), ("20", "USD"), ("12", "EUR")):
        course = a_course_on_sale(by=ada, price=price, currency=currency, title=price + currency)
        start_checkout(buyer=cleo, course=course)

    page = logged_in(client, ivo).get(f"/admin/storefront/{name}/", {"o": f"{way}{column}"})

    amount = {"order": "total", "payment": "amount"}[name]
    told = [(row.currency, getattr(row, amount)) for row in page.context["object_list"]]
    upwards = [("EUR", 12), ("EUR", 30), ("USD", 9), ("USD", 20)]
    assert told == (upwards[::-1] if way else upwards)


# Refunding


def test_a_reason_stays_in_its_box_when_a_refund_is_refused(client, order, ivo, monkeypatch):
    def refuse(**said):
        raise OrderError("Nothing was paid for this order.", code="nothing_paid")

    monkeypatch.setattr(refunds, "refund_order", refuse)
    before = everything()

    answer = logged_in(client, ivo).post(refund_page(order), {"reason": "Bought by mistake"})

    assert answer.status_code == 409
    assert "Nothing was paid for this order." in answer.content.decode()
    assert 'value="Bought by mistake"' in answer.content.decode()
    assert everything() == before


def test_an_admin_is_asked_and_then_refunds(client, order, ivo, cleo):
    logged_in(client, ivo)

    asked = client.get(refund_page(order)).content.decode()
    assert "€24.00" in asked
    assert Order.objects.get().status == OrderStatus.PAID

    response = client.post(refund_page(order), {"reason": "Bought by mistake."}, follow=True)

    assert "is refunded. The buyer has been told." in response.content.decode()
    assert Order.objects.get().status == OrderStatus.REFUNDED
    assert Enrollment.objects.get(user=cleo).status == "refunded"
    assert (Refund.objects.get().requested_by, Refund.objects.get().reason) == (
        ivo,
        "Bought by mistake.",
    )


def test_pressing_refund_twice_gives_back_once(client, stripesim, order, ivo):
    logged_in(client, ivo)
    for _ in range(2):
        client.post(refund_page(order))

    assert Refund.objects.count() == 1
    assert len(stripesim.events("refund.created")) == 1


def test_while_stripe_is_silent_the_refund_is_noted(client, stripesim, order, ivo):
    stripesim.fault("POST /v1/refunds", "fail", times=2)

    response = logged_in(client, ivo).post(refund_page(order), follow=True)

    assert "carried out once it does" in response.content.decode()
    assert Refund.objects.get().status == "pending"


def test_nobody_but_an_admin_refunds(client, order):
    before = everything()

    for who in ("ada", "bruno", "mira", "cleo"):
        logged_in(client, person(who))
        answers = [client.get(refund_page(order)), client.post(refund_page(order))]
        assert {answer.status_code for answer in answers} <= {302, 403, 404}, who

    assert everything() == before


def test_the_refund_page_names_its_order(client, order, ivo):
    page = BeautifulSoup(logged_in(client, ivo).get(refund_page(order)).text, "html.parser")

    assert [h1.text.split() for h1 in page.find_all("h1")] == [["Refund", "order", order.number]]


def test_an_unpaid_order_has_no_refund_page(client, order, ivo):
    Order.objects.update(status=OrderStatus.PENDING)

    assert logged_in(client, ivo).post(refund_page(order)).status_code == 404


# Exports


def test_no_cell_of_an_export_starts_a_formula(client, order, ivo):
    logged_in(client, ivo)
    for start in ("=", "+", "-", "@", "\t", "\r"):
        evil = f"{start}cmd|' /C calc'!A0"
        order.lines.update(title=evil)

        text = b"".join(client.get("/admin/storefront/order/?export=csv").streaming_content)
        book = b"".join(client.get("/admin/storefront/order/?export=xlsx").streaming_content)

        rows = csv.reader(io.StringIO(text.decode(), newline=""))
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]
        assert any(evil.strip() in cell for cell in cells)
        sheet = openpyxl.load_workbook(io.BytesIO(book)).active
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_moments_of_an_export_are_of_utc_and_its_headings_say_so(client, order, ivo):
    at = datetime(2026, 11, 14, 23, 30, tzinfo=UTC)
    Order.objects.update(paid_at=at)
    OrderLine.objects.update(producer=ivo)
    User.objects.filter(pk=ivo.pk).update(time_zone="Asia/Tokyo")
    logged_in(client, ivo)

    for address, heading in (
        ("/admin/storefront/order/", "Paid At (UTC)"),
        ("/admin/shop/sales/", "Sold (UTC)"),
    ):
        text = b"".join(client.get(f"{address}?export=csv").streaming_content).decode()
        book = b"".join(client.get(f"{address}?export=xlsx").streaming_content)

        (row,) = csv.DictReader(io.StringIO(text, newline=""))
        assert row[heading] == "2026-11-14 23:30:00+00:00"
        names, cells = openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True)
        assert dict(zip(names, cells, strict=True))[heading] == at.replace(tzinfo=None)


def test_an_export_says_nothing_where_there_is_nothing_and_0_where_there_is_0(client, order, ivo):
    answer = logged_in(client, ivo).get("/admin/storefront/order/?export=csv")
    (row,) = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))

    assert [row[name] for name in ("Discount", "Total")] == ["0.00", "24.00"]
    assert [row[name] for name in ("Returned", "Refunded At (UTC)", "Code")] == ["", "", ""]


def test_a_list_shows_an_empty_cell_by_one_sign(client, order, ivo):
    page = BeautifulSoup(logged_in(client, ivo).get("/admin/storefront/order/").text, "html.parser")

    assert page.select_one("td.field-returned").text.strip() == "–"


# Coupons


def test_an_admin_makes_a_code_and_it_works(client, stripesim, ada, ivo):
    course = a_course_on_sale(by=ada)
    logged_in(client, ivo)

    client.post(
        "/admin/storefront/coupon/create/",
        {"code": "SPRING", "percent_off": 25, "max_uses": 3, "active": "on"},
    )

    assert quote(course=course, code="spring").total == Decimal("18.00")


def test_two_codes_that_differ_in_case_are_refused(client, ivo):
    a_coupon("SPRING")

    response = logged_in(client, ivo).post(
        "/admin/storefront/coupon/create/", {"code": "spring", "percent_off": 25, "active": "on"}
    )

    assert "There is a coupon with this code." in response.content.decode()
    assert Coupon.objects.count() == 1


@pytest.mark.parametrize(("active", "word"), [(True, "Yes"), (False, "No")])
def test_the_list_of_coupons_says_in_a_word_whether_one_is_active(client, ivo, active, word):
    a_coupon("SPRING", active=active)

    page = BeautifulSoup(
        logged_in(client, ivo).get("/admin/storefront/coupon/").content, "html.parser"
    )

    assert page.find("td", class_="field-is_active").get_text(strip=True) == word


# A producer's sales


def test_a_producer_sees_every_cent_of_a_sale(client, order, ada):
    text = logged_in(client, ada).get("/admin/shop/sales/").content.decode()

    for wanted in ("You have earned <b>€20.40</b>", order.number, "€24.00", "€3.60", "€20.40"):
        assert wanted in text
    assert "cleo@example.com" not in text


def test_a_refund_is_taken_off_what_was_earned(client, order, ada, ivo):
    refunds.refund_order(order=order, by=ivo)

    text = logged_in(client, ada).get("/admin/shop/sales/").content.decode()

    assert "You have earned" not in text
    assert "Refunded" in text


def test_a_producer_sees_nothing_of_anothers_sales(client, order, bruno):
    a_course(by=bruno, title="Maps for walkers", syllabus=[])
    text = logged_in(client, bruno).get("/admin/shop/sales/").content.decode()
    exported = b"".join(client.get("/admin/shop/sales/?export=csv").streaming_content).decode()

    assert "Nothing sold yet" in text
    assert order.number not in text + exported


def closed(response) -> bool:
    return response.status_code == 302 and response.url.startswith("/admin/")


def menu_of(client) -> str:
    return client.get("/admin/").text


def test_a_co_instructor_sees_none_of_the_leads_money(client, order, ada, bruno):
    course = order.lines.get().course
    add_instructor(course=course, email=bruno.email, by=ada)
    logged_in(client, bruno)

    assert closed(client.get("/admin/shop/sales/"))
    assert closed(client.get("/admin/shop/sales/results/"))
    assert closed(client.get("/admin/shop/sales/?export=csv"))
    assert "My sales" not in menu_of(client)
    assert (list(sales_of(bruno)), earned_by(bruno), sells(bruno)) == ([], [], False)
    # What they teach they do see: who studies it, by name.
    assert "Cleo Marchetti" in client.get("/admin/learners/enrollment/").text


def test_a_lead_who_hands_the_course_over_keeps_their_sales_and_the_new_one_begins(
    stripesim, order, ada, bruno, dana
):
    course = order.lines.get().course
    make_lead(member=add_instructor(course=course, email=bruno.email, by=ada), by=ada)
    assert (list(sales_of(bruno)), sells(bruno)) == ([], True)

    later = a_paid_order(stripesim, buyer=dana, course=course)

    assert [line.order for line in sales_of(ada)] == [order]
    assert [line.order for line in sales_of(bruno)] == [later]
    assert (earned_by(ada), earned_by(bruno)) == (["€20.40"], ["€20.40"])
    assert sells(ada)


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "consumer"}])
def test_what_was_earned_stays_booked_and_is_for_admins_once_a_producer_is_gone(
    client, order, ada, ivo, change
):
    shares = list(LedgerEntry.objects.filter(producer=ada).values_list("amount", flat=True))
    User.objects.filter(pk=ada.pk).update(**change)
    gone = User.objects.get(pk=ada.pk)

    assert not sells(gone)
    assert list(LedgerEntry.objects.filter(producer=ada).values_list("amount", flat=True)) == shares
    assert [line.share for line in sales_of(gone)] == [Decimal("20.40")]
    assert "Ada Okafor" in logged_in(client, ivo).get("/admin/storefront/ledgerentry/").text


def test_somebody_who_teaches_nothing_has_no_sales_page(client, order, mira):
    assert logged_in(client, mira).get("/admin/shop/sales/").status_code in (302, 403, 404)


def test_sales_are_exported_in_numbers_that_add_up(client, order, ada):
    exported = b"".join(
        logged_in(client, ada).get("/admin/shop/sales/?export=csv").streaming_content
    ).decode()

    (row,) = csv.DictReader(io.StringIO(exported))
    assert Decimal(row["Fee"]) + Decimal(row["Your share"]) == Decimal(row["Paid"])


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("valid_until", "2027-01-01 12:00", "A code ends after it starts."),
        ("max_uses", "2", "It has been used 3 times already."),
        ("max_uses", "0", "greater than or equal to 1"),
        ("percent_off", "99", "A card cannot be charged less than €0.50."),
        ("percent_off", "101", "less than or equal to 100"),
    ],
)
def test_a_code_that_no_buyer_could_use_is_refused(client, ada, ivo, field, value, says):
    course = a_course_on_sale(by=ada, price="24.00")
    coupon = a_coupon("FIELDBOOK", 25, course=course, used=3, max_uses=5)
    before = Coupon.objects.values().get()
    entered = {
        "code": "FIELDBOOK",
        "percent_off": "25",
        "course": str(course.pk),
        "max_uses": "5",
        "valid_from": "2027-01-01 12:00",
        "valid_until": "2027-02-01 12:00",
        "active": "on",
    }

    response = logged_in(client, ivo).post(
        f"/admin/storefront/coupon/edit/{coupon.pk}/", entered | {field: value}
    )

    assert response.status_code == 200
    assert says in response.content.decode()
    assert Coupon.objects.values().get() == before
