"""Who may keep a page: anybody's copy carries no person, a person's copy is theirs alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

# A shared cache may answer for a minute and refresh behind the reader's back; the
# browser asks each time, so that signing in shows at once.
PUBLIC = "public, max-age=0, s-maxage=60, stale-while-revalidate=60"
PRIVATE = "private, no-cache"


def public_page(view: Callable) -> Callable:
    """Mark the response of ``view``: public for visitors without a session, else private."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        known = settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies
        response.headers.setdefault("Cache-Control", PRIVATE if known else PUBLIC)
        # The header names the reader, and the colours follow a cookie.
        patch_vary_headers(response, ["Cookie"])
        return response

    return marked
