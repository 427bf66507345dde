"""Amounts: which currencies are sold in, minor units at Stripe's door, and exact splitting.

Everywhere else an amount is a ``Decimal`` in major units beside its currency code. Minor
units (cents) exist only in ``storefront.payments.stripe`` and in the splitting below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from storefront.errors import OrderError


@dataclass(frozen=True)
class CurrencyRule:
    decimals: int
    least: Decimal  # the smallest amount a card can be charged


# Stripe, "Supported currencies", https://docs.stripe.com/currencies: #minor-units for the
# decimals, #zero-decimal for the exceptions, #minimum-and-maximum-charge-amounts for the least.
# An explicit list and not babel's: ISK and UGX are written without decimals and charged with
# two, HUF and TWD are paid out in whole units only, three-decimal currencies must end in 0.
# What is not in the list cannot be sold in.
CURRENCIES = {
    "EUR": CurrencyRule(2, Decimal("0.50")),
    "USD": CurrencyRule(2, Decimal("0.50")),
    "GBP": CurrencyRule(2, Decimal("0.30")),
    "CHF": CurrencyRule(2, Decimal("0.50")),
    "CAD": CurrencyRule(2, Decimal("0.50")),
    "AUD": CurrencyRule(2, Decimal("0.50")),
    "NZD": CurrencyRule(2, Decimal("0.50")),
    "SEK": CurrencyRule(2, Decimal("3.00")),
    "NOK": CurrencyRule(2, Decimal("3.00")),
    "DKK": CurrencyRule(2, Decimal("2.50")),
    "JPY": CurrencyRule(0, Decimal(50)),
}


def currency(code: str) -> CurrencyRule:
    """The facts of a currency. Raises OrderError for one that nothing is sold in."""
    try:
        return CURRENCIES[code.upper()]
    except KeyError:
        raise OrderError(
            _("Nothing can be sold in %(currency)s here.") % {"currency": code},
            code="currency_not_sold",
        ) from None


def to_minor(amount: Decimal, code: str) -> int:
    """``Decimal("57.60"), "EUR"`` is 5760; ``Decimal("500"), "JPY"`` is 500.

    Raises OrderError for parts of a cent: they are a mistake upstream, never rounded here.
    """
    minor = Decimal(amount).scaleb(currency(code).decimals)
    if minor != minor.to_integral_value():
        raise OrderError(
            _("%(amount)s %(currency)s is no amount that can be paid.")
            % {"amount": amount, "currency": code},
            code="not_an_amount",
        )
    return int(minor)


def from_minor(minor: int, code: str) -> Decimal:
    """The inverse of ``to_minor``, with as many decimals as the currency has."""
    return Decimal(minor).scaleb(-currency(code).decimals)


def rounded(amount: Decimal, code: str) -> Decimal:
    """To the currency's smallest unit, half away from zero."""
    return Decimal(amount).quantize(
        Decimal(1).scaleb(-currency(code).decimals), rounding=ROUND_HALF_UP
    )


def split(total: Decimal, weights: Sequence[Decimal | int], code: str) -> list[Decimal]:
    """Divide a total by weights so that the parts add up to it, to the last cent.

    Largest remainder: every part gets its whole cents, and the cents left over go to the
    parts that lost most by that, earlier ones first when equal. ``total`` and ``weights``
    must not be negative, and some weight must be positive.
    """
    minor, weights = to_minor(total, code), [Decimal(weight) for weight in weights]
    whole = sum(weights)
    if minor < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("A split needs a total and weights that are not negative.")
    exact = [minor * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for i in by_remainder[: minor - sum(parts)]:
        parts[i] += 1
    return [from_minor(part, code) for part in parts]
