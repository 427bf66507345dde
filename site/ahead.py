"""Pages that browsers may make ready before somebody goes there.

``static/ahead.speculation`` names them, one by one: pages that everybody may read and that write
nothing. The header leads there, since a strict policy takes no rules from within a page.
"""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase
from django.templatetags.static import static

from courses.whereabouts import in_editor

RULES = "ahead.speculation"


class PagesAhead:
    """Sends the rules with every page of the site; the editor's pages have no such links."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not in_editor(request):
            response.headers["Speculation-Rules"] = _leading_to(static(RULES))
        return response


@lru_cache(maxsize=8)
def _leading_to(rules: str) -> str:
    """From the site itself, wherever STATIC_HOST is: addresses in it are the site's."""
    return f'"{urlsplit(rules).path}"'
