"""What every page may show around its content, without a query of its own."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from courses.models.team import may_teach

THEMES = {"light", "dark"}


def interface(request: HttpRequest) -> dict[str, Any]:
    """Context for ``base.html``: the reader's theme and the banner of test payments.

    ``theme`` is ``light``, ``dark`` or empty (as the device), from a cookie, so that the
    first byte already has the right colours. ``may_teach`` and ``may_moderate`` choose
    what the menu offers and are lazy: a page without a menu asks for no user.
    """
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "payments_are_tests": getattr(settings, "PAYMENTS_ARE_TESTS", False),
        "may_teach": lambda: may_teach(request.user),
        "may_moderate": lambda: getattr(request.user, "is_staff", False),
    }
