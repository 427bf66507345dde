"""How an amount of money is written for a reader."""

from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision
from django.utils.translation import pgettext


def format_money(amount: Decimal, currency: str, *, short: bool = False) -> str:
    """``€57.60`` from ``Decimal("57.60"), "EUR"``; with ``short`` whole amounts lose their cents.

    ``amount`` is in major units (euros, not cents) and may be negative, written with a
    true minus sign. The number of decimals is the currency's own (ISO 4217: none for JPY).
    """
    amount = Decimal(amount)
    whole = short and amount == amount.to_integral_value()
    digits = 0 if whole else get_currency_precision(currency)
    pattern = "¤#,##0" + ("." + "0" * digits if digits else "")
    text = format_currency(
        abs(amount), currency, format=pattern, locale="en", currency_digits=False
    )
    return f"−{text}" if amount < 0 else text


def format_price(amount: Decimal, currency: str) -> str:
    """A price as a label: ``€64``, ``€57.60``, or ``Free``."""
    if not amount:
        return pgettext("price", "Free")
    return format_money(amount, currency, short=True)
