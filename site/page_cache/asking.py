"""Which requests a kept page may answer, and what a page is kept under.

A page is rendered for its key and for nobody: of the request everything else is taken away first
(``Asked.impersonal``), so that no answer can depend on it.
"""

from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_request

from courses.themes import THEMES
from perfomix.proxies import CLAIMS, PROTO

# Wagtail's own pages are marked by their models, behind this one view; they read no parameters.
WAGTAIL_ROUTE = "wagtail_serve"
# Of the headers, these alone reach the view: limits ask where a visitor comes from, the log
# writes the request's id.
PASSED_ON = ("HTTP_HOST", "HTTP_X_REQUEST_ID", *CLAIMS)
LONGEST = 2_000  # characters of an address under which a page is kept

Environ = dict[str, Any]


class Key(NamedTuple):
    """What tells one kept page from another."""

    scheme: str
    host: str
    path: str  # as WSGI spells it
    query: str
    language: str
    theme: str

    @property
    def address(self) -> str:
        path = quote(self.path.encode("latin-1"), safe="/~!$&'()*+,;=:@")
        return f"{self.scheme}://{self.host}{path}" + (f"?{self.query}" if self.query else "")


class Asked(NamedTuple):
    """A request of a visitor without a session, for a page that may be kept."""

    environ: Environ
    key: Key

    def may_be_kept(self) -> bool:
        """Whether the address leads to a view whose answers are kept."""
        return parameters(get_path_info(self.environ)) is not None

    def impersonal(self) -> Environ:
        """The request as anybody could have sent it."""
        environ = {
            name: value
            for name, value in self.environ.items()
            if not name.startswith("HTTP_") or name.startswith(PASSED_ON)
        }
        language = f"{settings.LANGUAGE_COOKIE_NAME}={self.key.language}"
        environ["HTTP_COOKIE"] = f"{language}; theme={self.key.theme}"
        environ["HTTP_ACCEPT_LANGUAGE"] = self.key.language
        environ["QUERY_STRING"] = self.key.query
        return environ


def asked(environ: Environ) -> Asked | None:
    """What is asked for; None when no kept page may answer it."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if len(path) + len(query) > LONGEST:
        return None
    theme = language = ""
    if header := environ.get("HTTP_COOKIE", ""):
        visitor = _visitor(header)
        if visitor is None:
            return None
        theme, language = visitor
    if query:
        known = parameters(get_path_info(environ))
        if known is None:
            return None
        query = _canonical(query, known)
    key = Key(
        scheme=_scheme(environ),
        host=environ.get("HTTP_HOST", ""),
        path=path,
        query=query,
        language=_language(language, environ.get("HTTP_ACCEPT_LANGUAGE", "")),
        theme=theme,
    )
    return Asked(environ, key)


@lru_cache(maxsize=4096)
def parameters(path: str) -> frozenset[str] | None:
    """The parameters that the page at ``path`` reads; None where no page is kept."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.view_name == WAGTAIL_ROUTE:
        return frozenset()
    known: frozenset[str] | None = getattr(match.func, "knows", None)
    return known


@lru_cache(maxsize=4096)
def _canonical(query: str, known: frozenset[str]) -> str:
    """The known parameters of ``query`` that have a value, in one order."""
    pairs = [(name, value) for name, value in parse_qsl(_as_sent(query)) if name in known]
    # Only by name: of several values the first may count more than the second.
    return urlencode(sorted(pairs, key=lambda pair: pair[0]), quote_via=quote)


def _as_sent(query: str) -> str:
    """``query`` in its own letters, for whoever wrote them as they are: read as Django reads it.

    WSGI spells each byte as one letter.
    """
    sent = query.encode("latin-1")
    try:
        return sent.decode()
    except UnicodeDecodeError:
        return query


@lru_cache(maxsize=1024)
def _visitor(header: str) -> tuple[str, str] | None:
    """Colours and language in the cookies; None for whoever has a session or a message."""
    try:
        jar = SimpleCookie(header)
    except CookieError:
        return None
    if settings.SESSION_COOKIE_NAME in header or "messages" in header:
        return None
    names = ("theme", settings.LANGUAGE_COOKIE_NAME)
    theme, language = (jar[name].value if name in jar else "" for name in names)
    return theme if theme in THEMES else "", language


@lru_cache(maxsize=1024)
def _language(cookie: str, accepted: str) -> str:
    """The language that ``LanguageOfTheReader`` would choose."""
    if len(settings.LANGUAGES) == 1:
        return settings.LANGUAGE_CODE
    cookies, headers = {settings.LANGUAGE_COOKIE_NAME: cookie}, {"HTTP_ACCEPT_LANGUAGE": accepted}
    request: Any = SimpleNamespace(COOKIES=cookies, META=headers)
    return get_language_from_request(request)


def _scheme(environ: Environ) -> str:
    """As ``perfomix.proxies`` will say it, or some other word that then has a key of its own."""
    if settings.PROXY_COUNT:
        return environ.get(PROTO, "").strip().lower()
    return environ.get("wsgi.url_scheme", "http")
