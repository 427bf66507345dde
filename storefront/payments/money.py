"""Amounts: minor units at Stripe's door, and exact splitting.

Everywhere else an amount is a ``Decimal`` in major units beside its currency code. Minor
units (cents) exist only in ``storefront.payments.stripe`` and in the splitting below.
Which currencies are sold in, and which amounts can be paid, says ``courses.currencies``.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from courses.currencies import CURRENCIES, CurrencyRule
from storefront.errors import OrderError


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
