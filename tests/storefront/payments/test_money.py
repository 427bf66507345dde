"""Amounts: minor units, rounding and splitting. Pure arithmetic, no database."""

from decimal import Decimal

import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.currencies import CURRENCIES
from storefront.accounting.ledger import shares
from storefront.errors import OrderError
from storefront.payments.money import from_minor, split, to_minor

CODES = st.sampled_from(sorted(CURRENCIES))
MINOR = st.integers(min_value=0, max_value=99_999_999)


@pytest.mark.parametrize(
    ("amount", "code", "minor"),
    [
        ("57.60", "EUR", 5760),
        ("0.01", "usd", 1),
        ("500", "JPY", 500),
        ("500.00", "JPY", 500),
        ("9999.99", "GBP", 999999),
    ],
)
def test_amounts_become_what_stripe_counts_in(amount, code, minor):
    assert to_minor(Decimal(amount), code) == minor


@given(CODES, MINOR)
def test_minor_units_come_back_as_they_went(code, minor):
    """Round trip for every currency in the list."""
    assert to_minor(from_minor(minor, code), code) == minor


@pytest.mark.parametrize("code", ["ISK", "UGX", "HUF", "TWD", "KWD", "BHD", "JOD", "OMR", ""])
def test_currencies_whose_minor_units_are_not_certain_are_refused(code):
    """Stripe counts these otherwise than their users write them."""
    with pytest.raises(OrderError) as refusal:
        to_minor(Decimal(10), code)

    assert refusal.value.code == "currency_not_sold"


@pytest.mark.parametrize(("amount", "code"), [("10.005", "EUR"), ("10.5", "JPY")])
def test_parts_of_a_cent_are_refused_and_not_rounded_away(amount, code):
    with pytest.raises(OrderError) as refusal:
        to_minor(Decimal(amount), code)

    assert refusal.value.code == "not_an_amount"


@pytest.mark.parametrize(
    ("amount", "code", "expected"),
    [("0.005", "EUR", "0.01"), ("0.0049", "EUR", "0.00"), ("10.5", "JPY", "11")],
)
def test_rounding_goes_half_up_to_the_currencys_own_unit(amount, code, expected):
    assert CURRENCIES[code].rounded(Decimal(amount)) == Decimal(expected)


@settings(max_examples=1000)
@given(CODES, MINOR, st.lists(st.integers(0, 10_000), min_size=1, max_size=8).filter(any))
def test_a_split_adds_up_and_is_fair_to_the_cent(code, minor, weights):
    """Largest remainder. No part is a whole cent away from its exact share."""
    parts = [to_minor(part, code) for part in split(from_minor(minor, code), weights, code)]

    assert sum(parts) == minor
    assert min(parts) >= 0
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Decimal(minor * weight) / sum(weights)) < 1


@settings(max_examples=1000)
@given(
    CODES,
    MINOR,
    st.decimals(0, 100, places=2),
    st.decimals(0, 100, places=2),
)
def test_share_fee_and_tax_are_the_price_whatever_the_rates(code, minor, percent, tax_percent):
    """Fee + share + tax = gross, none of them negative."""
    total = from_minor(minor, code)
    tax = CURRENCIES[code].rounded(total * tax_percent / (100 + tax_percent))
    with override_settings(PRODUCER_SHARE_PERCENT=percent):
        share, fee = shares(total, tax, code)

    assert share + fee + tax == total
    assert min(share, fee, tax) >= 0


def test_the_cent_that_does_not_divide_goes_to_who_lost_most():
    assert split(Decimal("0.10"), [85, 15], "EUR") == [Decimal("0.09"), Decimal("0.01")]
    assert split(Decimal("0.05"), [50, 50], "EUR") == [Decimal("0.03"), Decimal("0.02")]
    assert split(Decimal(10), [1, 1, 1], "JPY") == [Decimal(4), Decimal(3), Decimal(3)]
