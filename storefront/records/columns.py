"""Columns that several lists show."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.admin import display
from django.utils.translation import gettext_lazy as _

from courses.wording.money import format_money

if TYPE_CHECKING:  # a name of the stubs alone
    from django.utils.functional import _StrPromise


def money_column(field: str, label: "str | _StrPromise | None" = None) -> Callable[[Any, Any], str]:
    """A column that shows an amount in its currency, and by which the list can be ordered:

    within each currency, for what one is worth in another nobody here knows.
    """

    @display(description=label or _("Amount"), ordering=f"currency,{field}")
    def column(self: Any, row: Any) -> str:
        return format_money(getattr(row, field), row.currency)

    return column
