"""What a receipt says is written once: people, sellers, codes and prices change afterwards."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from courses.models import CoursePage, OutboxMail
from learners.models import User
from storefront.checkout import fulfilment, orders, refunds
from storefront.checkout.fulfilment import settle
from storefront.models import Coupon, Order, OrderStatus, Seller
from storefront.payments import stripe
from tests.people import logged_in
from tests.storefront.shop import a_checkout, a_coupon, a_course_on_sale, a_paid_order, everything

pytestmark = pytest.mark.django_db

LANTERN = {
    "name": "Lantern Courses",
    "address": "Quay 4\n5003 Bergen\nNorway",
    "tax_number": "NO 999 888 777",
}


@pytest.fixture
def course(ada):
    return a_course_on_sale(by=ada, price="64.00")


@pytest.fixture
def order(stripesim, course, cleo):
    Seller.objects.create(**LANTERN)
    a_coupon("FIELDBOOK", 25)
    return a_paid_order(stripesim, buyer=cleo, course=course, code="FIELDBOOK")


def everything_is_called_something_else(course) -> None:
    Seller.objects.update(name="Harbour Ltd", address="Elsewhere 1", tax_number="GB 1")
    Coupon.objects.update(code="RENAMED", percent_off=90)
    User.objects.filter(email="cleo@example.com").update(name="Cleo Smith", email="new@example.com")
    User.objects.filter(email="ada@example.com").update(name="Ada Jones")
    CoursePage.objects.filter(pk=course.pk).update(title="Sewing by machine", price=Decimal(99))


def words_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def part_refund(order, amount: int) -> None:
    """Some of the money goes back from Stripe's own dashboard (``amount`` in cents)."""
    payment = order.payments.get()
    made = {"payment_intent": payment.payment_intent, "amount": amount}
    stripe.client().v1.refunds.create(made)
    refunds.sync(payment=payment)


def test_a_receipt_stays_as_it_was_whatever_is_called_something_else_later(
    client, order, course, cleo
):
    logged_in(client, cleo)
    before = words_of(client.get(f"/purchases/{order.pk}/"))

    everything_is_called_something_else(course)

    after = words_of(client.get(f"/purchases/{order.pk}/"))
    sheet = after[after.index("<article") : after.index("</article>")]
    assert sheet == before[before.index("<article") : before.index("</article>")]
    for said in (
        *("Cleo Marchetti<br>cleo@example.com", "Lantern Courses", "Quay 4<br>5003 Bergen"),
        *("Tax number NO 999 888 777", "Code FIELDBOOK, 25 % off", "−€16.00", "€48.00"),
        *("Sewing by hand", "by Ada Okafor"),
    ):
        assert said in sheet
    assert "Perfomix" not in sheet


def test_the_receipts_mail_names_buyer_and_seller(order):
    mail = OutboxMail.objects.get(key=f"receipt:{order.pk}")

    for part in (mail.text, mail.html):
        words = " ".join(part.split())
        assert "Sold to Cleo Marchetti by Lantern Courses. Tax number NO 999 888 777." in words
        assert "Code FIELDBOOK" in words


def test_an_admin_sees_the_receipt_and_who_the_buyer_is_today(client, order, course, ivo):
    everything_is_called_something_else(course)
    address = reverse("storefront_order_modeladmin_inspect", args=[order.pk])

    page = words_of(logged_in(client, ivo).get(address))

    for said in (
        *("Cleo Marchetti, cleo@example.com", "Cleo Smith, new@example.com", "Lantern Courses"),
        *("FIELDBOOK, 25 % off", "Ada Okafor"),
    ):
        assert said in page
    assert "RENAMED" not in page


def test_the_books_that_an_admin_exports_say_what_the_receipts_say(client, order, course, ivo):
    part_refund(order, 1000)
    everything_is_called_something_else(course)
    logged_in(client, ivo)

    export = client.get(reverse("storefront_order_modeladmin_index"), {"export": "csv"})
    rows = b"".join(export.streaming_content).decode()

    for said in ("cleo@example.com", "Cleo Marchetti", "Lantern Courses", "FIELDBOOK", "€10.00"):
        assert said in rows
    assert "new@example.com" not in rows


def test_an_old_address_still_finds_its_order(client, order, course, ivo):
    everything_is_called_something_else(course)
    logged_in(client, ivo)

    for asked in ("cleo@example.com", "new@example.com"):
        listed = client.get(reverse("storefront_order_modeladmin_index"), {"q": asked})
        assert order.number in listed.content.decode()


def test_a_code_that_changes_before_payment_stands_as_it_was_agreed(stripesim, course, cleo):
    a_coupon("FIELDBOOK", 25)
    order, session = a_checkout(buyer=cleo, course=course, code="FIELDBOOK")
    Coupon.objects.update(code="RENAMED", percent_off=90)
    stripesim.pay(session)

    order = settle(session_id=session)

    assert (order.coupon_code, order.coupon_percent) == ("FIELDBOOK", 25)
    assert (order.discount, order.total) == (Decimal("16.00"), Decimal("48.00"))


def test_a_code_that_takes_another_share_off_by_now_makes_a_new_order(stripesim, course, cleo):
    a_coupon("FIELDBOOK", 25)
    first, _session = a_checkout(buyer=cleo, course=course, code="FIELDBOOK")
    Coupon.objects.update(percent_off=50)

    second = orders.start_checkout(
        buyer=cleo, course=course, code="FIELDBOOK", shown=Decimal("32.00")
    ).order

    first.refresh_from_db()
    assert (first.status, second.total) == (OrderStatus.EXPIRED, Decimal("32.00"))
    assert second.coupon_percent == 50


def test_an_unpaid_order_has_no_receipt_yet(stripesim, course, cleo):
    order, _session = a_checkout(buyer=cleo, course=course)

    assert (order.buyer_email, order.seller_name, order.paid_at) == ("", "", None)


def test_a_free_order_has_a_receipt_too(client, stripesim, ada, cleo):
    free = a_course_on_sale(by=ada, price="0")
    order = orders.start_checkout(buyer=cleo, course=free).order

    sheet = words_of(logged_in(client, cleo).get(f"/purchases/{order.pk}/"))

    assert "Cleo Marchetti<br>cleo@example.com" in sheet
    assert order.seller_name == "Perfomix"


def test_the_receipt_is_written_with_the_payment_or_not_at_all(
    stripesim, course, cleo, monkeypatch
):
    """One transaction: what fails after the receipt takes it back."""
    order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)
    before = everything()

    def broken(**kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(fulfilment, "queue_mail", broken)
    with pytest.raises(RuntimeError):
        settle(session_id=session)

    order.refresh_from_db()
    assert (order.status, order.buyer_email, order.seller_name) == ("pending", "", "")
    assert everything() == before


def test_the_database_holds_no_paid_order_without_buyer_and_seller(stripesim, course, cleo):
    order, _session = a_checkout(buyer=cleo, course=course)
    ours = Order.objects.filter(pk=order.pk)

    for missing in ({"seller_name": "Perfomix"}, {"buyer_email": "cleo@example.com"}):
        for status in ("paid", "refunded"):
            with pytest.raises(IntegrityError, match="receipt_names_both"), transaction.atomic():
                ours.update(status=status, **missing)
    with pytest.raises(IntegrityError, match="seller_has_a_name"), transaction.atomic():
        Seller.objects.create(name="")


def test_money_that_buys_nothing_has_a_receipt_that_names_both(
    client, stripesim, course, cleo, commit
):
    order, session = a_checkout(buyer=cleo, course=course)
    CoursePage.objects.filter(pk=course.pk).update(archived_at=timezone.now())
    stripesim.pay(session)

    with commit():
        settle(session_id=session)

    sheet = words_of(logged_in(client, cleo).get(f"/purchases/{order.pk}/"))
    assert "Cleo Marchetti<br>cleo@example.com" in sheet
    assert "Refunded" in rows_of(sheet) and "€0.00" in rows_of(sheet)


def test_what_is_written_is_not_written_anew(order, course):
    everything_is_called_something_else(course)
    order = Order.objects.get(pk=order.pk)

    fulfilment._write_receipt(order)

    order.refresh_from_db()
    assert (order.buyer_name, order.seller_name) == ("Cleo Marchetti", "Lantern Courses")


def test_receipts_of_before_are_written_from_what_is_known_today(order, stripesim, ada, dana):
    unpaid, _session = a_checkout(buyer=dana, course=a_course_on_sale(by=ada, title="Darning"))
    blank = ("buyer_name", "buyer_email", "seller_name", "seller_address", "coupon_code")
    forgotten = dict.fromkeys(blank, "") | {"buyer_email": "-", "seller_name": "-"}
    Order.objects.filter(pk=order.pk).update(coupon_percent=None, seller_tax_number="", **forgotten)

    import_module("storefront.migrations.0010_receipts_are_written_once").write_receipts(apps, None)

    order.refresh_from_db()
    unpaid.refresh_from_db()
    assert (order.buyer_name, order.buyer_email) == ("Cleo Marchetti", "cleo@example.com")
    assert (order.seller_name, order.seller_tax_number) == ("Lantern Courses", "NO 999 888 777")
    assert (order.coupon_code, order.coupon_percent) == ("FIELDBOOK", 25)
    assert (unpaid.buyer_email, unpaid.seller_name, unpaid.coupon_code) == ("", "", "")


# After a refund


def rows_of(page: str) -> str:
    return page[page.index("<tfoot>") : page.index("</tfoot>")]


def test_purchases_say_what_was_paid_and_what_came_back(client, order, cleo, ivo):
    logged_in(client, cleo)
    assert "€48.00 returned" not in words_of(client.get("/purchases/"))

    part_refund(order, 1000)
    in_part = words_of(client.get("/purchases/"))
    refunds.refund_order(order=order, by=ivo)
    in_full = words_of(client.get("/purchases/"))

    assert "€48.00 paid" in in_part and "€10.00 returned" in in_part
    assert "€48.00 paid" in in_full and "€48.00 returned" in in_full


def test_money_on_its_way_back_is_not_called_returned(client, stripesim, order, cleo, ivo):
    refunds.promise(payment=order.payments.get(), reason="", by=ivo)

    page = words_of(logged_in(client, cleo).get("/purchases/"))
    receipt = rows_of(words_of(client.get(f"/purchases/{order.pk}/")))

    assert "€48.00 on its way back" in page
    assert "€48.00 returned" not in page
    assert "Being refunded" in receipt and "€0.00" in receipt


def test_the_last_line_of_a_receipt_says_what_remains_paid(client, order, cleo, ivo):
    logged_in(client, cleo)
    address = f"/purchases/{order.pk}/"
    untouched = rows_of(words_of(client.get(address)))
    part_refund(order, 1000)
    in_part = rows_of(words_of(client.get(address)))
    refunds.refund_order(order=order, by=ivo)
    in_full = rows_of(words_of(client.get(address)))

    assert "Remains paid" not in untouched
    assert in_part.index("€48.00") < in_part.index("−€10.00") < in_part.index("Remains paid")
    assert in_part.rindex("€38.00") > in_part.index("Remains paid")
    assert in_full.count("Refunded") == 2
    assert in_full.rindex("€0.00") > in_full.index("Remains paid")


def test_the_mail_of_a_part_refund_says_what_remains_and_that_the_course_stays_open(order):
    part_refund(order, 1000)

    mail = OutboxMail.objects.get(key__startswith="refund:")
    said = "Of the €48.00 you paid, €38.00 remain paid, and the course stays open to you."
    assert said in mail.text and said in " ".join(mail.html.split())
    assert "closed" not in mail.text


def test_the_mail_of_the_last_part_says_that_the_course_is_closed(order):
    part_refund(order, 1000)
    part_refund(order, 3800)

    last = OutboxMail.objects.filter(key__startswith="refund:").latest("pk")
    assert "€38.00" in last.subject
    assert "The course is closed now." in last.text and "The course is closed now." in last.html


def test_the_order_in_the_admin_says_what_came_back(client, order, ivo):
    part_refund(order, 1000)
    logged_in(client, ivo)

    listed = words_of(client.get(reverse("storefront_order_modeladmin_index")))
    page = words_of(client.get(reverse("storefront_order_modeladmin_inspect", args=[order.pk])))

    assert "€10.00" in listed
    assert "<dt>Returned</dt> <dd>€10.00</dd> <dt>Remains paid</dt> <dd>€38.00</dd>" in page


AT = datetime(2026, 11, 14, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "told", "last"),
    [
        ("Asia/Kolkata", "15 November 2026, 05:00 (UTC+5:30)", "15 December 2026"),
        ("America/Los_Angeles", "14 November 2026, 15:30 (UTC−8)", "14 December 2026"),
        ("Pacific/Kiritimati", "15 November 2026, 13:30 (UTC+14)", "15 December 2026"),
        ("", "14 November 2026, 23:30 (UTC)", "14 December 2026"),
    ],
)
def test_a_receipt_tells_times_by_the_buyers_clock_of_that_day(
    client, stripesim, course, cleo, zone, told, last
):
    User.objects.filter(pk=cleo.pk).update(time_zone=zone)
    _order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)
    with time_machine.travel(AT, tick=False):
        order = settle(session_id=session)
    User.objects.filter(pk=cleo.pk).update(time_zone="Europe/Lisbon")  # moved since

    with time_machine.travel(AT + timedelta(days=1), tick=False):
        cleos = logged_in(client, cleo)
        receipt = words_of(cleos.get(reverse("storefront:receipt", args=[order.pk])))
        purchases = words_of(cleos.get(reverse("storefront:purchases")))

    assert f"{told}</time>" in receipt
    assert f"until {last}." in receipt
    assert f">{told.split(',')[0]}</time>" in purchases
    mail = OutboxMail.objects.get(key=f"receipt:{order.pk}")
    assert f"Paid {told}" in " ".join(mail.html.split())
    assert told in mail.text
    assert f"The last day is {last}." in mail.text


def test_a_receipt_of_before_keeps_the_clock_it_had(order):
    Order.objects.update(zone="")
    migration = import_module("storefront.migrations.0017_receipts_of_before_are_of_utc")

    migration.keep(apps, None)

    assert Order.objects.get().zone == "UTC"


def test_an_order_without_a_receipt_is_told_by_the_readers_clock(stripesim, course, cleo):
    order, _session = a_checkout(buyer=cleo, course=course)

    assert order.zone == ""
    with timezone.override("Asia/Kolkata"):
        assert str(order.clock) == "Asia/Kolkata"
