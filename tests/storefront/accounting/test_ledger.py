"""The ledger: what it holds, and what the database does not let anybody do to it."""

import uuid
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from storefront.accounting import ledger
from storefront.checkout.orders import start_checkout
from storefront.models import Account, LedgerEntry, Order
from tests.storefront.shop import a_course_on_sale, a_paid_order, balances

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(stripesim, ada, cleo):
    order = a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada, price="24.00"))
    connection.check_constraints()  # as its commit would
    return order


def entries():
    return list(LedgerEntry.objects.values_list("pk", "account", "amount", "memo"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE storefront_ledgerentry SET amount = 0",
        "UPDATE storefront_ledgerentry SET memo = 'something else'",
        "DELETE FROM storefront_ledgerentry",
        "TRUNCATE storefront_ledgerentry",
    ],
)
def test_entries_are_never_changed_nor_removed(order, statement):
    before = entries()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)

    assert entries() == before


def test_the_ledger_cannot_be_changed_through_the_orm_either(order):
    before = entries()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        LedgerEntry.objects.update(amount=Decimal(0))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        LedgerEntry.objects.first().delete()

    assert entries() == before


@pytest.mark.parametrize("amounts", [["24.00"], ["24.00", "-23.99"]])
def test_a_transaction_that_does_not_sum_to_zero_is_refused(order, amounts):
    before, number = entries(), uuid.uuid4()

    with pytest.raises(DatabaseError, match="off by"), transaction.atomic():
        for amount in amounts:
            LedgerEntry.objects.create(
                transaction=number,
                order=order,
                account=Account.CASH,
                amount=Decimal(amount),
                currency="EUR",
                memo="a slip",
            )
        connection.check_constraints()

    assert entries() == before


def test_currencies_do_not_cancel_each_other_out(order):
    number = uuid.uuid4()

    with pytest.raises(DatabaseError, match="off by"), transaction.atomic():
        for amount, currency in (("5", "EUR"), ("-5", "USD")):
            LedgerEntry.objects.create(
                transaction=number,
                order=order,
                account=Account.CASH,
                amount=Decimal(amount),
                currency=currency,
                memo="a slip",
            )
        connection.check_constraints()


def test_a_sale_says_who_is_owed_what(order, ada):
    assert balances() == {
        "cash": Decimal("24.00"),
        "producer": Decimal("-20.40"),
        "revenue": Decimal("-3.60"),
    }
    assert LedgerEntry.objects.get(account=Account.PRODUCER).producer == ada
    assert LedgerEntry.objects.values("transaction").distinct().count() == 1


@pytest.mark.parametrize("parts", [["24.00"], ["0.01", "23.99"], ["7.77", "7.77", "8.46"]])
def test_refunds_in_parts_leave_nothing_behind(order, parts):
    for part in parts:
        ledger.book_refund(order, Decimal(part))

    assert balances() == {}


def test_a_part_refund_takes_from_everybody_in_proportion(order):
    ledger.book_refund(order, Decimal("12.00"))

    assert balances() == {
        "cash": Decimal("12.00"),
        "producer": Decimal("-10.20"),
        "revenue": Decimal("-1.80"),
    }


def test_a_free_order_moves_no_money(stripesim, ada, cleo):
    start_checkout(buyer=cleo, course=a_course_on_sale(by=ada, price="0"))

    assert Order.objects.count() == 1
    assert not LedgerEntry.objects.exists()
