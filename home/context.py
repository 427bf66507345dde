"""What every page may show around its content, without a query of its own."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from courses.models.team import may_teach
from courses.people import Visitor
from courses.themes import theme_of
from learners.accounts.workplaces import workplaces

# Where a visitor looks at courses: signing in from there leads back there.
BROWSED = {
    "storefront:catalogue",
    "storefront:course",
    "storefront:producer",
    "learners:lesson",
}


def interface(request: HttpRequest) -> dict[str, Any]:
    """Context for ``base.html``: the reader's theme and the banner of test payments.

    ``may_teach`` and ``work_places`` choose what
    the menu offers and are lazy: a page without a menu asks for no user. ``onward`` goes with the
    link to sign in. ``page_address`` is the page's own, absolute and without a query: the
    canonical one of whatever is not a view of something else; lazy, for a page that refuses a
    wrong host has none.
    """
    return {
        "theme": theme_of(request),
        "payments_are_tests": getattr(settings, "PAYMENTS_ARE_TESTS", False),
        "page_address": lambda: request.build_absolute_uri(request.path),
        "may_teach": lambda: may_teach(request.user),
        "work_places": lambda: _places(request.user),
        "onward": lambda: _onward(request),
    }


def _places(user: Visitor) -> tuple[tuple[str, str, str], ...]:
    """Address, label and drawing of each place of work: texts, of which a piece can be drawn."""
    return tuple((place.address, str(place.label), place.icon) for place in workplaces(user))


def _onward(request: HttpRequest) -> str:
    """The address that signing in here leads back to; empty: to the person's work."""
    found = request.resolver_match
    return request.get_full_path() if found and found.view_name in BROWSED else ""
