"""Columns that several lists show."""

from django.contrib.admin import display

from courses.wording.money import format_money


def money_column(field: str, label: str = "Amount"):
    """A column that shows an amount in its currency, and by which the list can be ordered."""

    @display(description=label, ordering=field)
    def column(self, row):
        return format_money(getattr(row, field), row.currency)

    return column
