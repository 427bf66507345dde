"""How an amount of money is written for a reader, and read from whoever types one."""

import re
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision
from django.utils.translation import pgettext

# Longer is nobody's price.
_LONGEST = 40
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]")
_AMOUNT = re.compile(
    r"(?P<sign>[-−]?)"
    r"(?:(?P<whole>[1-9][0-9]{0,2}(?P<mark>[ .,'’])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
    r"|(?P<plain>[0-9]*))"
    r"(?:(?P<point>[.,])(?P<cents>[0-9]{0,2}))?"
)


def read_money(text: str) -> Decimal:
    """``Decimal("1950.50")`` from “1,950.50”, “1.950,50”, “1 950,5” or “1950.50”.

    A price has two decimals at most, so what stands before three digits parts thousands, in
    whatever language: “1.950” and “1,950” are 1950. Raises ValueError for what can be told
    in no way, or in two.
    """
    text = _SPACES.sub(" ", text.strip())
    found = _AMOUNT.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None or (found["mark"] and found["mark"] == found["point"]):
        raise ValueError(text)
    whole = re.sub(r"[^0-9]", "", found["whole"] or found["plain"] or "")
    if not whole and not found["cents"]:
        raise ValueError(text)
    amount = Decimal(f"{whole or 0}.{found['cents'] or 0}")
    return -amount if found["sign"] else amount


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
