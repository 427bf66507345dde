"""Columns that several lists show."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.admin import display
from django.utils.translation import gettext as _

from courses.wording.moments import format_moment

if TYPE_CHECKING:  # a name of the stubs alone
    from django.utils.functional import _StrPromise


def moment_column(field: str, label: "str | _StrPromise") -> Callable[[Any, Any], str]:
    """A column that tells a moment with its zone, and orders the list by it."""

    @display(description=label, ordering=field)
    def column(self: Any, row: Any) -> str:
        at = getattr(row, field)
        return format_moment(at) if at else ""

    column.tells_a_moment = True  # type: ignore[attr-defined]
    return column


def yes_no_column(field: str, label: "str | _StrPromise") -> Callable[[Any, Any], str]:
    """A column that says in a word whether something is so, and orders the list.

    A field of true and false named in ``list_display`` is drawn by an icon of Django's admin,
    which is not installed: where static files have a manifest, the page would fail.
    """

    @display(description=label, ordering=field)
    def column(self: Any, row: Any) -> str:
        return _("Yes") if getattr(row, field) else _("No")

    return column
