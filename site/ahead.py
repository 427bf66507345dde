"""Pages that browsers may make ready before somebody goes there.

``static/ahead.speculation`` names them, one by one: pages that everybody may read and that write
nothing. The header leads there, since a strict policy takes no rules from within a page.
"""

from collections.abc import Callable
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
            # From the site itself, wherever STATIC_HOST is: addresses in it are the site's.
            response.headers["Speculation-Rules"] = f'"{urlsplit(static(RULES)).path}"'
        return response
