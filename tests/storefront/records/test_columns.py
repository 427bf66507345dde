"""Amounts in lists: in their own currency, and ordered as amounts."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from storefront.records.columns import money_column


@pytest.mark.parametrize(
    ("amount", "currency", "told"),
    [("24.00", "EUR", "€24.00"), ("500", "JPY", "¥500"), ("-3.60", "USD", "−$3.60")],
)
def test_an_amount_is_told_in_its_own_currency(amount, currency, told):
    row = SimpleNamespace(total=Decimal(amount), amount=Decimal(1), currency=currency)

    assert money_column("total")(None, row) == told


def test_a_column_of_amounts_is_ordered_within_its_currency_and_named_as_it_was_asked():
    total, plain = money_column("total", "Total"), money_column("amount")

    assert (total.admin_order_field, total.short_description) == ("currency,total", "Total")
    assert (plain.admin_order_field, plain.short_description) == ("currency,amount", "Amount")
