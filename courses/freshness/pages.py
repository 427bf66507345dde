"""Marking answers: anybody's copy carries no person, a person's copy is theirs alone."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

# Shared caches keep a page for a minute, because figures on it (learners, ratings) are counted
# behind the reader's back; what may never be old is dropped by its keys. The browser asks
# each time, so that signing in shows at once.
SECONDS = 60
PUBLIC = f"public, max-age=0, s-maxage={SECONDS}"
PRIVATE = "private, no-cache"


def public_page(*, knows: Iterable[str] = ()) -> Callable[[Callable], Callable]:
    """Mark what a view answers: public for visitors without a session, else private.

    ``knows`` names the parameters that the view reads: with any others the page is the same,
    and one copy of it is kept. What the page shows, the view says with ``shows``.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            known = settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies
            response.headers.setdefault("Cache-Control", PRIVATE if known else PUBLIC)
            shown: set[str] | None = getattr(request, "shown", None)
            if shown and not known and response.status_code == 200:
                response.headers["Surrogate-Key"] = " ".join(sorted(shown))
            # The header names the reader, and the colours follow a cookie.
            patch_vary_headers(response, ["Cookie"])
            return response

        marked.knows = frozenset(knows)  # type: ignore[attr-defined]
        return marked

    return decorate


def shows(request: HttpRequest, *keys: str) -> None:
    """The answer to ``request`` shows ``keys`` (``freshness.keys``). Without any it is not kept."""
    vars(request).setdefault("shown", set()).update(keys)
