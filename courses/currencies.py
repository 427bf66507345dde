"""What can be paid: the facts of each currency, and the one question asked of every amount.

It is asked wherever an amount is entered, offered or charged: in the editor, before a review,
when a release is shown, of a coupon, on the course page and at the checkout.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.wording.money import format_money


@dataclass(frozen=True)
class CurrencyRule:
    decimals: int
    least: Decimal  # the smallest amount a card can be charged

    @property
    def unit(self) -> Decimal:
        """A cent, or whatever is smallest."""
        return Decimal(1).scaleb(-self.decimals)

    @property
    def most(self) -> Decimal:
        """The largest amount: eight digits, counted in the smallest unit."""
        return 99_999_999 * self.unit

    def rounded(self, amount: Decimal) -> Decimal:
        """To the smallest unit, half away from zero."""
        return Decimal(amount).quantize(self.unit, rounding=ROUND_HALF_UP)


# Stripe, "Supported currencies", https://docs.stripe.com/currencies: #minor-units for the
# decimals, #zero-decimal for the exceptions, #minimum-and-maximum-charge-amounts for the least
# and the most.
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


def why_unpayable(amount: Decimal, code: str) -> str:
    """Why nobody can pay this amount, in words; empty when they can. Nothing can be paid always."""
    rule = CURRENCIES.get(code)
    if rule is None:
        return _("Nothing can be sold in %(currency)s here.") % {"currency": code}
    if not amount:
        return ""
    if amount < rule.least:
        return _("A card cannot be charged less than %(least)s.") % {
            "least": format_money(rule.least, code)
        }
    if amount > rule.most:
        return _("A card cannot be charged more than %(most)s.") % {
            "most": format_money(rule.most, code)
        }
    if amount != rule.rounded(amount):
        return ngettext(
            "An amount in %(currency)s has at most %(n)s decimal.",
            "An amount in %(currency)s has at most %(n)s decimals.",
            rule.decimals,
        ) % {"currency": code, "n": rule.decimals}
    return ""
