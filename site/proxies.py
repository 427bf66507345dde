"""Who a visitor is and how they came, when proxies stand before the server.

What a proxy adds, a visitor can forge. So the headers are believed from as many proxies as
``PROXY_COUNT`` says and no further, and are gone afterwards: whoever asks for the address, the
scheme or the host gets the same answer from ``REMOTE_ADDR``, ``wsgi.url_scheme`` and ``Host``.
Decision 0025.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from courses.limits.visitors import canonical

logger = logging.getLogger(__name__)

# As WSGI spells them; ``X_Forwarded_For`` with underscores is spelt the same.
FOR, PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
CLAIMS = ("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


class VisitorsAsProxiesSay:
    """The first of all middleware: 400 for what cannot have come through all the proxies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = {name: request.META.pop(name) for name in list(request.META) if _is_claim(name)}
        address = request.META.get("REMOTE_ADDR", "")
        if settings.PROXY_COUNT:
            address = _nth_from_the_right(said.get(FOR, ""), settings.PROXY_COUNT)
            # Several values are no proxy's doing: it says what it saw, it does not add to it.
            secure = said.get(PROTO, "").strip().lower() == "https"
            request.META["wsgi.url_scheme"] = "https" if secure else "http"
        request.META["REMOTE_ADDR"] = canonical(address) or address
        return self.get_response(request)


def _is_claim(name: str) -> bool:
    return name.startswith(CLAIMS)


def _nth_from_the_right(forwarded_for: str, count: int) -> str:
    """Each proxy adds whom it heard at the end, so the first of ours wrote the ``count``th last.

    What stands left of it the visitor wrote. Raises BadRequest when it is not there: to take
    the proxy's own address instead would put all visitors into one.
    """
    entries = forwarded_for.split(",")
    address = canonical(entries[-count]) if len(entries) >= count else None
    if address is None:
        logger.error(
            "PROXY_COUNT is %d, and X-Forwarded-For does not name a visitor that far",
            count,
            extra={"event": "proxy.missing"},
        )
        raise BadRequest("This request did not come through the proxies.")
    return address
